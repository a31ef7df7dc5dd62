"""Opinions come in all or nothing, and the same once only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections import service
from consult.collections.inputs import NewFile, NewOpinion
from consult.collections.models import CollectedOpinion, Gathering
from consult.collections.recording import service as recording
from consult.collections.recording import slips
from consult.collections.words import FileKind
from consult.errors import Invalid, Refused
from consult.submissions.receiving import lookup_codes
from consult.submissions.words import ContactKind, Stance
from tests.builders import NOW
from tests.collections.scene import CODES, collecting, key, meeting, paper, record

MINUTES = NewFile(FileKind.MINUTES, "c" * 64, "bien-ban.jpg", "image/jpeg", 1000)


def counted(session: Session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count(Gathering.id))) or 0,
        session.scalar(select(func.count(CollectedOpinion.id))) or 0,
    )


def test_what_came_in_is_kept_as_it_was_said(session: Session) -> None:
    scene = collecting(session, "Xã Phong Quang")
    branch = scene.branches["Xã Phong Quang"]
    said = NewOpinion(
        " Đổ rác chung một chỗ thì khó phân loại ", "d2.k1", "oppose", contact="0912 345 678", person_name="Bà Mai"
    )
    done = record(session, branch, meeting(), said, NewOpinion(stance="support", anchor="du-thao/1/d3", people=12))
    assert (done.gathering, done.numbers, done.repeated) == (1, [1, 2], False)
    first, second = session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number))
    assert (first.text, first.anchor) == ("Đổ rác chung một chỗ thì khó phân loại", "du-thao/1/d2.k1")
    assert (first.stance, first.contact_kind) == (Stance.OPPOSE, ContactKind.TELEPHONE)
    assert (second.stance, second.people, second.text) == (Stance.SUPPORT, 12, "")
    assert lookup_codes.well_formed(done.codes[0]) and done.codes[0] != done.codes[1]
    assert first.code_hash in lookup_codes.code_hashes(done.codes[0], CODES)


def test_the_same_again_changes_nothing(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    first = record(session, branch, paper(), "Một", "Hai")
    again = record(session, branch, paper(), "Một", "Hai")
    assert again.repeated and (again.numbers, again.codes) == (first.numbers, first.codes)
    with pytest.raises(Refused, match="same_key_other_content"):
        record(session, branch, paper(), "Một", "Ba")
    assert counted(session) == (1, 2)


def test_a_key_is_of_its_collection(session: Session) -> None:
    one, other = collecting(session, "Xã A"), collecting(session, "Xã A")
    record(session, one.branches["Xã A"], paper(), "Một")
    assert not record(session, other.branches["Xã A"], paper(), "Hai").repeated


def test_every_row_that_is_wrong_is_named_and_nothing_is_kept(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    late = replace(meeting(), held_on=date(2026, 11, 24), people=-1)
    with pytest.raises(Invalid) as of_gathering:
        record(session, branch, late, "Một")
    assert of_gathering.value.errors == {"gathering.held_on": "in_the_future", "gathering.people": "not_a_number"}
    rows = [
        "Được",
        " ",
        NewOpinion("x", "du-thao/9/d1"),
        NewOpinion("x", stance="maybe"),
        NewOpinion("x", contact="12"),
    ]
    with pytest.raises(Invalid) as of_rows:
        record(session, branch, paper(), *rows)
    assert of_rows.value.errors == {
        "opinions.1.text": "required",
        "opinions.2.anchor": "unknown_place",
        "opinions.3.stance": "not_a_choice",
        "opinions.4.contact": "telephone_too_short",
    }
    assert counted(session) == (0, 0)


def test_a_meeting_is_known_by_place_and_day(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    with pytest.raises(Invalid) as wrong:
        record(session, branch, replace(meeting(), place=" ", held_on=None), "Một")
    assert wrong.value.errors == {"gathering.place": "required", "gathering.held_on": "required"}


def test_photographed_minutes_are_complete_and_typed_later(session: Session) -> None:
    branch = collecting(session, "Xã A").branches["Xã A"]
    with pytest.raises(Invalid, match="opinions: required"):
        record(session, branch, meeting())
    with pytest.raises(Invalid, match="minutes_missing"):
        record(session, branch, replace(meeting(), minutes_signed=True), "Một")
    done = record(session, branch, replace(meeting(), minutes_signed=True, files=(MINUTES,)))
    assert (done.gathering, done.numbers) == (1, [])
    gathering = recording.by_key(session, branch, key())
    for _time in range(2):
        typed = recording.add_opinions(
            session, gathering, [NewOpinion("Một", file=0), NewOpinion("Hai")], key("b"), None, CODES, NOW
        )
        assert typed.numbers == [1, 2]
    assert counted(session) == (1, 2)
    assert record(session, branch, replace(meeting(), minutes_signed=True, files=(MINUTES,))).repeated


def test_a_closed_collection_refuses_and_keeps_what_came_before(session: Session) -> None:
    scene = collecting(session, "Xã A")
    branch = scene.branches["Xã A"]
    before = record(session, branch, paper(), "Một")
    service.close(session, scene.collection.id, scene.secretary, NOW)
    with pytest.raises(Refused, match="collection_closed"):
        record(session, branch, paper(), "Hai", at="b")
    assert record(session, branch, paper(), "Một").numbers == before.numbers
    service.reopen(session, scene.collection.id, None, scene.secretary, NOW)
    assert record(session, branch, paper(), "Hai", at="b").numbers == [2]


def test_the_last_day_is_whole(session: Session) -> None:
    scene = collecting(session, "Xã A")
    branch, day = scene.branches["Xã A"], date(2026, 11, 23)
    service.reopen(session, scene.collection.id, day, scene.secretary, NOW)
    record(session, branch, paper(), "Một")
    with pytest.raises(Refused, match="collection_closed"):
        recording.record(session, branch, paper(), [NewOpinion("Hai")], key("b"), None, CODES, NOW + timedelta(days=1))


def test_a_standing_collection_is_about_no_clause(session: Session) -> None:
    branch = collecting(session, "Xã A", standing=True).branches["Xã A"]
    assert record(session, branch, paper(), "Suối có mùi lạ").numbers == [1]
    with pytest.raises(Invalid, match="unknown_place"):
        record(session, branch, paper(), NewOpinion("x", "du-thao/1/d1"), at="b")


def test_the_tear_off_of_a_form_leads_to_one_opinion(session: Session) -> None:
    scene = collecting(session, "Xã A")
    branch = scene.branches["Xã A"]
    code = slips.of_form(scene.collection.id, "17", CODES)
    done = record(session, branch, paper(), NewOpinion("Một", code=lookup_codes.shown(code)))
    assert done.codes == [""]
    kept = session.scalars(select(CollectedOpinion.code_hash)).one()
    assert kept == lookup_codes.code_hash(code, CODES)
    with pytest.raises(Invalid) as twice:
        record(session, branch, paper(), "Hai", NewOpinion("Một", code=code), at="b")
    assert twice.value.errors == {"opinions.1.code": "code_used"}
    assert counted(session) == (1, 1)
