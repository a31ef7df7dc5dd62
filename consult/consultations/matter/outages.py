"""Times in which the site took nothing, and what the rule of a matter gives for one on the last day of a period.

No law says what becomes of a period when a site is down. So the rule is the province's; it stands in the legal profile,
is copied onto the matter with it, and is public from the first day: nobody makes it up once something has happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.matter.profiles import rules_of
from consult.consultations.matter.term_kinds import TermKind, kind_of
from consult.consultations.models import Consultation, Outage, Period, PeriodExtension
from consult.db import new_id

RULE = "outage_extension"
LONGEST_WINDOW = timedelta(days=31)
"""No rule looks for outages longer before an end, and nothing is proposed for what is twice as long ago."""


@dataclass(frozen=True)
class OutageRule:
    """Outages of at least `minutes` together in the last `hours` of a period give it `days` of `unit` more."""

    minutes: int
    hours: int
    days: int
    unit: DayUnit
    roll: Roll
    kind: TermKind

    @property
    def window(self) -> timedelta:
        """How long before the end it looks."""
        return min(timedelta(hours=self.hours), LONGEST_WINDOW)


@dataclass(frozen=True)
class OwedExtension:
    """What the rule gives one period: the outages that count, the minutes lost, and the local day it would end on."""

    period: Period
    outages: Sequence[Outage]
    minutes: int
    last_day: date
    rule: OutageRule


def rule_of(consultation: Consultation) -> OutageRule | None:
    """The rule that a matter was published with, of one in preparation that it would be; None where there is none."""
    rules = rules_of(consultation) if consultation.profile_rules is not None else consultation.profile.rules["rules"]
    return rule_in(rules)


def rule_in(rules: Mapping[str, Any]) -> OutageRule | None:
    """The rule among those of a legal profile."""
    rule = rules.get(RULE)
    if rule is None:
        return None
    return OutageRule(
        rule["minutes"], rule["hours"], rule["days"], DayUnit(rule["unit"]), Roll(rule["roll"]), kind_of(rule)
    )


def lost(outages: Iterable[Outage], start: datetime, end: datetime) -> timedelta:
    """How much of the time from `start` until `end` lies in these outages; what two have in common counts once."""
    taken, until = timedelta(0), start
    for one in sorted(outages, key=lambda one: one.starts_at):
        begins, ends = max(one.starts_at, until), min(one.ends_at, end)
        if ends > begins:
            taken, until = taken + (ends - begins), ends
    return taken


def owed(session: Session, consultation: Consultation, now: datetime) -> list[OwedExtension]:
    """What the rule gives the periods of a matter for outages that nobody has extended them for yet; nothing once it is
    concluded or stopped. Four statements at most, and one where the site was not down lately."""
    return owed_in(session, [consultation], now).get(consultation.id, [])


def owed_in(
    session: Session, matters: Sequence[Consultation], now: datetime, also: Sequence[Outage] = ()
) -> dict[UUID, list[OwedExtension]]:
    """The same of several matters, by their id, for those that are owed anything; not one statement more. `also` are
    outages that nobody has stated yet, as if somebody had."""
    rules = {one.id: rule for one in matters if _runs(one) and (rule := rule_of(one)) is not None}
    outages = [*_outages(session, now - 2 * LONGEST_WINDOW), *also] if rules else []
    if not outages:
        return {}
    used, table = _used(session, rules), calendar.holidays(session)
    found: dict[UUID, list[OwedExtension]] = {}
    for period in _periods(session, rules):
        left = [out for out in outages if str(out.id) not in used.get(period.id, ())]
        one = _owed(period, left, rules[period.consultation_id], table, now)
        if one is not None:
            found.setdefault(period.consultation_id, []).append(one)
    return found


def would_owe(
    session: Session, starts_at: datetime, ends_at: datetime, now: datetime
) -> list[tuple[Consultation, OwedExtension]]:
    """Which periods of public matters the rules would make longer for an outage that nobody has stated yet, by their
    ends. Five statements at most."""
    stated = Outage(id=new_id(), starts_at=starts_at, ends_at=ends_at, observed=False, evidence="", at=now)
    running = (Consultation.published_at.is_not(None), Consultation.concluded_at.is_(None))
    matters = session.scalars(select(Consultation).where(*running, Consultation.withdrawn_at.is_(None))).all()
    found = owed_in(session, matters, now, [stated])
    owed = [(one, own) for one in matters for own in found.get(one.id, ()) if stated in own.outages]
    return sorted(owed, key=lambda pair: (pair[1].last_day, pair[0].slug))


def facts_of(found: OwedExtension) -> dict[str, Any]:
    """What is kept beside the extension: the outages and the rule as they were applied."""
    return {
        "outages": [
            {"id": str(one.id), "starts": one.starts_at.isoformat(), "ends": one.ends_at.isoformat()}
            for one in found.outages
        ],
        "minutes": found.minutes,
        "rule": {
            "minutes": found.rule.minutes, "hours": found.rule.hours, "days": found.rule.days,
            "unit": found.rule.unit.value,
        },
    }  # fmt: skip


def _owed(
    period: Period, outages: Sequence[Outage], rule: OutageRule, table: Holidays, now: datetime
) -> OwedExtension | None:
    """The days are counted from the end, or from today where that is over: whoever could not send has them all."""
    end = period.closes_at
    if end is None or period.opens_at > now:
        return None
    start = max(period.opens_at, end - rule.window)
    count = [one for one in outages if one.starts_at < end and one.ends_at > start]
    minutes = int(lost(count, start, end).total_seconds() // 60)
    if not count or minutes < rule.minutes:
        return None
    begins = max(calendar.last_day_of(end), clock.local_day(now))
    return OwedExtension(
        period, count, minutes, calendar.last_day(begins, rule.days, rule.unit, table, rule.roll), rule
    )


def _runs(matter: Consultation) -> bool:
    return matter.published_at is not None and matter.concluded_at is None and matter.withdrawn_at is None


def _periods(session: Session, matters: Iterable[UUID]) -> Sequence[Period]:
    wanted = select(Period).where(Period.consultation_id.in_(list(matters)), Period.closes_at.is_not(None))
    return session.scalars(wanted.order_by(Period.opens_at, Period.id)).all()


def _outages(session: Session, since: datetime) -> Sequence[Outage]:
    wanted = select(Outage).where(Outage.ends_at > since, Outage.taken_back_at.is_(None))
    return session.scalars(wanted.order_by(Outage.starts_at, Outage.id)).all()


def _used(session: Session, matters: Iterable[UUID]) -> dict[UUID, set[str]]:
    """The outages that each period was extended for already, by the id of the period."""
    found: dict[UUID, set[str]] = {}
    wanted = select(PeriodExtension).where(PeriodExtension.consultation_id.in_(list(matters)))
    for row in session.scalars(wanted):
        found.setdefault(row.period_id, set()).update(one["id"] for one in (row.outage or {}).get("outages", []))
    return found
