"""What a round recommends: written before its report, public with it, followed as every promise."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import size_limits
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.entries import Act
from consult.people.models import Area, Organisation
from consult.policy import Actor
from consult.programme import promises
from consult.programme.promises import NewPromise
from consult.programme.rounds import planning
from consult.programme.rounds.models import Recommendation, Round
from consult.programme.words import PromiseKind
from consult.text import stored

MOST_RECOMMENDATIONS = 100


def recommend(
    session: Session, one: Round, text: str, addressee_id: UUID | None, due_on: date | None, area_id: UUID | None,
    actor: Actor, now: datetime,
) -> Recommendation:  # fmt: skip
    """One more recommendation, public with the report. Raises NotFound, Invalid, Refused("round_reported" |
    "round_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        planning.require_lead(one, actor)
        _require_open(one)
        if len(one.recommendations) >= MOST_RECOMMENDATIONS:
            raise Refused("round_full")
        _check(session, one, text, addressee_id, due_on, area_id)
        assert addressee_id is not None and due_on is not None
        new = NewPromise(PromiseKind.RECOMMENDATION, text, addressee_id, one.lead_id, due_on, area_id or one.area_id)
        promise = promises.make(session, one.consultation_id, new, actor, now)
        made = Recommendation(id=promise.id, consultation_id=one.consultation_id, round_id=one.id)
        session.add(made)
    return made


def take_back(session: Session, one: Round, number: int, actor: Actor, now: datetime) -> None:
    """Takes out a recommendation before the report is public; `number` is that of its promise. Raises NotFound,
    Refused("round_reported")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        planning.require_lead(one, actor)
        _require_open(one)
        found = next((each for each in one.recommendations if each.promise.number == number), None)
        if found is None:
            raise NotFound
        promise = found.promise
        session.delete(found)
        session.flush()
        session.delete(promise)


def details(one: Round) -> dict[str, str]:
    """What is said of each recommendation beside its promise."""
    return {"round": str(one.number)}


def publish(session: Session, one: Round, now: datetime) -> list[Act]:
    """Makes everything public that a round recommends, and has whom it is for told; gives the acts for the log."""
    own = sorted((each.promise for each in one.recommendations), key=lambda promise: promise.number)
    for body in {promise.by_id for promise in own}:
        numbers = [promise.number for promise in own if promise.by_id == body]
        promises.have_told(session, one.consultation_id, "made", body, numbers, now)
    return [promises.publish(promise, details(one), now) for promise in own]


def _require_open(one: Round) -> None:
    if planning.reported(one):
        raise Refused("round_reported")


def _check(
    session: Session, one: Round, text: str, addressee_id: UUID | None, due_on: date | None, area_id: UUID | None
) -> None:
    said, errors = stored(text), {}
    if not said or len(said) > size_limits.TEXT:
        errors["recommended"] = "too_long" if said else "required"
    if addressee_id is None or session.get(Organisation, addressee_id) is None:
        errors["addressee"] = "required"
    elif addressee_id == one.lead_id:
        errors["addressee"] = "not_a_choice"
    if due_on is None or due_on <= one.ends_on:
        errors["due_on"] = "not_later" if due_on else "required"
    if area_id is not None and session.get(Area, area_id) is None:
        errors["commune"] = "not_a_choice"
    if errors:
        raise Invalid(errors)
