"""Rows of plain values say of every comment what its entities say."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.reading.comments.row_facts import plain
from consult.reading.comments.rows import rows, told
from consult.submissions.models import Comment
from tests.reading.scene import every_state


def test_plain_rows_tell_the_same_as_entities(app_session: Session) -> None:
    scene, numbers = every_state(app_session)
    matter = bindparam("matter", type_=Comment.consultation_id.type)
    own = select(Comment.number).where(Comment.consultation_id == matter)
    statement = rows(Comment.position, window=(matter, own)).order_by(Comment.number)
    whole = told(app_session.execute(statement, {"matter": scene.matter.id}).all())
    found = told(plain(statement).all(app_session, matter=scene.matter.id))
    assert len(found) == len(whole) >= len(numbers)
    for one, other in zip(found, whole, strict=True):
        assert (one.comment, one.way, one.answer) == (other.comment, other.way, other.answer)
        assert one.row.position == other.row.position


def test_every_act_counts_in_whatever_order_the_rows_come(app_session: Session) -> None:
    scene, _numbers = every_state(app_session)
    found = app_session.execute(rows().where(Comment.consultation_id == scene.matter.id).order_by(Comment.number)).all()
    # Every second row first: those of one comment are not together.
    turned = [*found[::2], *found[1::2]]
    assert {one.comment.number: (one.comment.visibility, len(one.acts)) for one in told(turned)} == {
        one.comment.number: (one.comment.visibility, len(one.acts)) for one in told(found)
    }
