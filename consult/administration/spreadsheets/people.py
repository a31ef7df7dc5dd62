"""People, a seat in each row: one person may be in several rows, for several bodies. Accounts are made without a mail;
who made them sends the invitations afterwards, all at once. Roles that need a second administrator wait for one."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import roles, service
from consult.administration.models import RoleProposal
from consult.administration.spreadsheets.places import KnownBodies
from consult.administration.spreadsheets.rows import Planned, Row
from consult.administration.spreadsheets.units import KnownUnits
from consult.files.spreadsheets.tables import Table
from consult.people import mail_addresses
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.words import Role
from consult.policy import Actor
from consult.sign_in.service import mail_key
from consult.text import folded


class _There:
    """Who has an account, and which seats are held or proposed beyond now; in three statements."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.users = {one.mail: one for one in session.scalars(select(User))}
        self.seats: dict[UUID, set[tuple[UUID, Role]]] = defaultdict(set)
        held = select(Membership.user_id, Membership.organisation_id, Membership.role)
        lasting = held.where(or_(Membership.until.is_(None), Membership.until > now))
        waiting = select(RoleProposal.user_id, RoleProposal.organisation_id, RoleProposal.role)
        for statement in (lasting, waiting.where(RoleProposal.settled_at.is_(None))):
            for user_id, body_id, role in session.execute(statement):
                self.seats[user_id].add((body_id, role))


class People:
    """Reads and writes them."""

    def plan(self, session: Session, table: Table, actor: Actor, now: datetime) -> list[Planned]:
        """As `rows.Reader`."""
        bodies, units, there = KnownBodies(session), KnownUnits(session), _There(session, now)
        seen: dict[Any, int] = {}
        names: dict[str, str] = {}
        rows = [Row(table, record) for record in table.records]
        return [_planned(row, bodies, units, there, seen, names, actor, now) for row in rows]

    def write(self, session: Session, rows: list[Planned], actor: Actor, now: datetime) -> dict[str, Any]:
        """As `rows.Reader`; `accounts` are the ids of those that were made."""
        users = {one.mail: one for one in session.scalars(select(User))}
        made = []
        for row in rows:
            what = row.what
            if what["mail"] not in users:
                user = service.added(session, what["mail"], what["name"], what["office"], actor, now)
                users[user.mail] = user
                made.append(str(user.id))
            if what["role"] is not None:
                seat = (what["organisation_id"], what["unit_id"], what["role"], what["first_day"], what["last_day"])
                roles.grant(session, users[what["mail"]].id, *seat, actor, now)
        return {"accounts": made}


def _planned(
    row: Row,
    bodies: KnownBodies,
    units: KnownUnits,
    there: _There,
    seen: dict[Any, int],
    names: dict[str, str],
    actor: Actor,
    now: datetime,
) -> Planned:
    name, mail = row.text("person", service.LONGEST_NAME, True), mail_key(row.text("person_mail", 254, True))
    office = row.text("office", service.LONGEST_NAME)
    row.checked("person_mail", mail_addresses.problem, mail)
    user = there.users.get(mail)
    _check_person(row, name, names.setdefault(mail, user.name if user else name), user, actor)
    body, role, unit = bodies.read(row, "body", False), _role(row), None
    if body is not None:
        unit = _unit(row, body, units)
    days = _days(row, now)
    if (body is None) is not (role is None) and not row.problems:
        row.wrong("role" if role is None else "body", "required")
    row.once("person_mail", seen, (mail, body.id if body else None, role))
    what = {
        "mail": mail, "name": name, "office": office, "role": role, "organisation_id": body.id if body else None,
        "unit_id": unit.id if unit else None, "first_day": days[0], "last_day": days[1],
    }  # fmt: skip
    about = f"{name}, {body.short_name}" if body else name
    held = user is not None and (body is None or (body.id, role) in there.seats[user.id])
    return row.planned(about, what, {} if held else None, {})


def _check_person(row: Row, name: str, known: str, user: User | None, actor: Actor) -> None:
    """One mail is one person: as the account says, or the first row that names it."""
    if name and folded(name) != folded(known):
        row.wrong("person", "other_name_there", name=known)
    if user is not None and user.id == actor.user_id:
        row.wrong("person_mail", "own_row")
    elif user is not None and user.disabled_at is not None:
        row.wrong("person_mail", "account_closed_there")


def _role(row: Row) -> Role | None:
    code = row.word("role")
    return Role(code) if code else None


def _unit(row: Row, body: Organisation, units: KnownUnits) -> Unit | None:
    said = row.text("unit", 300)
    found = units.by_name.get((body.id, folded(said))) if said else None
    if said and found is None:
        row.wrong("unit", "unit_unknown")
    return found


def _days(row: Row, now: datetime) -> tuple[date | None, date | None]:
    first, last = row.day("first_day"), row.day("last_day")
    if last is not None and (last < clock.local_day(now) or (first is not None and last < first)):
        row.wrong("last_day", "before_it_began")
    return first, last
