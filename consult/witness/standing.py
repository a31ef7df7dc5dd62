"""How the witnesses of the site stand, over all logs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger.models import WitnessAnswer
from consult.witness.settings import Witness
from consult.witness.words import REFUSALS, Said

MOST_REFUSED = 50


@dataclass(frozen=True)
class WitnessStanding:
    """A witness: of how many logs it signed what it was asked to sign last, when it last signed, since when it has
    been silent (None while it answers), and how many logs it refuses to sign."""

    witness: Witness
    signed: int
    signed_at: datetime | None
    silent_since: datetime | None
    refused: int


def standings(session: Session, witnesses: Iterable[Witness]) -> list[WitnessStanding]:
    """How each witness stands; one statement."""
    rows = session.execute(
        select(
            WitnessAnswer.witness,
            WitnessAnswer.said,
            func.count(),
            func.max(WitnessAnswer.at),
            func.min(WitnessAnswer.since),
        ).group_by(WitnessAnswer.witness, WitnessAnswer.said)
    )
    found = {(witness, said): (count, at, since) for witness, said, count, at, since in rows}
    return [_standing(one, found) for one in witnesses]


def refused(session: Session) -> list[tuple[WitnessAnswer, Consultation]]:
    """The logs that a witness refuses to go on with, and the matter of each; the newest fifty."""
    answers = session.scalars(
        select(WitnessAnswer)
        .where(WitnessAnswer.said.in_([one.value for one in REFUSALS]))
        .order_by(WitnessAnswer.since.desc(), WitnessAnswer.consultation_id, WitnessAnswer.witness)
        .limit(MOST_REFUSED)
    ).all()
    found = select(Consultation).where(Consultation.id.in_({one.consultation_id for one in answers}))
    matters = {matter.id: matter for matter in session.scalars(found)}
    return [(one, matters[one.consultation_id]) for one in answers]


def _standing(witness: Witness, found: dict[tuple[str, str], tuple[int, datetime, datetime]]) -> WitnessStanding:
    signed = found.get((witness.name, Said.COSIGNED.value))
    silent = found.get((witness.name, Said.SILENT.value))
    count = sum(found[witness.name, one.value][0] for one in REFUSALS if (witness.name, one.value) in found)
    return WitnessStanding(
        witness, signed[0] if signed else 0, signed[1] if signed else None, silent[2] if silent else None, count
    )
