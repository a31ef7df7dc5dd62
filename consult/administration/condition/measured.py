"""What is measured when somebody asks for the numbers of the site: queue, log, backups, disk, and each part's state."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.administration import backups
from consult.administration.condition import kept_results
from consult.administration.condition.findings import Finding, State
from consult.administration.condition.metric_text import Gauge
from consult.administration.condition.watch_checks import DRILL
from consult.consultations.models import Consultation
from consult.ledger.models import LedgerCheckpoint, LedgerEntry
from consult.outbox import condition
from consult.outbox.condition import LOOK_BACK
from consult.version import VERSION

STATES = {State.WELL: 0, State.ATTENTION: 1, State.BROKEN: 2, State.UNKNOWN: 3}


More = Callable[[Session, datetime], Iterator[Gauge]]
"""What a room above this one measures in the database."""


def gauges(
    given: Mapping[str, Any], session: Session, found: Sequence[Finding], now: datetime, more: Sequence[More] = ()
) -> list[Gauge]:
    """Every measured number, those of one name together. Without a database those that need none."""
    told = "0 well, 1 to be looked at, 2 broken, 3 not seen."
    parts = [Gauge("condition", told, STATES[one.state], {"part": one.check}) for one in found]
    version = Gauge("version", "The version of the site.", 1, {"version": VERSION})
    return [version, *parts, *_stored(session, now, more), *_of_machine(given, now)]


def _stored(session: Session, now: datetime, more: Sequence[More]) -> list[Gauge]:
    stored: list[Gauge] = []
    for measure in (_of_queue, _of_log, *more):
        try:
            stored += measure(session, now)
        except SQLAlchemyError:
            session.rollback()
    session.rollback()
    return stored


def _of_queue(session: Session, now: datetime) -> Iterator[Gauge]:
    count, oldest = condition.queue(session, now)
    given_up: Counter[str] = Counter()
    for one in condition.given_up(session, now - LOOK_BACK):
        given_up[one.event] += one.count
    yield Gauge("outbox_waiting", "Events that are due and not done.", count)
    yield Gauge("outbox_oldest_seconds", "For how long the oldest of them has been due.", oldest)
    for event in sorted({"mail_requested", "message_requested", *given_up}):
        about = "Events that no further try will be made for, of the last seven days."
        yield Gauge("given_up", about, given_up[event], {"event": event})


def _of_log(session: Session, now: datetime) -> Iterator[Gauge]:
    last = select(LedgerEntry.index).where(LedgerEntry.consultation_id == Consultation.id)
    size = last.order_by(LedgerEntry.index.desc()).limit(1).scalar_subquery()
    entries = session.scalar(select(func.sum(size + 1)).select_from(Consultation)) or 0
    signed = select(LedgerCheckpoint.at).where(LedgerCheckpoint.consultation_id == Consultation.id)
    newest = signed.order_by(LedgerCheckpoint.size.desc()).limit(1).scalar_subquery()
    at = session.scalar(select(func.max(newest)).select_from(Consultation))
    yield Gauge("ledger_entries", "Entries in all logs.", entries)
    if at is not None:
        yield _age("checkpoint_age_seconds", "Since a checkpoint was signed last.", at, now)


def _of_machine(given: Mapping[str, Any], now: datetime) -> Iterator[Gauge]:
    instance: Path = given["INSTANCE"]
    backup = backups.state(instance)
    if backup.succeeded_at is not None:
        yield _age("backup_age_seconds", "Since the last whole nightly backup.", backup.succeeded_at, now)
    drill = kept_results.kept(instance / DRILL)
    if (at := kept_results.moment(drill.get("at"))) is not None:
        yield _age("drill_age_seconds", "Since restoring a backup was tried last.", at, now)
        yield Gauge("drill_ok", "Whether that went well.", int(bool(drill.get("ok"))))
    verified = kept_results.last(given["CONDITION_FOLDER"], kept_results.VERIFIED)
    if (at := kept_results.moment(verified.get("at"))) is not None:
        yield _age("verified_age_seconds", "Since all logs were held against all data.", at, now)
        yield Gauge("verified_broken", "In how many logs something did not hold.", len(verified.get("broken") or ()))
    usage = shutil.disk_usage(instance)
    yield Gauge("disk_free_bytes", "Room on the disk of the instance folder.", usage.free)
    yield Gauge("disk_bytes", "The whole of that disk.", usage.total)


def _age(name: str, told: str, at: datetime, now: datetime) -> Gauge:
    return Gauge(name, told, max(0.0, round((now - at).total_seconds())))
