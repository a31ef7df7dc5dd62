"""Reading the public log of a matter: its entries, and what one of them says."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger import merkle
from consult.ledger.models import LedgerEntry


def entries_of(session: Session, consultation_id: UUID, start: int, count: int) -> Sequence[LedgerEntry]:
    """At most `count` entries from the index `start` on."""
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.consultation_id == consultation_id, LedgerEntry.index >= start)
        .order_by(LedgerEntry.index)
        .limit(count)
    ).all()


def entry_at(session: Session, consultation_id: UUID, index: int) -> LedgerEntry:
    """The entry at an index; raises NotFound."""
    found = session.get(LedgerEntry, (consultation_id, index))
    if found is None:
        raise NotFound
    return found


def logged_matters(session: Session, limit: int, offset: int) -> tuple[Sequence[Consultation], bool]:
    """Published matters, the newest first, and whether there are more behind them."""
    found = session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None))
        .order_by(Consultation.published_at.desc(), Consultation.id)
        .limit(limit + 1)
        .offset(offset)
    ).all()
    return found[:limit], len(found) > limit


def addresses(session: Session, now: datetime) -> dict[str, str]:
    """The part of the address of every published matter, by its id as receipts name it."""
    return {str(matter.id): matter.slug for matter in queries.published(session, now)}


def leaf(entry: LedgerEntry) -> str:
    """The leaf hash of an entry (hex)."""
    return merkle.leaf_hash(entry.body.encode()).hex()


def said(entry: LedgerEntry) -> dict[str, Any]:
    """What an entry says, as the object that its body is, and `moment` as the instant it was recorded."""
    return {**json.loads(entry.body), "moment": entry.at}
