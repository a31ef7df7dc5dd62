"""What was decided at the end, and the papers as they were signed, against the entries that say so."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.files.store import DamagedFile, FileStore
from consult.ledger.entries import moment
from consult.responses.ending.models import SignedCopy
from consult.responses.majority.models import MajorityDecision
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of


def check_signed_copies(session: Session, consultation_id: UUID, log: Log, files: FileStore) -> int:
    """Every signed copy has its entry, every such entry its copy, and its file is what it was; gives how many. Raises
    Tampered."""
    rows = rows_of(session, SignedCopy, consultation_id, SignedCopy.number)
    stored = [_told(row) for row in rows]
    told = [
        (one["copy"], one["paper"], one["hash"], one["size"], one["number"], one["day"], one["at"])
        for one in log.all("signed_copy")
    ]
    require(stored == told, Told("tampered.signed_copies_are_not_those_of_the_log"))
    aside = {row.number: row.set_aside_reason for row in rows if row.set_aside_at is not None}
    said = {one["copy"]: one["reason"] for one in log.all("signed_copy_set_aside")}
    require(aside == said, Told("tampered.signed_copies_are_not_those_of_the_log"))
    for row in rows:
        try:
            files.opened(row.file_hash).close()
        except DamagedFile as damaged:
            raise Tampered(Told("tampered.signed_copy_is_not_kept", number=row.number)) from damaged
    return len(rows)


def check_majority(session: Session, consultation_id: UUID, log: Log) -> int:
    """Every entry of what was decided where most people are against has its row with the same reason; gives how many.
    Raises Tampered."""
    rows = rows_of(session, MajorityDecision, consultation_id, MajorityDecision.at)
    written = {(row.follows, hashlib.sha256(row.text.encode()).hexdigest()) for row in rows}
    told = [(one["follows"], one["text"]) for one in log.all("majority_answered")]
    require(set(told) <= written, Told("tampered.reasons_are_not_those_of_the_log"))
    return len(told)


def _told(row: SignedCopy) -> tuple[Any, ...]:
    number, day = row.letter_number, row.signed_on.isoformat()
    return row.number, row.paper.value, row.file_hash, row.file_size, number, day, moment(row.at)
