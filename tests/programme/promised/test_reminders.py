"""Who owes something is reminded before its day and on the day after, once each; and anew when the day moves."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage
from consult.programme import promises
from consult.programme.promise_models import Promise
from consult.programme.promised.reminders import PromiseReminders
from tests.builders import NOW
from tests.programme.scene import TODAY, Parties, make_parties


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and a commune."""
    return make_parties(session)


@pytest.fixture
def owed(parties: Parties) -> Promise:
    """A public recommendation that is due in ten days."""
    return parties.recommended(parties.round(parties.programme()), days=10)


def told(session: Session, now: datetime, before: int = 7) -> list[tuple[str, list[int]]]:
    """What somebody is reminded of now."""
    there = set(session.scalars(select(OutboxMessage.id)))
    PromiseReminders(before).remind(session, now)
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "promises_told")).all()
    return [(one.payload["what"], one.payload["promises"]) for one in found if one.id not in there]


def at(days: int) -> datetime:
    """An instant so many days from now."""
    return NOW + timedelta(days=days)


def test_before_and_after_its_day_once_each(session: Session, owed: Promise) -> None:
    assert told(session, at(2)) == []
    assert told(session, at(3)) == [("soon", [owed.number])]
    assert told(session, at(4)) == told(session, at(10)) == []
    assert told(session, at(11)) == [("late", [owed.number])]
    assert told(session, at(12)) == []


def test_who_set_no_days_reminds_nobody(session: Session, owed: Promise) -> None:
    assert told(session, at(5), before=0) == []


def test_a_worker_that_stood_still_for_long_is_silent(session: Session, owed: Promise) -> None:
    assert told(session, at(60)) == []


def test_what_has_another_day_is_told_anew(session: Session, parties: Parties, owed: Promise) -> None:
    assert told(session, at(5)) == [("soon", [owed.number])]
    promises.say(session, owed, "move", "Mưa lũ.", TODAY + timedelta(days=20), parties.of_commune, at(5))
    promises.release(session, owed, 1, parties.signer, at(5))
    assert told(session, at(6)) == []
    assert told(session, at(14)) == [("soon", [owed.number])]


def test_what_ended_reminds_nobody(session: Session, parties: Parties, owed: Promise) -> None:
    promises.say(session, owed, "done", "Xong.", TODAY, parties.of_commune, NOW)
    promises.release(session, owed, 1, parties.signer, NOW)
    assert told(session, at(11)) == []
