"""Accounts and roles: what administrators may do, what they may not, and that everything is noted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.administration.accounts import role_proposals, roles
from consult.administration.accounts import service as accounts
from consult.administration.bodies import changes
from consult.administration.bodies import service as bodies
from consult.administration.models import Settlement
from consult.errors import Invalid, Refused
from consult.outbox.models import OutboxMessage
from consult.people.organisations import NewOrganisation, lineage
from consult.people.units import units_of
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import ANYBODY, Action, decide
from consult.sign_in.actors import actor_of
from tests.administration.bodies.documents import DECISION
from tests.builders import NOW, TODAY, make_actor, make_consultation, make_organisation, make_unit, make_user


@pytest.fixture
def organisation(session: Session):
    """A Department."""
    return make_organisation(session)


@pytest.fixture
def administrator(session: Session, organisation):
    """Who administers."""
    return make_actor(session, organisation, Role.ADMINISTRATOR)


def told(session: Session) -> list[str]:
    """What was noted, oldest first."""
    return [act.act for act, _name in reversed(audit_log.newest(session))]


def test_an_account_is_made_with_an_invitation(session: Session, administrator) -> None:
    user = accounts.create(session, " Mai@Example.VN ", "Lò Thị  Mai", "Chuyên viên", administrator, NOW)
    assert (user.mail, user.name, user.password_hash) == ("mai@example.vn", "Lò Thị Mai", None)
    [message] = session.scalars(select(OutboxMessage))
    assert (message.event, message.payload) == ("account_invited", {"user_id": str(user.id)})
    assert told(session) == ["account_made"]
    with pytest.raises(Invalid) as refused:
        accounts.create(session, "MAI@example.vn", "Người khác", "", administrator, NOW)
    assert refused.value.errors == {"mail": "mail_in_use"}


@pytest.mark.parametrize(
    ("mail", "wrong"),
    [
        ("", "not_a_mail"), ("mai", "not_a_mail"), ("mai@", "not_a_mail"), ("@x.vn", "not_a_mail"),
        ("mai@x", "not_a_mail_domain"), ("a b@x.vn", "not_a_mail_blank"), ("<a@x.vn>", "not_a_mail_name"),
        ("a@x.vn,b@x.vn", "not_a_mail_name"),
    ],
)  # fmt: skip
def test_what_is_no_mail_is_refused(session: Session, administrator, mail: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.create(session, mail, "", "", administrator, NOW)
    assert refused.value.errors == {"mail": wrong, "name": "required"}


def test_a_role_counts_from_its_first_to_its_last_day(session: Session, administrator, organisation) -> None:
    user = make_user(session)
    days = (TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    roles.grant(session, user.id, organisation.id, None, Role.SENDER, *days, administrator, NOW)
    held = [actor_of(session, user, clock.start_of_day(TODAY) + timedelta(days=n, hours=23.9)).seats for n in range(6)]
    assert [len(seats) for seats in held] == [0, 0, 1, 1, 0, 0]
    assert told(session) == ["role_granted"]


def test_a_role_ends_now_or_later(session: Session, administrator, organisation) -> None:
    user = make_user(session, organisation, [Role.OFFICER, Role.LEADER])
    first, second = user.memberships
    roles.end(session, first.id, None, administrator, NOW)
    roles.end(session, second.id, TODAY + timedelta(days=1), administrator, NOW)
    assert [seat.role for seat in actor_of(session, user, NOW).seats] == [second.role]
    assert actor_of(session, user, clock.start_of_day(TODAY + timedelta(days=2))).seats == ()
    with pytest.raises(Refused, match="role_ended"):
        roles.end(session, first.id, None, administrator, NOW)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_grants_themselves_a_role(session: Session, administrator, organisation, role: Role) -> None:
    with pytest.raises(Refused, match="not_to_yourself"):
        roles.grant(session, administrator.user_id, organisation.id, None, role, None, None, administrator, NOW)
    assert told(session) == []


def test_the_last_administrator_stays(session: Session, administrator, organisation) -> None:
    user = accounts.account(session, administrator.user_id)
    [held] = user.memberships
    with pytest.raises(Refused, match="last_administrator"):
        roles.end(session, held.id, None, administrator, NOW)
    with pytest.raises(Refused, match="last_administrator"):
        accounts.close(session, user.id, ANYBODY, NOW)
    make_user(session, organisation, [Role.ADMINISTRATOR])
    roles.end(session, held.id, None, administrator, NOW)


def test_days_in_the_wrong_order_and_units_of_others_are_refused(session: Session, administrator, organisation) -> None:
    user, foreign = make_user(session), make_unit(session, make_organisation(session))
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Invalid):
        roles.grant(session, user.id, organisation.id, None, Role.OFFICER, None, yesterday, administrator, NOW)
    with pytest.raises(Invalid):
        roles.grant(session, user.id, organisation.id, foreign.id, Role.OFFICER, None, None, administrator, NOW)


def test_a_closed_account_holds_nothing(session: Session, administrator, organisation) -> None:
    user = make_user(session, organisation, [Role.LEADER])
    accounts.close(session, user.id, administrator, NOW)
    assert actor_of(session, user, NOW).seats == ()
    accounts.reopen(session, user.id, administrator, NOW)
    assert actor_of(session, user, NOW).seats == ()
    assert sorted(told(session)) == ["account_closed", "account_reopened", "role_proposed"]
    [waiting] = role_proposals.waiting(session, user.id)
    another = make_actor(session, organisation, Role.ADMINISTRATOR)
    role_proposals.settle(session, [waiting.id], Settlement.CONFIRMED, another, NOW)
    assert [seat.role for seat in actor_of(session, user, NOW).seats] == [Role.LEADER]


def test_a_successor_takes_over_people_units_and_matters(session: Session, administrator, organisation) -> None:
    unit = make_unit(session, organisation)
    officer = make_user(session, organisation, [Role.OFFICER], unit=unit)
    matter = make_consultation(session, lead=organisation)
    new = NewOrganisation("Sở Môi trường tỉnh", OrganisationKind.DEPARTMENT, Level.PROVINCE)
    heir = changes.succeed(session, organisation.id, new, TODAY, DECISION, administrator, NOW)
    session.expire_all()
    assert organisation.valid_to == heir.valid_from == TODAY
    assert lineage(session, heir.id) == ([organisation], [])
    [copied] = units_of(session, heir.id)
    assert (copied.name, copied.mailbox) == (unit.name, unit.mailbox)
    later = NOW + timedelta(minutes=1)
    actor = actor_of(session, officer, later)
    assert {seat.organisation_id for seat in actor.seats} == {organisation.id, heir.id}
    assert decide(actor, Action.TRIAGE, matter, later) is None
    with pytest.raises(Refused, match="organisation_ended"):
        changes.end(session, organisation.id, TODAY, DECISION, administrator, NOW)


def test_a_name_in_use_is_refused(session: Session, administrator, organisation) -> None:
    new = NewOrganisation(organisation.name.upper(), OrganisationKind.AGENCY, Level.PROVINCE)
    with pytest.raises(Invalid) as refused:
        bodies.create(session, new, administrator, NOW)
    assert refused.value.errors == {"name": "name_in_use"}


def test_units_are_added_and_ended(session: Session, administrator, organisation) -> None:
    unit = bodies.create_unit(session, organisation.id, "Phòng Đất đai", "dat@example.vn", TODAY, administrator, NOW)
    later = [NOW + timedelta(minutes=minutes) for minutes in (1, 2)]
    bodies.change_mailbox(session, unit.id, "dat-dai@example.vn", administrator, later[0])
    bodies.end_unit(session, unit.id, TODAY + timedelta(days=1), administrator, later[1])
    assert units_of(session, organisation.id, TODAY) == [unit]
    assert units_of(session, organisation.id, date(2027, 1, 1)) == []
    assert told(session) == ["unit_made", "mailbox_changed", "unit_ended"]
    with pytest.raises(Invalid):
        bodies.create_unit(session, organisation.id, "Phòng", "không phải thư", TODAY, administrator, NOW)
