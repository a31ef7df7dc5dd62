"""Whether the public logs may be signed: what is kept of them outside the database agrees with it."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention, broken, well
from consult.consultations.models import Consultation
from consult.db import Database
from consult.ledger.guard import Guard, NotSigning
from consult.ledger.log import Log
from consult.timed_cache import TimedCache
from consult.web.health import writable

TRUSTED_FOR = 5.0
"""Seconds for which a finding holds in one process: whoever asks without end does not keep others from the disk."""


class LogCheck:
    """Whether every log agrees with what is kept of it, the place takes what is written, and it lies on another disk
    than the database, whose data are in the folder `instance` or on another machine."""

    def __init__(self, database: Database, guard: Guard, instance: Path) -> None:
        self.database = database
        self.guard = guard
        self.instance = instance
        self.found = TimedCache(well("log"))

    def look(self, session: Session, _now: datetime) -> Finding:
        """Found now, or a moment ago."""
        return self.found.now(lambda: (self._looked(session), TRUSTED_FOR))

    def _looked(self, session: Session) -> Finding:
        found = _looked(self.database, self.guard, session)
        shared = found.state is State.WELL and self.database.engine.dialect.name == "sqlite"
        if shared and _one_disk(self.guard.store.folder, self.instance):
            return replace(found, reason="same_disk")
        return found


def _looked(database: Database, guard: Guard, session: Session) -> Finding:
    folder = guard.store.folder
    try:
        guard.require_place(session.connection())
    except NotSigning as wrong:
        return broken("log", wrong.reason.removeprefix("log_"), folder=folder)
    if not writable(folder):
        return broken("log", "unkept", folder=folder)
    slugs = {key: slug for key, slug in session.execute(select(Consultation.id, Consultation.slug))}
    logs = guard.store.logs()
    for own_id in [*logs, *(key for key in slugs if not guard.store.has(key))]:
        if own_id in slugs and (wrong_log := of_log(database, guard, own_id, slugs[own_id])) is not None:
            return wrong_log
    strange = [str(own_id) for own_id in logs if own_id not in slugs]
    if strange:
        return attention("log", "unknown", names=", ".join(strange), folder=folder)
    return well("log", count=len(logs), folder=folder)


def _one_disk(folder: Path, instance: Path) -> bool:
    """Whether a picture of one disk has both."""
    try:
        return folder.stat().st_dev == instance.stat().st_dev
    except OSError:
        return False


def of_log(database: Database, guard: Guard, own_id: UUID, slug: str) -> Finding | None:
    """Why nothing is added to one log: what is kept of it outside the database says otherwise. None when it agrees."""
    try:
        guard.look(database.engine, partial(Log, consultation_id=own_id), own_id)
    except NotSigning as refusal:
        return _told(refusal, slug, guard)
    return None


def _told(refusal: NotSigning, slug: str, guard: Guard) -> Finding:
    details = {"slug": slug, "folder": guard.store.folder}
    if refusal.kept is not None:
        details["size"] = refusal.kept.size
    if refusal.index is not None:
        details["index"] = refusal.index
    return broken("log", refusal.reason.removeprefix("log_"), **details)
