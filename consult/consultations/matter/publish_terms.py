"""By when an approved answer should be public: so many working days after its approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.matter.term_kinds import TermKind, kind_of

RULE = "publish_results_days"
LONGEST_SEARCH = 400


@dataclass(frozen=True)
class PublishTerm:
    """How long an approved answer may wait for its publication, and by which rule. Luật Tiếp cận thông tin 2016, Điều
    18 khoản 4 has five working days where no other law says otherwise; that they begin with the approval is the
    province's reading, for no text says when a result is there."""

    days: int
    unit: DayUnit
    roll: Roll
    holidays: Holidays
    kind: TermKind
    citation: str
    label: str

    def due(self, approved_at: datetime) -> date:
        """The last local day for publishing what was approved at an instant."""
        return self.due_after(clock.local_day(approved_at))

    def due_after(self, approved: date) -> date:
        """The last local day for publishing what was approved on a local day."""
        return calendar.last_day(approved, self.days, self.unit, self.holidays, self.roll)

    def overdue(self, approved_at: datetime, on: date) -> int:
        """By how many days it is over on the local day `on`; 0 when it is not."""
        return max(0, (on - self.due(approved_at)).days)

    def late_before(self, on: date) -> datetime:
        """The instant before which something must have been approved to be late on the local day `on`."""
        day = on
        while self.due_after(day) >= on and (on - day).days < LONGEST_SEARCH:
            day -= timedelta(days=1)
        return calendar.end_of(day)


def publish_of(rules: Mapping[str, Any], table: Holidays) -> PublishTerm | None:
    """The term that the rules of a matter set; None where they set none."""
    rule = rules.get(RULE)
    if rule is None:
        return None
    return PublishTerm(
        days=rule["days"],
        unit=DayUnit(rule["unit"]),
        roll=Roll(rule["roll"]),
        holidays=table,
        kind=kind_of(rule),
        citation=rule["citation"] or "",
        label=rule["label"] or "",
    )
