"""What both sides decide in an exchange: who does what until when, followed as every promise."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import size_limits
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Area, Organisation
from consult.policy import Actor
from consult.programme import heads, promises
from consult.programme.exchanges.models import Decision, Exchange
from consult.programme.promises import NewPromise
from consult.programme.words import PromiseKind
from consult.text import stored

MOST_DECISIONS = 100


def decide(
    session: Session, one: Exchange, text: str, by_id: UUID | None, due_on: date | None, area_id: UUID | None,
    actor: Actor, now: datetime,
) -> Decision:  # fmt: skip
    """One more decision, public with the minutes. Raises NotFound for no party, Invalid, Refused("minutes_public" |
    "exchange_full")."""
    with writing(session, one.consultation_id):
        _require_open(session, one, actor)
        if len(one.decisions) >= MOST_DECISIONS:
            raise Refused("exchange_full")
        _check(session, one, text, by_id, due_on, area_id)
        assert by_id is not None and due_on is not None
        keeper = one.programme.keeper_of(by_id, heads.require_party(one.programme, actor))
        new = NewPromise(PromiseKind.DECISION, text, by_id, keeper, due_on, area_id)
        promise = promises.make(session, one.consultation_id, new, actor, now)
        made = Decision(id=promise.id, consultation_id=one.consultation_id, exchange_id=one.id)
        session.add(made)
        heads.disagree(one)
    session.expire(one)
    return made


def take_back(session: Session, one: Exchange, number: int, actor: Actor) -> None:
    """Takes out a decision before the minutes are public; `number` is that of its promise. Raises NotFound,
    Refused("minutes_public")."""
    with writing(session, one.consultation_id):
        _require_open(session, one, actor)
        found = next((each for each in one.decisions if each.promise.number == number), None)
        if found is None:
            raise NotFound
        promise = found.promise
        session.delete(found)
        session.flush()
        session.delete(promise)
        heads.disagree(one)
    session.expire(one)


def _require_open(session: Session, one: Exchange, actor: Actor) -> None:
    session.refresh(one)
    heads.require_party(one.programme, actor)
    if one.public_at is not None:
        raise Refused("minutes_public")


def _check(
    session: Session, one: Exchange, text: str, by_id: UUID | None, due_on: date | None, area_id: UUID | None
) -> None:
    said, errors = stored(text), {}
    if not said or len(said) > size_limits.TEXT:
        errors["decided"] = "too_long" if said else "required"
    if by_id is None or session.get(Organisation, by_id) is None:
        errors["by"] = "required"
    if due_on is None or (one.held_on is not None and due_on <= one.held_on):
        errors["due_on"] = "not_later" if due_on else "required"
    if area_id is not None and session.get(Area, area_id) is None:
        errors["commune"] = "not_a_choice"
    if errors:
        raise Invalid(errors)
