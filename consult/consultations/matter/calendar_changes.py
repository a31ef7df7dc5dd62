"""What follows when the table of holidays changes: due days counted in working days move with it, and say so.

The periods in which comments are taken stay as they were told (`Period.closes_at` is stored). The day until which an
answer is due is counted, so it follows: each matter that runs is told of the change, and its pages say what moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import answer_terms, calendar
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.matter.calendar import Holidays
from consult.consultations.models import Consultation, Holiday, HolidayChange
from consult.db import new_id
from consult.outbox.service import emit

Said = Mapping[str, Any]
Table = Mapping[date, Said]


@dataclass(frozen=True)
class MovedDay:
    """The day until which the comments of the public period of a matter should be answered, `before` and `after`."""

    consultation: Consultation
    before: date
    after: date


def present(session: Session) -> Table:
    """What the table says of each day: kind, name and source. One statement."""
    rows = session.scalars(select(Holiday).order_by(Holiday.day))
    return {row.day: {"kind": row.kind, "name": row.name, "source": row.source} for row in rows}


def with_day(table: Table, day: date, said: Said | None) -> dict[date, Said]:
    """The same table with another word on one day, or (None) with none."""
    others = {one: what for one, what in table.items() if one != day}
    return others if said is None else {**others, day: said}


def as_holidays(table: Table) -> Holidays:
    """The table as days are counted by."""
    worked = frozenset(day for day, said in table.items() if said["kind"] in calendar.WORKED_KINDS)
    return Holidays(off=frozenset(table) - worked, worked=worked)


def moved_days(session: Session, before: Table, after: Table) -> list[MovedDay]:
    """Which matters that run have another due day by the table `after` than by the one `before`, by that day. Three
    statements."""
    old, new = as_holidays(before), as_holidays(after)
    if old == new:
        return []
    found: list[MovedDay] = []
    running = _running(session)
    terms = answer_terms.terms_of(session, running)
    for matter in running:
        days = [replace(terms[matter.id], holidays=one).public_day for one in (old, new)] if matter.id in terms else []
        if days and days[0] is not None and days[1] is not None and days[0] != days[1]:
            found.append(MovedDay(matter, days[0], days[1]))
    return sorted(found, key=lambda one: (one.after, one.consultation.slug))


def note(session: Session, before: Table, by_id: UUID | None, now: datetime) -> list[MovedDay]:
    """Writes down what the table says otherwise than `before`, in the transaction under way, and has every matter that
    runs told (`due_day_moved`, by the worker, each under its own lock). Gives the matters whose day moved."""
    session.flush()
    after = present(session)
    changed = [day for day in sorted({*before, *after}) if before.get(day) != after.get(day)]
    if not changed:
        return []
    for day in changed:
        row = HolidayChange(id=new_id(), day=day, at=now, by_id=by_id, before=_json(before.get(day)))
        row.after = _json(after.get(day))
        session.add(row)
    moved = moved_days(session, before, after)
    days = {one.consultation.id: one for one in moved}
    for matter in _running(session):
        one = days.get(matter.id)
        told: dict[str, Any] = {}
        if one is not None:
            told = {"before": one.before.isoformat(), "after": one.after.isoformat()}
        emit(session, "due_day_moved", now, matter.id, **told)
    return moved


def changes_since(session: Session, moment: datetime) -> Sequence[HolidayChange]:
    """What was changed in the table after an instant, the oldest first. One statement."""
    wanted = select(HolidayChange).where(HolidayChange.at > moment)
    return session.scalars(wanted.order_by(HolidayChange.at, HolidayChange.id)).all()


def steps(term: AnswerTerm, start: date, changes: Sequence[HolidayChange]) -> list[tuple[HolidayChange, date, date]]:
    """By which of these changes the day moved until which a term that began on `start` is counted, in their order: with
    the day by the table before it and by the one after. `term` counts by the table as it is now."""
    table, found = term.holidays, []
    for change in reversed(changes):
        earlier = table.saying(change.day, change.before["kind"] if change.before else None)
        days = [replace(term, holidays=one).counted(start) for one in (earlier, table)]
        if days[0] != days[1]:
            found.append((change, days[0], days[1]))
        table = earlier
    return found[::-1]


def _running(session: Session) -> Sequence[Consultation]:
    """The matters that are public and neither concluded nor stopped."""
    return session.scalars(
        select(Consultation)
        .where(
            Consultation.published_at.is_not(None),
            Consultation.concluded_at.is_(None),
            Consultation.withdrawn_at.is_(None),
        )
        .order_by(Consultation.id)
    ).all()


def _json(said: Said | None) -> dict[str, Any] | None:
    return dict(said) if said is not None else None
