"""Until when each step of a round should be done, and which is late."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from consult.programme.rounds.models import Round, RoundStep
from consult.programme.words import StepKind


@dataclass(frozen=True)
class RoundTerms:
    """Calendar days as a site has them (NQLT 403/2017, Điều 7 and 9): the plan is sent so many `plan` days before the
    round begins, the supervised body reports so many `own_report` days before, the round reports within `report` days
    after it ended. Kept with each round, so that a later rule does not judge an earlier one."""

    plan: int = 15
    own_report: int = 7
    report: int = 15

    def kept(self) -> dict[str, int]:
        """As a round keeps them."""
        return asdict(self)


@dataclass(frozen=True)
class RoundTerm:
    """A step that is owed: until the end of `until`, done on `done_on` (None: not yet), `late` days too late as of the
    day that was asked for."""

    kind: StepKind
    until: date
    done_on: date | None
    late: int


def terms_of(one: Round, today: date) -> list[RoundTerm]:
    """The three steps that have a day, as they stand on a local day; only what is public counts as done."""
    done = _first_days([step for step in one.steps if step.released_at is not None])
    return [_term(kind, until, done.get(kind), today) for kind, until in due_days(one).items()]


def due_days(one: Round) -> Mapping[StepKind, date]:
    """Until the end of which day each step is owed."""
    return {
        StepKind.PLAN: one.starts_on - timedelta(days=one.terms["plan"]),
        StepKind.OWN_REPORT: one.starts_on - timedelta(days=one.terms["own_report"]),
        StepKind.REPORT: one.ends_on + timedelta(days=one.terms["report"]),
    }


def _term(kind: StepKind, until: date, done_on: date | None, today: date) -> RoundTerm:
    return RoundTerm(kind, until, done_on, max(0, ((done_on or today) - until).days))


def _first_days(steps: list[RoundStep]) -> dict[StepKind, date]:
    days: dict[StepKind, date] = {}
    for step in steps:
        days[step.kind] = min(step.day, days.get(step.kind, step.day))
    return days
