"""Cases: opened by one person and made public by another, joined by what is of them, and nothing goes another way."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Kind
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.programme.promise_models import Promise
from consult.programme.sightings import cases, listing, near
from consult.programme.sightings.models import SightingCase
from consult.submissions.models import Submission
from consult.submissions.words import SightingKind
from tests.builders import NOW, TODAY
from tests.programme.sightings.scene import HERE, Seen, make_seen
from tests.responses.desk_builder import make_desk

NEARBY = (HERE[0] + 0.001, HERE[1])
FAR = (HERE[0] + 0.1, HERE[1])


@pytest.fixture
def seen(session: Session) -> Seen:
    """A desk that takes sightings."""
    return make_seen(session)


def entries(session: Session, kind: str) -> list[dict[str, object]]:
    """The entries of this kind, in their order."""
    found = select(LedgerEntry).where(LedgerEntry.kind == kind).order_by(LedgerEntry.index)
    return [json.loads(one.body) for one in session.scalars(found)]


def test_nobody_is_named_whatever_was_ticked(session: Session, seen: Seen) -> None:
    seen.see()
    assert not session.scalars(select(Submission.publish_name)).one()


def test_another_person_makes_it_public_and_the_log_tells_of_what_it_consists(session: Session, seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one, two, public=False)
    with pytest.raises(NotFound):
        cases.public_case(session, seen.desk.matter, case.promise.number)
    with pytest.raises(Refused, match="not_sender"):
        cases.release(session, case, seen.desk.second_officer, NOW)
    cases.release(session, case, seen.desk.leader, NOW)
    assert entries(session, "case_joined")[-1]["comments"] == [one, two]
    assert entries(session, "promise_made")[-1]["promise_kind"] == "case"
    with pytest.raises(Refused, match="already_public"):
        cases.discard(session, case, seen.desk.officer, NOW)


def test_who_opened_it_does_not_make_it_public(session: Session, seen: Seen) -> None:
    made = cases.open_case(session, seen.desk.matter, seen.new(), [seen.see()], seen.desk.leader, NOW)
    with pytest.raises(Refused, match="own_words"):
        cases.release(session, made, seen.desk.leader, NOW)


def test_what_is_wrong_is_told_all_at_once(session: Session, seen: Seen) -> None:
    wrong = seen.new(
        kind="fire", text=" ", place="", by_id=None, due_on=TODAY, seen_on=TODAY + timedelta(days=1), point=None
    )
    with pytest.raises(Invalid) as told:
        cases.open_case(session, seen.desk.matter, wrong, [seen.see()], seen.desk.officer, NOW)
    assert told.value.errors == {
        "kind": "required", "text": "required", "place": "required", "by": "required", "due_on": "not_later",
        "seen_on": "in_the_future",
    }  # fmt: skip
    assert session.scalars(select(SightingCase)).all() == []


def test_a_sighting_belongs_to_one_case(session: Session, seen: Seen) -> None:
    one = seen.see()
    seen.case(one)
    with pytest.raises(Refused, match="in_a_case"):
        seen.case(one)


def test_what_goes_another_lawful_way_is_not_joined_and_waits_nowhere(session: Session, seen: Seen) -> None:
    denounced = seen.see("Rác thải\nNơi: bờ suối\n\nÔng A nhận tiền.")
    seen.set_apart(denounced)
    with pytest.raises(Refused, match="not_a_sighting"):
        seen.case(denounced)
    assert near.waiting(session, seen.desk.matter).groups == []


def test_the_words_of_what_is_set_apart_later_are_not_on_the_page_of_its_case(session: Session, seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one, two)
    seen.set_apart(two)
    assert [bool(each.text) for each in listing.sightings_of(session, case)] == [True, False]


def test_more_join_and_what_was_joined_by_mistake_is_taken_out(session: Session, seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one)
    cases.join(session, case, [two], seen.desk.officer, NOW)
    assert entries(session, "case_joined")[-1]["comments"] == [one, two]
    cases.part(session, case, one, seen.desk.officer, NOW)
    assert entries(session, "case_joined")[-1]["comments"] == [two]
    with pytest.raises(Refused, match="last_sighting"):
        cases.part(session, case, two, seen.desk.officer, NOW)


def test_nothing_joins_what_ended(session: Session, seen: Seen) -> None:
    case = seen.case()
    seen.end(case)
    with pytest.raises(Refused, match="promise_ended"):
        cases.join(session, case, [seen.see()], seen.desk.officer, NOW)


def test_what_was_wrong_is_taken_out_and_its_sightings_wait_again(session: Session, seen: Seen) -> None:
    case = seen.case(public=False)
    cases.discard(session, case, seen.desk.officer, NOW)
    assert session.scalars(select(Promise)).all() == [] and near.waiting(session, seen.desk.matter).total == 1


def test_a_matter_of_another_kind_has_no_cases(session: Session, seen: Seen) -> None:
    other = make_desk(session, text=None, kind=Kind.PROPOSALS)
    with pytest.raises(NotFound):
        cases.open_case(session, other.matter, seen.new(), [1], other.officer, NOW)


def groups(seen: Seen) -> list[list[int]]:
    """The numbers of what is proposed as one."""
    return [group.numbers for group in near.waiting(seen.session, seen.desk.matter).groups]


def test_near_ones_of_a_kind_are_proposed_together(seen: Seen) -> None:
    one, far = seen.see(), seen.see(point=FAR)
    two, water = seen.see(point=NEARBY), seen.see(kind=SightingKind.WATER)
    long_ago = seen.see(days=100)
    assert groups(seen) == [[one, two], [far], [water], [long_ago]]


def test_without_a_point_the_same_place_in_words_counts(seen: Seen) -> None:
    one, other = seen.see(point=None), seen.see("Rác thải\nNơi: chợ cũ", point=None)
    two = seen.see("Rác thải\nNơi: Bờ Suối", point=None)
    assert groups(seen) == [[one, two], [other]]


def test_an_open_case_nearby_is_proposed(session: Session, seen: Seen) -> None:
    case = seen.case()
    seen.see(point=NEARBY)
    [group] = near.waiting(session, seen.desk.matter).groups
    assert group.case is case
    seen.end(case)
    assert near.waiting(session, seen.desk.matter).groups[0].case is None


def test_metres_between_points() -> None:
    assert round(near.metres((22.0, 105.0), (23.0, 105.0))) == 111_195, "a degree of a meridian of this sphere"


def test_the_place_is_the_line_of_the_place_and_no_other(session: Session, seen: Seen) -> None:
    seen.see("Rác thải\nThấy ngày: 12/03/2026\n\nTôi báo: chưa ai đến")
    seen.see("Rác thải\nNơi: cầu Nà Khương: mố phía bắc")
    found = near.of_numbers(session, seen.desk.matter, [1, 2])
    assert [one.where for one in found] == ["", "cầu Nà Khương: mố phía bắc"]


def test_where_a_telephone_stood_is_not_proposed_for_everybody(session: Session, seen: Seen) -> None:
    found = near.of_numbers(session, seen.desk.matter, [seen.see()])
    assert near.middle(found) == (22.823, 104.984)


def test_what_was_answered_alone_leaves_room_for_what_was_not(
    session: Session, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, waits = seen.see(), seen.see(point=FAR)
    seen.desk.answer(answered)
    monkeypatch.setattr(near, "MOST", 1)
    assert [group.numbers for group in near.waiting(session, seen.desk.matter).groups] == [[waits]]


def test_of_what_was_set_apart_a_case_tells_nothing(session: Session, seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one, two)
    seen.set_apart(two)
    assert cases.told_numbers(case) == [one]
    [line] = listing.listed(session, listing.CaseFilters(), TODAY, 10)
    assert line.sightings == 1
    assert [(told.text, told.place) for told in listing.sightings_of(session, case)][1] == ("", None)


def test_what_was_set_apart_is_taken_out_before_a_case_is_public(session: Session, seen: Seen) -> None:
    one, two = seen.see(), seen.see()
    case = seen.case(one, two, public=False)
    seen.set_apart(two)
    with pytest.raises(Refused, match="set_apart_since"):
        cases.release(session, case, seen.desk.leader, NOW)
    cases.part(session, case, two, seen.desk.officer, NOW)
    cases.release(session, case, seen.desk.leader, NOW)
    assert entries(session, "case_joined")[-1]["comments"] == [one]
