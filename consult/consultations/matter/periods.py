"""The periods that the rules of a matter give for a first day, each with the rule behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.words import Audience, Procedure

BY_LAW = "law"
SHORTER_THAN_LAW = "shorter_than_law"
YEAR_END = "year_end"
"""What a rule says (`until`) whose period lasts until the last day of the year in which it began."""


@dataclass(frozen=True)
class ComputedPeriod:
    """One period. `nominal_day` is the last day by counting, `last_day` after rolling; both are local days.

    `basis` is `law` (with its `citation`) or `province` (what the law does not fix). A critique has no closing day:
    its `last_day` is only the day until which it is asked for. Where the profile says that a rule of law may be cut
    short (`shorter_days`, by `shorter_citation`), it may end on `shorter_day` for a `reason`, which is public.
    """

    audience: Audience
    first_day: date
    days: int
    unit: DayUnit
    roll: Roll
    nominal_day: date
    last_day: date
    basis: str
    citation: str
    label: str
    note: str
    holidays: Holidays
    shorter_days: int | None = None
    shorter_citation: str = ""
    reason: str = ""

    @property
    def shorter_day(self) -> date | None:
        """The first day on which it may end where the rule may be cut short; None where it may not."""
        if self.shorter_days is None:
            return None
        return calendar.last_day(self.first_day, self.shorter_days, self.unit, self.holidays, self.roll)

    @property
    def real_days(self) -> int:
        """How many calendar days it lasts, the first one not counted."""
        return (self.last_day - self.first_day).days

    @property
    def real_working_days(self) -> int:
        """How many working days it lasts."""
        return calendar.working_days_between(self.first_day, self.last_day, self.holidays)

    @property
    def rolled(self) -> bool:
        """Whether the last day was moved to the next working day."""
        return self.nominal_day != self.last_day

    @property
    def opens_at(self) -> datetime:
        """The first instant of the first day."""
        return clock.start_of_day(self.first_day)

    @property
    def closes_at(self) -> datetime | None:
        """24:00 of the last day (exclusive); None for a critique, which is taken until the matter is submitted."""
        return None if self.audience is Audience.CRITIQUE else calendar.end_of(self.last_day)

    @property
    def rule(self) -> dict[str, Any]:
        """What is kept beside the period in the database: the rule, the days it gives and the day chosen."""
        return {
            "days": self.days,
            "unit": self.unit.value,
            "roll": self.roll.value,
            "basis": self.basis,
            "citation": self.citation,
            "label": self.label,
            "note": self.note,
            "first_day": self.first_day.isoformat(),
            "nominal_day": self.nominal_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "real_days": self.real_days,
            "real_working_days": self.real_working_days,
            **({"reason": self.reason, "shorter_citation": self.shorter_citation} if self.reason else {}),
        }

    def ending(self, day: date, reason: str = "") -> "ComputedPeriod":
        """The same period with a last day that a person chose, and the reason where it is cut short."""
        return replace(self, last_day=day, reason=reason if too_short(self, day) == SHORTER_THAN_LAW else "")


def computed(
    profile_rules: Mapping[str, Any], procedure: Procedure, first_day: date, holidays: Holidays
) -> list[ComputedPeriod]:
    """The periods of `profile_rules` when comments open on the local day `first_day`, in the order of the profile.

    A critique belongs to the comment procedure only (Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 32).
    """
    return [
        _computed(rule, first_day, holidays)
        for rule in profile_rules["periods"]
        if procedure is Procedure.COMMENT or rule["audience"] != Audience.CRITIQUE
    ]


def too_short(period: ComputedPeriod, last_day: date, reason: str = "") -> str | None:
    """`shorter_than_law` or `shorter_than_usual` when a period that ends on `last_day` lasts less than its rule gives.

    The day the rule gives is the one after rolling: a shorter period would take it from those who comment. A rule of
    law is cut short only where the profile names the law that allows it and how far, and for a reason; the law itself
    fixes no such case that is known for sure, so every case stands in a profile that the province confirmed.
    """
    if period.audience is Audience.CRITIQUE or last_day >= period.last_day:
        return None
    if period.basis != BY_LAW:
        return "shorter_than_usual"
    allowed = period.shorter_day is not None and last_day >= period.shorter_day
    return None if allowed and reason.strip() else SHORTER_THAN_LAW


def _computed(rule: Mapping[str, Any], first_day: date, holidays: Holidays) -> ComputedPeriod:
    unit, roll, days = DayUnit(rule["unit"]), Roll(rule["roll"]), _days(rule, first_day)
    return ComputedPeriod(
        audience=Audience(rule["audience"]),
        first_day=first_day,
        days=days,
        unit=unit,
        roll=roll,
        nominal_day=calendar.last_day(first_day, days, unit, holidays, Roll.NONE),
        last_day=calendar.last_day(first_day, days, unit, holidays, roll),
        basis=rule["basis"],
        citation=rule["citation"] or "",
        label=rule["label"] or "",
        note=rule["note"] or "",
        holidays=holidays,
        shorter_days=(rule.get("shorter") or {}).get("days"),
        shorter_citation=(rule.get("shorter") or {}).get("citation", ""),
    )


def _days(rule: Mapping[str, Any], first_day: date) -> int:
    """How many days a rule gives: its own number, or what is left of the year."""
    whole_year: int = rule["days"]
    return whole_year if rule.get("until") != YEAR_END else (date(first_day.year, 12, 31) - first_day).days
