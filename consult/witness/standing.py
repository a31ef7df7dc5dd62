"""How the witnesses of the site stand, over all logs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger.models import WitnessAnswer
from consult.witness.settings import Witness
from consult.witness.words import REFUSALS, Said

MOST_REFUSED = 50
SILENT_AFTER = timedelta(days=1)
"""A machine that is off for a night is no news."""


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


@dataclass(frozen=True)
class Trouble:
    """What somebody has to look at: the code (`refused`, `silent` or `never`), of which witness, since when (None of
    one that never signed), and of how many logs."""

    code: str
    witness: str
    since: datetime | None
    logs: int


def troubles(session: Session, witnesses: Iterable[Witness], now: datetime) -> list[Trouble]:
    """What is wrong with the witnesses at an instant, the worst first: a refusal at once, silence after a day, and a
    witness of whom nothing was ever heard; one reached by a stick is never silent. Two statements."""
    since = dict(
        session.execute(
            select(WitnessAnswer.witness, func.min(WitnessAnswer.since))
            .where(WitnessAnswer.said.in_([one.value for one in REFUSALS]))
            .group_by(WitnessAnswer.witness)
        ).all()
    )
    found = [_trouble(one, since, now) for one in standings(session, witnesses)]
    return sorted((one for one in found if one), key=lambda one: ("refused", "silent", "never").index(one.code))


def _trouble(one: WitnessStanding, refused_since: Mapping[str, datetime], now: datetime) -> Trouble | None:
    name = one.witness.name
    if one.refused:
        return Trouble("refused", name, refused_since.get(name, now), one.refused)
    if one.silent_since is not None and one.witness.url and one.silent_since + SILENT_AFTER <= now:
        return Trouble("silent", name, one.silent_since, 0)
    never = one.signed_at is None and one.silent_since is None
    return Trouble("never", name, None, 0) if never else None


def _standing(witness: Witness, found: dict[tuple[str, str], tuple[int, datetime, datetime]]) -> WitnessStanding:
    signed = found.get((witness.name, Said.COSIGNED.value))
    silent = found.get((witness.name, Said.SILENT.value))
    count = sum(found[witness.name, one.value][0] for one in REFUSALS if (witness.name, one.value) in found)
    return WitnessStanding(
        witness, signed[0] if signed else 0, signed[1] if signed else None, silent[2] if silent else None, count
    )
