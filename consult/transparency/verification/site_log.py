"""The log of the whole site against every log that it speaks of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.command_line.words import say
from consult.consultations.models import Consultation, Counter
from consult.ledger.cosignature import WitnessKey
from consult.ledger.log import Log
from consult.ledger.models import LedgerEpoch
from consult.ledger.service import Signer
from consult.ledger.site_entries import SITE_LOG
from consult.transparency.replay import Entry
from consult.transparency.row_reading import Told, require, rows_of
from consult.transparency.verification.log_itself import check_log

OWN = frozenset({"log_checkpoint", "epoch"})


def verify_site_log(session: Session, signer: Signer, witnesses: Iterable[WitnessKey]) -> Iterator[str]:
    """A sentence for each thing that was checked and holds. Raises Tampered at the first that does not."""
    entries = (yield from check_log(session, SITE_LOG, signer, witnesses)).entries
    strange = next((entry["index"] for entry in entries if entry["kind"] not in OWN), None)
    require(strange is None, Told("tampered.site_log_of_another_kind", index=strange))
    yield say("verified.site_log", logs=_check_said(session, entries, signer))


def _check_said(session: Session, entries: Sequence[Entry], signer: Signer) -> int:
    """Every checkpoint that it names is one of the log of that origin; gives of how many logs."""
    told = [entry for entry in entries if entry["kind"] == "log_checkpoint"]
    by_origin: dict[str, list[Entry]] = {}
    for entry in told:
        by_origin.setdefault(entry["origin"], []).append(entry)
    last: dict[UUID, int] = {}
    for own_id in session.scalars(select(Consultation.id).where(Consultation.id != SITE_LOG)).all():
        for origin, end in _ends(session, own_id, signer).items():
            found = _check_log(session, own_id, by_origin.pop(origin, []), end)
            last |= {own_id: found[-1]["index"]} if found else {}
    odd = next((origin for origin in by_origin), "")
    require(not by_origin, Told("tampered.site_log_names_no_log", origin=odd))
    stored = {row.name: row.value for row in rows_of(session, Counter, SITE_LOG)}
    require(stored == {str(own): index for own, index in last.items()}, Told("tampered.site_log_places"))
    return len(last)


def _ends(session: Session, own_id: UUID, signer: Signer) -> Mapping[str, int | None]:
    """The origins of a log, one for each epoch in order, with how many entries are left of it; None of the present."""
    rows = rows_of(session, LedgerEpoch, own_id, LedgerEpoch.number)
    numbers = [1, *(row.number for row in rows)]
    left: list[int | None] = [*(row.index for row in rows), None]
    return {signer.origin(own_id, number): end for number, end in zip(numbers, left, strict=True)}


def _check_log(session: Session, own_id: UUID, found: Sequence[Entry], end: int | None) -> Sequence[Entry]:
    """What is said of one epoch of a log, which is given back: rising sizes, and the roots of what is left of it."""
    log, before = Log(session, own_id), 0
    for entry in found:
        name, size = Told("tampered.site_log_entry", index=entry["index"], origin=entry["origin"]), entry["size"]
        require(before < size and (end is not None or size <= log.size), Told("tampered.site_log_size", name=name))
        if end is None or size <= end:
            require(log.root(size).hex() == entry["root"], Told("tampered.site_log_root", name=name, size=size))
        before = size
    return found
