"""Courses: invited to by another person, people named by their bodies alone, points by group, certificates that are
genuine or not."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import OrganisationKind
from consult.programme.training import attendance, courses
from consult.programme.training.attendance import GroupResult
from tests.builders import NOW
from tests.programme.scene import make_parties
from tests.programme.training.scene import School


@pytest.fixture
def school(session: Session) -> School:
    """A public programme."""
    return School(make_parties(session))


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"title": ""}, {"title": "required"}),
        ({"ends_on": None}, {"ends_on": "required"}),
        ({"seats": "nhiều"}, {"seats": "not_a_number"}),
        ({"invited": ()}, {"invited": "required"}),
        ({"materials": "một"}, {"materials": "not_a_number"}),
    ],
)
def test_what_a_course_needs(school: School, facts: dict, errors: dict) -> None:
    with pytest.raises(Invalid) as wrong:
        school.planned(**facts)
    assert wrong.value.errors == errors


def test_another_person_invites_and_the_bodies_are_told(session: Session, school: School) -> None:
    one = school.planned(public=False)
    with pytest.raises(Refused, match="not_sender"):
        courses.invite(session, one, school.parties.officer, NOW)
    with pytest.raises(NotFound):
        courses.readable(session, school.programme, one.number, school.parties.of_commune)
    courses.invite(session, one, school.parties.signer, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "course_told")).all()
    assert [message.payload["organisation"] for message in told] == [str(school.parties.commune.id)]
    with pytest.raises(Refused, match="already_public"):
        courses.change(session, one, school.new(), school.parties.officer, NOW)


def test_a_body_that_was_ticked_twice_is_told_once(session: Session, school: School) -> None:
    school.planned(invited=(school.parties.commune.id,) * 2)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "course_told")).all()
    assert len(told) == 1


@pytest.mark.parametrize("kind", [OrganisationKind.RELIGIOUS, OrganisationKind.MEMBER])
def test_a_body_that_tells_what_somebody_believes_stands_on_no_certificate(
    session: Session, school: School, kind: OrganisationKind
) -> None:
    one = school.began()
    session.refresh(one)
    assert one.participants[0].told_body == school.parties.commune.name
    school.parties.commune.kind = kind
    assert one.participants[0].told_body == ""


def test_a_list_that_is_sent_again_replaces_the_one_before_within_the_seats(session: Session, school: School) -> None:
    one = school.planned(seats="3")
    school.signed_up(one, "Hà A\nHà B")
    school.signed_up(one, "Hà C")
    assert [each.name for each in one.participants] == ["Hà C"]
    with pytest.raises(Refused, match="course_full"):
        school.signed_up(one, "A\nB\nC", school.parties.department)
    with pytest.raises(NotFound):
        attendance.sign_up(session, one, school.parties.front.id, "A", school.parties.of_commune, NOW)


def test_names_are_for_organisers_and_their_own_body_alone(school: School) -> None:
    one = school.planned()
    school.signed_up(one, "Hà C")
    parties = school.parties
    found = [len(attendance.participants_for(one, actor)) for actor in (parties.writer, parties.of_commune)]
    assert found == [1, 1]
    school.signed_up(one, "Lý D", parties.department)
    assert [each.name for each in attendance.participants_for(one, parties.of_commune)] == ["Hà C"]


def test_nobody_is_signed_up_once_it_began_and_nobody_ticked_before(session: Session, school: School) -> None:
    with pytest.raises(Refused, match="course_not_yet"):
        school.recorded(school.planned(), set())
    with pytest.raises(Refused, match="course_began"):
        school.signed_up(school.began())


def test_points_are_kept_without_an_order_and_small_groups_are_not_told(school: School) -> None:
    one = school.began()
    school.recorded(one, {1, 2, 3, 4, 5}, "9 2 5 4 3", "8 9")
    assert one.points_before == [2, 3, 4, 5, 9]
    assert attendance.group_result(one.points_before) == GroupResult(5, 4.6)
    assert attendance.group_result(one.points_after) is None
    told = attendance.told_results(one)
    assert (told["attended"], told["before"], told["after"]) == (5, [5, 46], [])


@pytest.mark.parametrize("points", ["11", "một", "Hà A 5"])
def test_what_are_no_points_of_the_test_is_refused(school: School, points: str) -> None:
    with pytest.raises(Invalid) as wrong:
        school.recorded(school.began(), set(), points)
    assert wrong.value.errors == {"before": "not_points"}


def test_another_person_makes_the_results_public(session: Session, school: School) -> None:
    one = school.began()
    school.recorded(one, {1, 2}, "5 6 7 8 9")
    with pytest.raises(Refused, match="not_sender"):
        attendance.publish(session, one, school.parties.officer, NOW)
    attendance.publish(session, one, school.parties.leader, NOW)
    assert session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)).all()[-1] == "course_step"
    with pytest.raises(Refused, match="already_public"):
        school.recorded(one, {1})


def test_a_certificate_is_genuine_only_for_who_was_there(session: Session, school: School) -> None:
    one = school.began()
    school.recorded(one, {1, 2}, public={2})
    first, second, third = one.participants[:3]
    assert first.code and second.code and third.code is None
    assert attendance.certificate(session, attendance.written(second.code).lower()) is second
    assert (first.names_public, second.names_public) == (False, True)
    assert attendance.certificate(session, "2222-2222-2222-2222") is None
    with pytest.raises(NotFound):
        attendance.participant_of(one, third.number, school.parties.officer)
    before = first.code
    school.recorded(one, {1})
    assert (first.code, second.code) == (before, None)
