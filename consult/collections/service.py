"""Opening a collection, until when it lasts, closing it and opening it again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections.models import Collection
from consult.consultations.models import Consultation
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.words import ORGANISATION_ROLES
from consult.policy import Actor
from consult.submissions.inputs import SHORT_LIMIT, TEXT_LIMIT
from consult.text import blank, one_line, stored


@dataclass(frozen=True)
class NewCollection:
    """A collection as typed; without a matter it stands by itself. `closes_on` is its last day, None for no end."""

    title: str
    asked: str = ""
    consultation_id: UUID | None = None
    closes_on: date | None = None
    spoken_in_minutes: bool = True


def open_collection(
    session: Session, organisation_id: UUID, new: NewCollection, actor: Actor, now: datetime
) -> Collection:
    """A collection of an organisation, open at once. Raises NotFound for an organisation that is not the actor's,
    Invalid, and Refused("not_published_yet") for a matter that is not public."""
    person = require_member(actor, organisation_id)
    cleaned = _checked(new, now)
    with writing(session, Lock.COLLECTIONS):
        _require_public(session, cleaned.consultation_id)
        last = session.scalar(select(func.max(Collection.number))) or 0
        made = Collection(
            id=new_id(),
            number=last + 1,
            organisation_id=organisation_id,
            consultation_id=cleaned.consultation_id,
            title=cleaned.title,
            asked=cleaned.asked,
            closes_on=cleaned.closes_on,
            spoken_in_minutes=cleaned.spoken_in_minutes,
            opened_at=now,
            opened_by_id=person,
        )
        session.add(made)
    return made


def change(session: Session, collection_id: UUID, new: NewCollection, actor: Actor, now: datetime) -> None:
    """Other words, another last day, the other rule for what was only spoken; its matter stays. Raises as opening."""
    cleaned = _checked(new, now)
    with writing(session, Lock.COLLECTIONS):
        held = find(session, collection_id, actor)
        held.title, held.asked, held.closes_on = cleaned.title, cleaned.asked, cleaned.closes_on
        held.spoken_in_minutes = cleaned.spoken_in_minutes


def close(session: Session, collection_id: UUID, actor: Actor, now: datetime) -> None:
    """Nothing comes in any more until it is opened again."""
    with writing(session, Lock.COLLECTIONS):
        held = find(session, collection_id, actor)
        held.closed_at = held.closed_at or now


def reopen(session: Session, collection_id: UUID, closes_on: date | None, actor: Actor, now: datetime) -> None:
    """Open again, until another last day. Raises Invalid for a day that has passed."""
    if closes_on is not None and closes_on < clock.local_day(now):
        raise Invalid({"closes_on": "in_the_past"})
    with writing(session, Lock.COLLECTIONS):
        held = find(session, collection_id, actor)
        held.closed_at, held.closes_on = None, closes_on


def find(session: Session, collection_id: UUID, actor: Actor) -> Collection:
    """A collection of an organisation of the actor's; for everybody else it does not exist (NotFound)."""
    found = session.get(Collection, collection_id)
    if found is None:
        raise NotFound
    require_member(actor, found.organisation_id)
    return found


def require_member(actor: Actor, organisation_id: UUID) -> UUID:
    """Who is signed in for this organisation; raises NotFound for everybody else."""
    if actor.user_id is None or not actor.holds(*ORGANISATION_ROLES, organisation=organisation_id):
        raise NotFound
    return actor.user_id


def _checked(new: NewCollection, now: datetime) -> NewCollection:
    title, asked = one_line(new.title), stored(new.asked)
    errors = {}
    if blank(title):
        errors["title"] = "required"
    if len(title) > SHORT_LIMIT:
        errors["title"] = "too_long"
    if len(asked) > TEXT_LIMIT:
        errors["asked"] = "too_long"
    if new.closes_on is not None and new.closes_on < clock.local_day(now):
        errors["closes_on"] = "in_the_past"
    if errors:
        raise Invalid(errors)
    return NewCollection(title, asked, new.consultation_id, new.closes_on, new.spoken_in_minutes)


def _require_public(session: Session, consultation_id: UUID | None) -> None:
    if consultation_id is None:
        return
    matter = session.get(Consultation, consultation_id)
    if matter is None or matter.published_at is None:
        raise NotFound
    if matter.withdrawn_at is not None or matter.concluded_at is not None:
        raise Refused("collection_matter_over")
