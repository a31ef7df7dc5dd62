"""Early on a working day everybody at a desk for whom something waits is told once how much, of all matters together;
and who works for an organisation alone, how much of its programmes waits for a step of theirs.

What cannot wait until then is told at once by its own rule: a letter of a body, an answer that was sent back, a letter
to sign (`who_is_told.py`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.db import Lock, writing
from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.models import Membership, User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES
from consult.sign_in.actors import actor_of
from consult.work import promises, queues
from consult.work.waits import Waiting
from consult.work.words import Queue

AT = time(7, 30)
"""When offices open."""
UNTIL = time(17, 0)
"""When they close: a worker that comes back later tells of the next day."""


def plan(session: Session, now: datetime) -> None:
    """A chore of the worker: there is one event (`work_due`) for the next morning of work, or for this one as long as
    it is one. What was missed while nothing ran is not made up for."""
    today = clock.local_day(now)
    closed = now.astimezone(clock.LOCAL_ZONE).time() >= UNTIL
    day = calendar.next_working_day(today + timedelta(days=closed), calendar.holidays(session))
    key = f"work_due:{day.isoformat()}"
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)) is not None:
        return
    at = datetime.combine(day, AT, clock.LOCAL_ZONE).astimezone(UTC)
    with writing(session, Lock.OUTBOX):
        emit(session, "work_due", now, None, dedupe_key=key, run_at=max(at, now), day=day.isoformat())


def after_due(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """work_due: one mail to each person for whom something waits; none for a day that is over, or that was made a day
    off after it was planned."""
    rule, day = told("work_due", Whom.AT_DESK), clock.local_day(now)
    today, worked = day.isoformat(), calendar.working_day(day, calendar.holidays(session))
    for message in messages:
        if rule is None or not worked or message.payload["day"] != today:
            continue
        for user in _people(session, now):
            actor = actor_of(session, user, now)
            at_desk = actor.holds(*DESK_ROLES)
            found = queues.waiting(session, actor, now) if at_desk else promises.owed_steps(session, actor, now)
            if waits := _sums(found):
                asked, to = MailRequest(now, message, f"work:{user.id}:{today}"), addressees.of_person(user)
                facts: dict[str, Any] = {"late": _late(found), "until": _until(found), "at_desk": at_desk, "day": today}
                request_for(session, asked, to, notice=rule.template, waits=waits, **facts)


def values_of(_session: Session, message: OutboxMessage) -> dict[str, Any]:
    """How much of what waited when the mail was asked for, nothing of every other kind (a template knows no missing
    word), of what is late how long and in whose hands, by which day the first of a kind is due, whether it is of a
    desk, and of which day it tells."""
    waits, told = {queue.value: 0 for queue in Queue} | message.payload["waits"], message.payload
    days = {queue: date.fromisoformat(day) for queue, day in told.get("until", {}).items()}
    until = {queue.value: days.get(queue.value) for queue in Queue}
    late = told.get("late", {"longest": 0, "units": []})
    on = date.fromisoformat(told["day"]) if "day" in told else None
    return {"waits": waits, "late": late, "until": until, "at_desk": told.get("at_desk", True), "on": on}


def _people(session: Session, now: datetime) -> Sequence[User]:
    """Everybody who works at a desk or for an organisation."""
    held = select(Membership.user_id).where(
        Membership.role.in_(DESK_ROLES | ORGANISATION_ROLES),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
    return session.scalars(select(User).where(User.id.in_(held), User.disabled_at.is_(None)).order_by(User.id)).all()


def _sums(found: Iterable[Waiting]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for one in found:
        sums[one.queue.value] += one.count
    return dict(sums)


def _until(found: Iterable[Waiting]) -> dict[str, str]:
    """By which day the first of each kind is due, of those that have one."""
    days: dict[str, date] = {}
    for one in found:
        if one.due_on is not None:
            days[one.queue.value] = min(one.due_on, days.get(one.queue.value, one.due_on))
    return {queue: day.isoformat() for queue, day in days.items()}


def _late(found: Iterable[Waiting]) -> dict[str, Any]:
    """By how many days the longest of what is late is over, and for who oversees how much each unit has, over all
    matters: the units with the longest first."""
    late = [one for one in found if one.queue is Queue.LATE]
    units: dict[str, tuple[int, int]] = {}
    for one in (unit for line in late for unit in line.units):
        count, longest = units.get(one.unit, (0, 0))
        units[one.unit] = (count + one.count, max(longest, one.longest))
    ordered = sorted(units.items(), key=lambda unit: (-unit[1][1], unit[0]))
    told = [{"unit": unit, "count": count, "longest": longest} for unit, (count, longest) in ordered]
    return {"longest": max((one.longest for one in late), default=0), "units": told}
