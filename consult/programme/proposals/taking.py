"""Who takes proposals, and what came of them: for the public page, read and never written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.programme.proposals.opening import year_of
from consult.responses.statistics.answer_times import AnswerTimes, kept_times
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import Stage, stage_of


@dataclass(frozen=True)
class Taking:
    """A body with a year of proposals: how it stands, the first public sum (`outcome`), and how it answers."""

    matter: Consultation
    year: int
    stage: Stage
    outcome: dict[str, Any]
    times: AnswerTimes

    @property
    def open(self) -> bool:
        """Whether it takes proposals now."""
        return self.stage is Stage.OPEN


def of_all(session: Session, now: datetime) -> list[Taking]:
    """Every year of proposals that is public at the instant `now`, those that are open first, by the name of the body.
    What is counted of each is kept for the version of its content."""
    wanted = session.scalars(
        select(Consultation)
        .where(
            Consultation.kind == Kind.PROPOSALS,
            Consultation.published_at.is_not(None),
            Consultation.published_at <= now,
        )
        .options(joinedload(Consultation.answering))
    ).all()
    times = kept_times.of(session, wanted, clock.local_day(now))
    found = [
        Taking(one, year_of(one), stage_of(one, now), kept_counts.sums(session, one)[0], times[one.id])
        for one in wanted
    ]
    return sorted(found, key=lambda one: (not one.open, -one.year, one.matter.answering.folded_name))
