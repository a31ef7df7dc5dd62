"""Rows of plain values say of every comment what its entities say."""

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from consult.reading.comments.filters import highest_number
from consult.reading.comments.row_facts import plain
from consult.reading.comments.rows import public_told, rows, told
from consult.submissions.models import Comment
from tests.reading.scene import every_state


def test_plain_rows_tell_the_same_as_entities(app_session: Session) -> None:
    scene, numbers = every_state(app_session)
    statement = _all()
    whole = told(app_session.execute(statement, {"matter": scene.matter.id}).all())
    found, shared = plain(statement).told(app_session, public_told, matter=scene.matter.id)
    assert len(found) == len(whole) >= len(numbers)
    for one, other in zip(found, whole, strict=True):
        assert (one.comment, one.way, one.answer) == (other.comment, other.way, other.answer)
    assert {shared} == {one.row.last for one in whole}


def test_what_the_database_has_not_changed_is_told_as_it_was(app_session: Session) -> None:
    scene, numbers = every_state(app_session)
    listed = plain(_all())
    before, _last = listed.told(app_session, public_told, matter=scene.matter.id)
    scene.hand_to_unit(numbers["public"])
    after, _last = listed.told(app_session, public_told, matter=scene.matter.id)
    told_anew = [one.comment.number for one, earlier in zip(after, before, strict=True) if one is not earlier]
    assert told_anew == [numbers["public"]]


def _all() -> Select[Any]:
    """The comments of a matter, and how many there are."""
    matter = bindparam("matter", type_=Comment.consultation_id.type)
    own = select(Comment.number).where(Comment.consultation_id == matter)
    return rows(highest_number(matter).label("last"), window=(matter, own)).order_by(Comment.number)


def test_every_act_counts_in_whatever_order_the_rows_come(app_session: Session) -> None:
    scene, _numbers = every_state(app_session)
    found = app_session.execute(rows().where(Comment.consultation_id == scene.matter.id).order_by(Comment.number)).all()
    # Every second row first: those of one comment are not together.
    turned = [*found[::2], *found[1::2]]
    assert {one.comment.number: (one.comment.visibility, len(one.acts)) for one in told(turned)} == {
        one.comment.number: (one.comment.visibility, len(one.acts)) for one in told(found)
    }
