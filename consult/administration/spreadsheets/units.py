"""Units, one in each row, of bodies that are there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.administration.spreadsheets.places import KnownBodies
from consult.administration.spreadsheets.rows import Outcome, Planned, Row
from consult.db import new_id
from consult.files.spreadsheets.tables import Table
from consult.people import mail_addresses
from consult.people.models import Unit
from consult.people.organisations import LONGEST_NAME
from consult.policy import Actor
from consult.text import folded


class KnownUnits:
    """The units that have not ended, by body and folded name; in one statement."""

    def __init__(self, session: Session) -> None:
        found = session.scalars(select(Unit).where(Unit.valid_to.is_(None)))
        self.by_name: dict[tuple[UUID, str], Unit] = {(one.organisation_id, folded(one.name)): one for one in found}


class Units:
    """Reads and writes them."""

    def plan(self, session: Session, table: Table, _actor: Actor, _now: datetime) -> list[Planned]:
        """As `rows.Reader`."""
        bodies, known = KnownBodies(session), KnownUnits(session)
        seen: dict[Any, int] = {}
        return [self._row(Row(table, record), bodies, known, seen) for record in table.records]

    def write(self, session: Session, rows: list[Planned], actor: Actor, now: datetime) -> dict[str, Any]:
        """As `rows.Reader`."""
        for row in rows:
            if row.outcome is Outcome.NEW:
                session.add(Unit(id=new_id(), valid_from=clock.local_day(now), **row.what))
                continue
            unit = session.get_one(Unit, row.what["id"])
            unit.mailbox = row.changes["mailbox"][1]
            audit_log.note(session, "mailbox_changed", unit.name, actor, now, unit_id=str(unit.id))
        return {}

    def _row(self, row: Row, bodies: KnownBodies, known: KnownUnits, seen: dict[Any, int]) -> Planned:
        body, name = bodies.read(row, "body", needed=True), row.text("unit", LONGEST_NAME, needed=True)
        mailbox = row.text("mailbox", LONGEST_NAME)
        row.checked("mailbox", mail_addresses.problem, mailbox)
        if body is None or row.problems:
            return row.planned(name, {}, None, {})
        row.once("unit", seen, (body.id, folded(name)))
        about, there = f"{body.short_name}: {name}", known.by_name.get((body.id, folded(name)))
        if there is not None:
            return row.planned(about, {"id": there.id}, {"mailbox": there.mailbox}, {"mailbox": mailbox})
        return row.planned(about, {"organisation_id": body.id, "name": name, "mailbox": mailbox}, None, {})
