"""Two administrators at the same moment: what must hold of people, bodies and the calendar holds on both databases."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.administration.accounts import first_administrator, roles
from consult.administration.accounts import service as accounts
from consult.administration.bodies import changes
from consult.administration.bodies import service as bodies
from consult.administration.reference import holidays
from consult.administration.reference.holidays import HolidayKind
from consult.administration.site import installation
from consult.consultations.models import Holiday, LegalProfile
from consult.consultations.reference import seeding
from consult.data.models import ReleasedRow
from consult.db import Database
from consult.people.models import Area, AreaSuccession, Membership, Organisation, Unit, User
from consult.people.organisations import NewOrganisation
from consult.people.seeding import seed_areas
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from tests.administration.bodies.documents import DECISION
from tests.builders import NOW, TODAY, make_actor, make_organisation, make_unit, make_user
from tests.races import at_once

NEW = NewOrganisation("Sở Môi trường tỉnh", OrganisationKind.DEPARTMENT, Level.PROVINCE)


class Office:
    """Two administrators of one body with a unit, and somebody who works there."""

    def __init__(self, session: Session) -> None:
        self.body: Organisation = make_organisation(session)
        self.unit: Unit = make_unit(session, self.body)
        self.one: Actor = make_actor(session, self.body, Role.ADMINISTRATOR)
        self.two: Actor = make_actor(session, self.body, Role.ADMINISTRATOR)
        self.person: User = make_user(session, self.body, [Role.OFFICER])

    def seat_of(self, session: Session, user_id: UUID | None) -> UUID:
        """The membership of somebody who has one."""
        return session.scalars(select(Membership.id).where(Membership.user_id == user_id)).one()


@pytest.fixture
def office(database: Database) -> Office:
    """The two at their desks."""
    with database.session() as session:
        return Office(session)


def count(database: Database, what: type) -> int:
    """How many rows of a table there are."""
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def administrators(database: Database) -> int:
    """How many people can administer."""
    with database.session() as session:
        held = session.scalars(select(Membership).where(Membership.role == Role.ADMINISTRATOR))
        return sum(one.in_force(NOW) and one.user.disabled_at is None for one in held)


def test_two_administrators_end_each_others_role(database: Database, office: Office) -> None:
    def ends(actor: Actor, other: Actor):
        return lambda own: roles.end(own, office.seat_of(own, other.user_id), None, actor, NOW)

    happened = at_once(database, ends(office.one, office.two), ends(office.two, office.one))
    assert happened == ["done", "last_administrator"] and administrators(database) == 1


def test_two_administrators_close_each_others_account(database: Database, office: Office) -> None:
    def closes(actor: Actor, other: Actor):
        assert other.user_id
        return lambda own: accounts.close(own, other.user_id, actor, NOW)

    happened = at_once(database, closes(office.one, office.two), closes(office.two, office.one))
    assert happened == ["done", "last_administrator"] and administrators(database) == 1


def test_one_is_closed_while_the_other_loses_the_role(database: Database, office: Office) -> None:
    happened = at_once(
        database,
        lambda own: accounts.close(own, office.two.user_id, office.one, NOW),
        lambda own: roles.end(own, office.seat_of(own, office.one.user_id), None, office.two, NOW),
    )
    assert happened == ["done", "last_administrator"] and administrators(database) == 1


def test_a_role_is_ended_once(database: Database, office: Office) -> None:
    def end(own: Session) -> None:
        roles.end(own, office.seat_of(own, office.person.id), None, office.one, NOW)

    assert at_once(database, end, end) == ["done", "role_ended"]


def test_one_mail_has_one_account(database: Database, office: Office) -> None:
    def make(own: Session) -> None:
        accounts.create(own, "mai@example.vn", "Lò Thị Mai", "", office.one, NOW)

    assert at_once(database, make, make) == ["done", "mail_in_use"]


def test_two_commands_make_one_first_administrator(database: Database, office: Office) -> None:
    def make(own: Session) -> None:
        first_administrator.create(own, "mai@example.vn", "Lò Thị Mai", None, NOW)

    assert at_once(database, make, make) == ["done", "mail_in_use"]


def test_one_name_is_borne_by_one_body(database: Database, office: Office) -> None:
    def make(own: Session) -> None:
        bodies.create(own, NEW, office.one, NOW)

    assert at_once(database, make, make) == ["done", "name_in_use"]


def test_a_body_is_followed_once(database: Database, office: Office) -> None:
    def succeed(name: str):
        new = NewOrganisation(name, OrganisationKind.DEPARTMENT, Level.PROVINCE)
        return lambda own: changes.succeed(own, office.body.id, new, TODAY, DECISION, office.one, NOW)

    assert at_once(database, succeed("Sở Một"), succeed("Sở Hai")) == ["done", "organisation_ended"]
    assert count(database, Organisation) == 2


def test_a_body_is_ended_once(database: Database, office: Office) -> None:
    def end(own: Session) -> None:
        changes.end(own, office.body.id, TODAY, DECISION, office.one, NOW)

    assert at_once(database, end, end) == ["done", "organisation_ended"]


def test_nobody_is_left_behind_in_a_body_that_another_follows(database: Database, office: Office) -> None:
    given = (office.person.id, office.body.id, None, Role.SENDER, None, None, office.one, NOW)
    happened = at_once(
        database,
        lambda own: roles.grant(own, *given),
        lambda own: changes.succeed(own, office.body.id, NEW, TODAY, DECISION, office.two, NOW),
    )
    assert happened in (["done", "done"], ["done", "organisation_ended"])
    with database.session() as session:
        held = session.scalars(select(Membership).where(Membership.organisation_id == office.body.id))
        assert not [one.role for one in held if one.in_force(NOW)]


def test_a_unit_is_made_once_and_ended_once(database: Database, office: Office) -> None:
    def make(own: Session) -> None:
        bodies.create_unit(own, office.body.id, "Phòng Đất đai", "", TODAY, office.one, NOW)

    def end(own: Session) -> None:
        bodies.end_unit(own, office.unit.id, TODAY, office.one, NOW)

    assert at_once(database, make, make) == ["done", "name_in_use"]
    assert at_once(database, end, end) == ["done", "unit_ended"]


def test_a_holiday_is_put_twice_and_removed_once(database: Database, office: Office) -> None:
    day = date(2027, 3, 5)

    def put(own: Session) -> None:
        holidays.put(own, day, HolidayKind.HOLIDAY, "Ngày nghỉ", "", office.one, NOW)

    def remove(own: Session) -> None:
        holidays.remove(own, day, office.one, NOW)

    assert at_once(database, put, put) == ["done", "done"] and count(database, Holiday) == 1
    assert at_once(database, remove, remove) == ["done", "no_holiday"]


@pytest.mark.parametrize(
    ("seed", "what"),
    [(seeding.seed_rules, LegalProfile), (seeding.seed_bodies, Organisation), (seed_areas, Area)],
)
def test_what_a_new_site_begins_with_is_there_once(database: Database, seed, what: type) -> None:
    with database.session() as session:
        seed(session)
        there = count(database, what)
        session.execute(delete(AreaSuccession))
        session.execute(delete(what))
        # What was taken out by hand would stay out.
        session.execute(delete(ReleasedRow))
        session.commit()
    assert at_once(database, seed, seed) == ["done", "done"] and count(database, what) == there > 0


def test_the_systems_own_account_is_made_once(database: Database) -> None:
    def make(own: Session) -> None:
        seeding.system_user(own, NOW)

    assert at_once(database, make, make) == ["done", "done"] and count(database, User) == 1


def test_a_fact_about_the_installation_is_put_once(database: Database) -> None:
    def mark(own: Session) -> None:
        installation.mark_as_demo(own, NOW)

    assert at_once(database, mark, mark) == ["done", "done"]
