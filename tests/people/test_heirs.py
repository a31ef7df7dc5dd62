"""What a body has become, and what it came from, as of a day: a merger that is entered ahead joins nobody before it."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.notices.addressees import of_organisation, of_person
from consult.people.heirs import heirs, with_predecessors, with_successors
from consult.people.successions import merge
from consult.people.words import Level, OrganisationKind, Role
from consult.sign_in.actors import actor_of
from tests.builders import NOW, make_organisation, make_user

DAY = date(2027, 3, 1)


def test_a_merger_joins_from_its_day_on(session: Session) -> None:
    first, second, third = (
        make_organisation(session, OrganisationKind.DEPARTMENT, Level.PROVINCE, f"Sở {name}") for name in "ABC"
    )
    merge(session, first.id, second.id, DAY, "", NOW)
    merge(session, second.id, third.id, DAY + timedelta(days=30), "", NOW)
    ids = {"A": first.id, "B": second.id, "C": third.id}
    for days, became, before, after in ((-1, "A", "C", "A"), (0, "B", "C", "AB"), (29, "B", "C", "AB"),
                                        (30, "C", "ABC", "ABC")):  # fmt: skip
        day = DAY + timedelta(days=days)
        assert heirs(session, [first.id], day)[first.id].name == f"Sở {became}"
        assert with_predecessors(session, third.id, day) == {ids[one] for one in before}
        assert with_successors(session, first.id, day) == {ids[one] for one in after}


def test_nobody_acts_or_is_told_for_another_body_before_it_is_taken_over(session: Session) -> None:
    first, second = (
        make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, f"Xã {name}") for name in "AB"
    )
    own, heir = (make_user(session, body, [Role.SENDER], f"Người {body.name}") for body in (first, second))
    merge(session, first.id, second.id, DAY, "", NOW)
    eve, morning = (clock.start_of_day(DAY) + timedelta(hours=hours) for hours in (-1, 8))
    for at, who in ((eve, {own}), (morning, {own, heir})):
        assert actor_of(session, heir, at).holds(Role.SENDER, organisation=first.id) is (at == morning)
        assert set(of_organisation(session, first.id, at)) == set(map(of_person, who))
