"""Where a log stands in the site log, and the proof of that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.ledger import cosignatures, service
from consult.ledger.guard import NotSigning
from consult.ledger.log import Log
from consult.ledger.models import LedgerEntry
from consult.ledger.signer import Signer
from consult.ledger.site_entries import SITE_LOG


@dataclass(frozen=True)
class Noted:
    """The last entry of the site log about another log: its place, its exact text, and how it is proved (hex) under a
    checkpoint of the site log, which witnesses signed where any did."""

    index: int
    body: str
    at: datetime
    proof: list[str]
    checkpoint: str


def noted(session: Session, own_id: UUID, signer: Signer, now: datetime) -> Noted | None:
    """What the site log says last of a log; None before it says anything, and while it may not be signed."""
    place = session.get(Counter, (SITE_LOG, str(own_id)))
    entry = session.get(LedgerEntry, (SITE_LOG, place.value)) if place is not None else None
    if entry is None:
        return None
    log = Log(session, SITE_LOG)
    found = cosignatures.covering(session, SITE_LOG, log.epoch, entry.index + 1) or _present(session, signer, now)
    if found is None or found[0] > log.size:
        return None
    return Noted(entry.index, entry.body, entry.at, log.inclusion(entry.index, found[0]), found[1])


def told(session: Session, entries: Iterable[LedgerEntry], signer: Signer) -> list[dict[str, Any]]:
    """What each entry says, the newest first: its members, `moment`, and `of`, the matter of the log that it speaks of;
    one statement for all of them."""
    said = [{**json.loads(entry.body), "moment": entry.at} for entry in entries]
    ids = {one["index"]: matter_of(one.get("origin", ""), signer) for one in said}
    wanted = select(Consultation).where(Consultation.id.in_({own_id for own_id in ids.values() if own_id}))
    found = {matter.id: matter for matter in session.scalars(wanted)}
    return [{**one, "of": found.get(ids[one["index"]] or SITE_LOG)} for one in reversed(said)]


def matter_of(origin: str, signer: Signer) -> UUID | None:
    """The id of the matter whose log has this origin, whichever epoch of it; None for no log of this site."""
    named = origin.removeprefix(f"{signer.log_name}/").partition("/")[0]
    try:
        return UUID(named)
    except ValueError:
        return None


def _present(session: Session, signer: Signer, now: datetime) -> tuple[int, str] | None:
    try:
        signed = service.signed(session, SITE_LOG, now, signer)
    except NotSigning:
        return None
    return signed.size, signed.note
