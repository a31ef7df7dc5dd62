"""Somebody sits in for who is away, for a time that has an end; and one person sits in several bodies."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import role_proposals, roles
from consult.administration.bodies import changes
from consult.administration.models import RoleProposal, Settlement
from consult.errors import Invalid
from consult.people.models import Membership, Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor
from consult.sign_in.actors import actor_of
from tests.administration.bodies.documents import DECISION
from tests.builders import NOW, TODAY, make_organisation, make_user

LAST = TODAY + timedelta(days=14)


@pytest.fixture
def union(session: Session) -> Organisation:
    """A union with its sender."""
    return make_organisation(session, OrganisationKind.SOCIO_POLITICAL, name="Hội Phụ nữ")


@pytest.fixture
def away(session: Session, union: Organisation) -> User:
    """Who signs its letters, and is away."""
    return make_user(session, union, [Role.SENDER], name="Ma Thị Hoa")


def test_a_deputy_holds_the_role_until_the_day_and_says_whose(
    session: Session, union: Organisation, away: User, one: Actor
) -> None:
    other = make_user(session, name="Lý Văn An")
    made = roles.grant(session, other.id, union.id, None, Role.SENDER, None, LAST, one, NOW, away.id)
    assert isinstance(made, Membership) and made.deputy_for is away
    assert actor_of(session, other, NOW).holds(Role.SENDER, organisation=union.id)
    after = clock.start_of_day(LAST + timedelta(days=1))
    assert not actor_of(session, other, after).holds(Role.SENDER, organisation=union.id)
    heir = make_organisation(session, name="Ủy ban MTTQ")
    changes.merge(session, union.id, heir.id, TODAY, DECISION, one, NOW)
    (seat,) = [held for held in other.memberships if held.organisation_id == heir.id]
    assert (seat.deputy_for_id, seat.until) == (away.id, after), "it moves with the body, and ends the same day"


def test_a_place_without_an_end_or_that_nobody_holds_is_refused(
    session: Session, union: Organisation, away: User, one: Actor
) -> None:
    other = make_user(session, name="Lý Văn An")
    for role, last, whose, wrong in (
        (Role.SENDER, None, away, {"last_day": "deputy_for_a_time"}),
        (Role.DRAFTER, LAST, away, {"deputy_for": "no_such_place"}),
        (Role.SENDER, LAST, other, {"deputy_for": "no_such_place"}),
    ):
        with pytest.raises(Invalid) as raised:
            roles.grant(session, other.id, union.id, None, role, None, last, one, NOW, whose.id)
        assert raised.value.errors == wrong
        session.rollback()


def test_a_deputy_at_the_desk_waits_for_the_second_administrator(
    session: Session, one: Actor, two: Actor, body: Organisation
) -> None:
    away, other = make_user(session, body, [Role.LEADER]), make_user(session)
    proposed = roles.grant(session, other.id, body.id, None, Role.LEADER, None, LAST, one, NOW, away.id)
    assert isinstance(proposed, RoleProposal)
    role_proposals.settle(session, [proposed.id], Settlement.CONFIRMED, two, NOW)
    session.expire_all()
    assert [held.deputy_for_id for held in other.memberships] == [away.id]
