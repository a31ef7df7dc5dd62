"""Who follows a programme, or the promises in a commune or of a body, is told in the morning what became public on the
day before: one mail for what is followed, and nothing twice to one mailbox."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Lock, writing
from consult.notices import mail_limits
from consult.notices.following import programme_events, subjects
from consult.notices.following.programme_events import Happened
from consult.notices.mail_address import Values
from consult.notices.models import Follower
from consult.notices.requests import MailRequest, request
from consult.notices.who_is_told import Whom, told
from consult.notices.words import OF_PROGRAMMES, Followed
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit

MADE_UP_FOR = 3
"""So many days before today are still told of by a worker that stood still."""
MOST = 30
"""Lines of one mail: what is more is counted, and read on the page."""


class News(dict[tuple[Followed, str], list[Happened]]):
    """What happened on one day of each thing that is followed, by its kind and what is kept of it."""


def plan(session: Session, now: datetime) -> None:
    """A chore of the worker: there is one event for each of the last days, once anybody follows."""
    if session.scalar(_followers().limit(1)) is None:
        return
    today = clock.local_day(now)
    for back in range(MADE_UP_FOR, 0, -1):
        day = today - timedelta(days=back)
        key = f"programme_day:{day.isoformat()}"
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)) is not None:
            continue
        morning = clock.start_of_day(day + timedelta(days=1)) + mail_limits.MORNING
        with writing(session, Lock.OUTBOX):
            emit(session, "programme_day", now, None, dedupe_key=key, run_at=max(morning, now), day=day.isoformat())


def after_day(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """programme_day: one mail for each thing that a mailbox follows, of what no other mail to it tells."""
    rule = told("programme_day", Whom.FOLLOWER)
    for message in messages:
        day, known = date.fromisoformat(message.payload["day"]), News()
        for own in _by_mailbox(session, day):
            for one, found in _shared_out(session, own, day, now, known):
                if found and rule is not None:
                    asked = MailRequest(now, message, f"programme_day:{one.id}:{day}")
                    with writing(session, Lock.OUTBOX):
                        facts = {"notice": rule.template, "follower": str(one.id), "programme_day": day.isoformat()}
                        request(session, asked, facts)


def values_of(session: Session, follower: Follower, day: date, now: datetime) -> Values | None:
    """What a mail to somebody who follows says of a day; None when nothing of it is left."""
    own = select(Follower).where(Follower.mailbox == follower.mailbox, Follower.kind.in_(OF_PROGRAMMES))
    everything = session.scalars(own.where(*_told_of(day)).order_by(Follower.id)).all()
    found = next(
        (news for one, news in _shared_out(session, everything, day, now, News()) if one.id == follower.id), []
    )
    if not found:
        return None
    lines = [asdict(one) for one in found[:MOST]]
    return {"lines": lines, "more": len(found) - len(lines), "count": len(found), "on": day}


def _shared_out(
    session: Session, own: Iterable[Follower], day: date, now: datetime, read: News
) -> list[tuple[Follower, list[Happened]]]:
    """What each thing that one mailbox follows brings that none before it brought."""
    known: set[str] = set()
    shared = []
    for one in own:
        news = _news(session, one, day, now, read)
        shared.append((one, [each for each in news if each.key not in known]))
        known |= {each.key for each in news}
    return shared


def _news(session: Session, one: Follower, day: date, now: datetime, read: News) -> list[Happened]:
    """What happened of what is followed: `read` once of each thing, however many follow it."""
    key = one.kind, one.subject
    if key not in read:
        subject = subjects.of_follower(session, one, now)
        read[key] = programme_events.on_day(session, subject, day) if subject is not None else []
    return read[key]


def _by_mailbox(session: Session, day: date) -> Iterable[list[Follower]]:
    found: dict[str, list[Follower]] = defaultdict(list)
    for one in session.scalars(_followers().where(*_told_of(day)).order_by(Follower.id)):
        found[one.mailbox].append(one)
    return list(found.values())


@cache
def _followers() -> Select[Follower]:
    return select(Follower).where(Follower.kind.in_(OF_PROGRAMMES), Follower.confirmed_at.is_not(None))


def _told_of(day: date) -> tuple[ColumnElement[bool], ...]:
    """Whoever followed by the end of a day; of what was before somebody followed nobody is told."""
    return (Follower.confirmed_at < clock.start_of_day(day + timedelta(days=1)),)
