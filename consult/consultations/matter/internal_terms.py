"""Terms that the body which answers keeps to itself: by when a draft is to be with the leader, and approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import Holidays

LONGEST_SEARCH = 400


class Step(StrEnum):
    """A step on the way to an answer."""

    DRAFT = "draft"
    APPROVE = "approve"


RULES = {Step.DRAFT: "draft_by_days", Step.APPROVE: "approve_by_days"}


@dataclass(frozen=True)
class InternalTerms:
    """How many working days are to be left until an answer is due when a step is done (`days`; none where no rule says
    so). The province's rule: it is made shorter or longer in the legal profile, and binds nobody outside."""

    days: Mapping[Step, int] = field(default_factory=dict)
    holidays: Holidays = field(default_factory=Holidays)

    def day(self, due: date, step: Step) -> date | None:
        """The local day until which a step should be done for an answer that is due on `due`."""
        days = self.days.get(step)
        return None if days is None else calendar.working_days_before(due, days, self.holidays)

    def latest_due(self, step: Step, on: date) -> date | None:
        """The latest day for an answer whose step should be done on the local day `on` or before; None without a rule.
        A later due day never asks for an earlier step, so everything due until then is meant."""
        days = self.days.get(step)
        if days is None:
            return None
        due, most = on, on + timedelta(days=LONGEST_SEARCH)
        while due < most and calendar.working_days_before(due + timedelta(days=1), days, self.holidays) <= on:
            due += timedelta(days=1)
        return due


def internal_of(rules: Mapping[str, Any], holidays: Holidays) -> InternalTerms:
    """The internal terms that the rules of a matter set."""
    return InternalTerms({step: rules[name]["days"] for step, name in RULES.items() if rules.get(name)}, holidays)
