"""What witnesses have signed of a log, and what they said last: read for pages, receipts and programs, and written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.ledger.cosignature import Cosigned, with_lines
from consult.ledger.log import Log
from consult.ledger.models import Cosignature, WitnessAnswer


def last_signed(session: Session, consultation_id: UUID, epoch: int, witness: str) -> int:
    """The size that a witness signed last in an epoch of a log; 0 when it signed none."""
    found = session.scalar(
        select(func.max(Cosignature.size)).where(
            Cosignature.consultation_id == consultation_id, Cosignature.epoch == epoch, Cosignature.witness == witness
        )
    )
    return found or 0


def newest(session: Session, consultation_id: UUID) -> dict[str, Cosignature]:
    """Of each witness what it signed last, by its name."""
    place = func.row_number().over(
        partition_by=Cosignature.witness, order_by=(Cosignature.epoch.desc(), Cosignature.size.desc())
    )
    keys = select(Cosignature.witness, Cosignature.epoch, Cosignature.size, place.label("place"))
    ranked = keys.where(Cosignature.consultation_id == consultation_id).subquery()
    last = session.execute(select(ranked.c.witness, ranked.c.epoch, ranked.c.size).where(ranked.c.place == 1))
    found = {
        witness: session.get(Cosignature, (consultation_id, epoch, size, witness)) for witness, epoch, size in last
    }
    return {witness: row for witness, row in found.items() if row is not None}


def answers(session: Session, consultation_id: UUID) -> dict[str, WitnessAnswer]:
    """Of each witness what it said when it was asked last, by its name."""
    rows = session.scalars(select(WitnessAnswer).where(WitnessAnswer.consultation_id == consultation_id))
    return {row.witness: row for row in rows}


@dataclass(frozen=True)
class Standing:
    """How a witness stands to a log: what it signed last, and what it said when it was asked last; either may be
    None."""

    name: str
    signed: Cosignature | None
    answer: WitnessAnswer | None


def standing(session: Session, consultation_id: UUID, names: Iterable[str]) -> list[Standing]:
    """How these witnesses, and those that have signed it before, stand to a log."""
    signed, said = newest(session, consultation_id), answers(session, consultation_id)
    return [Standing(name, signed.get(name), said.get(name)) for name in dict.fromkeys((*names, *signed))]


def under(session: Session, consultation_id: UUID, epoch: int, size: int, note: str) -> str:
    """A checkpoint with what witnesses have signed under one of this size and text; as it is when none has."""
    return with_lines(note, [row.line for row in _at(session, consultation_id, epoch, size) if _same(row.note, note)])


def covering(session: Session, consultation_id: UUID, epoch: int, size: int = 0) -> tuple[int, str] | None:
    """A checkpoint that witnesses have signed and that covers at least so many entries of an epoch, with its size: the
    smallest when `size` is given, otherwise the newest. None while there is none."""
    wanted = func.min(Cosignature.size) if size else func.max(Cosignature.size)
    found = session.scalar(
        select(wanted).where(
            Cosignature.consultation_id == consultation_id, Cosignature.epoch == epoch, Cosignature.size >= size
        )
    )
    if found is None:
        return None
    rows = _at(session, consultation_id, epoch, found)
    return found, with_lines(rows[0].note, [row.line for row in rows if _same(row.note, rows[0].note)])


def proved(session: Session, log: Log, size: int) -> dict[str, object] | None:
    """The member `witnessed` of a receipt whose checkpoint has `size` entries (docs/ledger.md, "Witnesses"): a
    checkpoint that witnesses have signed, and the proof that it goes on from that of the receipt."""
    found = covering(session, log.consultation_id, log.epoch, size)
    if found is None or found[0] > log.size:
        return None
    return {"checkpoint": found[1], "consistency": log.consistency(size, found[0])}


def note_signed(session: Session, log: Log, size: int, note: str, witness: str, cosigned: Cosigned) -> None:
    """Keeps what a witness signed, inside a transaction that writes; the same size again takes the later signature."""
    key = (log.consultation_id, log.epoch, size, witness)
    row = session.get(Cosignature, key)
    if row is None:
        row = Cosignature(consultation_id=key[0], epoch=key[1], size=size, witness=witness)
        session.add(row)
    row.note, row.line, row.at = note, cosigned.line, cosigned.at


def note_answer(
    session: Session, log: Log, size: int, witness: str, said: str, theirs: int | None, now: datetime
) -> None:
    """Keeps what a witness said when it was asked, in the place of what it said before."""
    row = session.get(WitnessAnswer, (log.consultation_id, witness))
    if row is None:
        row = WitnessAnswer(consultation_id=log.consultation_id, witness=witness, said=said, since=now)
        session.add(row)
    if row.said != said:
        row.said, row.since = said, now
    row.epoch, row.size, row.theirs, row.at = log.epoch, size, theirs, now


def _at(session: Session, consultation_id: UUID, epoch: int, size: int) -> Sequence[Cosignature]:
    return session.scalars(
        select(Cosignature)
        .where(Cosignature.consultation_id == consultation_id, Cosignature.epoch == epoch, Cosignature.size == size)
        .order_by(Cosignature.witness)
    ).all()


def _same(one: str, other: str) -> bool:
    """Whether two notes have one text: witnesses sign that, and not the signature of the site."""
    return one.rpartition("\n\n")[0] == other.rpartition("\n\n")[0]
