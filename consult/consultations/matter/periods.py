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


@dataclass(frozen=True)
class ComputedPeriod:
    """One period. `nominal_day` is the last day by counting, `last_day` after rolling; both are local days.

    `basis` is `law` (with its `citation`) or `province` (what the law does not fix). A critique has no closing day:
    its `last_day` is only the day until which it is asked for.
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
        }

    def ending(self, day: date) -> "ComputedPeriod":
        """The same period with a last day that a person chose."""
        return replace(self, last_day=day)


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


def too_short(period: ComputedPeriod, last_day: date) -> str | None:
    """`shorter_than_law` or `shorter_than_usual` when a period that ends on `last_day` lasts less than its rule gives.

    The day the rule gives is the one after rolling: a shorter period would take it from those who comment.
    """
    if period.audience is Audience.CRITIQUE or last_day >= period.last_day:
        return None
    return "shorter_than_law" if period.basis == BY_LAW else "shorter_than_usual"


def _computed(rule: Mapping[str, Any], first_day: date, holidays: Holidays) -> ComputedPeriod:
    unit, roll = DayUnit(rule["unit"]), Roll(rule["roll"])
    return ComputedPeriod(
        audience=Audience(rule["audience"]),
        first_day=first_day,
        days=rule["days"],
        unit=unit,
        roll=roll,
        nominal_day=calendar.last_day(first_day, rule["days"], unit, holidays, Roll.NONE),
        last_day=calendar.last_day(first_day, rule["days"], unit, holidays, roll),
        basis=rule["basis"],
        citation=rule["citation"] or "",
        label=rule["label"] or "",
        note=rule["note"] or "",
    )
