"""A spreadsheet from the moment it is chosen until its rows are written: kept as text, looked at as often as anybody
likes, and written once, as a whole, as it was seen."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.accounts import service as accounts
from consult.administration.models import SpreadsheetUpload, UploadKind
from consult.administration.spreadsheets.areas import Areas
from consult.administration.spreadsheets.bodies import Bodies
from consult.administration.spreadsheets.columns import columns
from consult.administration.spreadsheets.people import People
from consult.administration.spreadsheets.rows import Outcome, Planned, Reader
from consult.administration.spreadsheets.units import Units
from consult.db import Lock, new_id, writing
from consult.errors import NotFound, Refused
from consult.files.spreadsheets import tables
from consult.files.spreadsheets.private import without_private
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.files.spreadsheets.tables import Table
from consult.people.models import User
from consult.policy import Actor
from consult.text import one_line

READERS: Mapping[UploadKind, Reader] = MappingProxyType({
    UploadKind.BODIES: Bodies(), UploadKind.UNITS: Units(), UploadKind.PEOPLE: People(), UploadKind.AREAS: Areas(),
})  # fmt: skip
LOCKS = MappingProxyType({UploadKind.AREAS: Lock.REFERENCE})
KEPT_FOR = timedelta(days=1)
MOST_TRIED = 5_000
"""Rows of one file. Beyond, the page that shows what is wrong with each would be too long to be read."""


@dataclass(frozen=True)
class Plan:
    """What a file would do: the table that was found in it, and each of its rows."""

    table: Table
    rows: Sequence[Planned]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed, known and wrong."""
        counted = Counter(row.outcome.value for row in self.rows)
        return {one.value: counted[one.value] for one in Outcome}

    @property
    def ready(self) -> bool:
        """Whether there is anything to write, and nothing wrong."""
        counts = self.counts
        return not self.table.missing and not counts["wrong"] and bool(counts["new"] + counts["changed"])

    @property
    def version(self) -> str:
        """A text that is another one when any row would do something else."""
        said = [(row.number, row.outcome.value, row.about, dict(row.changes)) for row in self.rows]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def keep(
    session: Session, kind: UploadKind, name: str, sheets: Sequence[Sheet], actor: Actor, now: datetime
) -> SpreadsheetUpload:
    """Keeps the sheets of a file to be looked at; those that nobody wrote within a day are let go. Raises Invalid
    ({"file": …}) when no table of this kind is in it."""
    tables.table(sheets, columns(kind))
    if kind is UploadKind.PEOPLE:
        sheets = without_private(sheets)
    if actor.user_id is None:
        raise NotFound
    with writing(session, Lock.PEOPLE):
        old = SpreadsheetUpload.at < now - KEPT_FOR, SpreadsheetUpload.written_at.is_(None)
        session.execute(update(SpreadsheetUpload).where(*old).values(sheets=[]))
        kept = SpreadsheetUpload(
            id=new_id(), kind=kind, name=one_line(name)[:200], at=now, by_id=actor.user_id,
            sheets=[asdict(sheet) for sheet in sheets], mapped={}, written={},
        )  # fmt: skip
        session.add(kept)
    return kept


def upload(session: Session, upload_id: UUID) -> SpreadsheetUpload:
    """The file with this id. Raises NotFound."""
    found = session.get(SpreadsheetUpload, upload_id)
    if found is None:
        raise NotFound
    return found


def plan(session: Session, kept: SpreadsheetUpload, actor: Actor, now: datetime) -> Plan:
    """What a file would do as things stand. Raises Refused: `upload_written`, `upload_gone` (kept for a day only), and
    `too_many_rows_at_once`."""
    if kept.written_at is not None:
        raise Refused("upload_written")
    if not kept.sheets:
        raise Refused("upload_gone")
    sheets = [Sheet(one["name"], [_line(row) for row in one["lines"]]) for one in kept.sheets]
    found = tables.table(sheets, columns(kept.kind), {key: int(at) for key, at in kept.mapped.items()})
    if len(found.records) > MOST_TRIED:
        raise Refused("too_many_rows_at_once", most=MOST_TRIED)
    return Plan(found, [] if found.missing else READERS[kept.kind].plan(session, found, actor, now))


def say_where(session: Session, upload_id: UUID, mapped: Mapping[str, int]) -> SpreadsheetUpload:
    """Notes at which index columns stand that bear other names."""
    with writing(session, Lock.PEOPLE):
        kept = upload(session, upload_id)
        kept.mapped = {**kept.mapped, **mapped}
    return kept


def write(session: Session, upload_id: UUID, seen: str, actor: Actor, now: datetime) -> SpreadsheetUpload:
    """Writes every row of a file or none, as it was seen (`Plan.version`).

    Raises Refused as `plan`; `rows_wrong`, `nothing_to_write`, and `rows_changed` when the same rows would do something
    else by now.
    """
    kind = upload(session, upload_id).kind
    with writing(session, LOCKS.get(kind, Lock.PEOPLE)):
        kept = upload(session, upload_id)
        session.refresh(kept)
        planned = plan(session, kept, actor, now)
        if planned.version != seen:
            raise Refused("rows_changed")
        if planned.counts["wrong"] or planned.table.missing:
            raise Refused("rows_wrong")
        if not planned.ready:
            raise Refused("nothing_to_write")
        rows = [row for row in planned.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
        told = READERS[kept.kind].write(session, rows, actor, now)
        kept.written_at, kept.written, kept.sheets = now, {**planned.counts, **told}, []
        audit_log.note(session, f"{kept.kind.value}_imported", kept.name, actor, now, **planned.counts)
    return kept


def invite(session: Session, upload_id: UUID, actor: Actor, now: datetime) -> int:
    """Invites by mail everybody whose account a file made, once; returns how many. Raises
    Refused("invited_already")."""
    with writing(session, Lock.PEOPLE):
        kept = upload(session, upload_id)
        session.refresh(kept)
        ids = [UUID(one) for one in kept.written.get("accounts", ())]
        if not ids or "invited" in kept.written:
            raise Refused("invited_already")
        users = session.scalars(select(User).where(User.id.in_(ids)).order_by(User.id)).all()
        count = accounts.invite_first(session, users, now)
        kept.written = {**kept.written, "invited": count}
        audit_log.note(session, "many_invited", kept.name, actor, now, count=count)
    return count


def _line(row: Any) -> Line:
    return Line(row["number"], row["cells"], {int(at): code for at, code in row["problems"].items()})
