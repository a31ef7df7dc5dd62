"""Reading the public log of a matter: its entries, and what one of them says."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound
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


def said(entry: LedgerEntry) -> dict[str, Any]:
    """What an entry says, as the object that its body is."""
    told: dict[str, Any] = json.loads(entry.body)
    return told
