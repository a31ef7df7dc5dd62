"""The registry of models: written down, corrected with a trace, found. What they say is in `practice_facts`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.practices.checking import check
from consult.programme.practices.models import Practice, PracticeAct, PracticeRequest
from consult.programme.practices.practice_facts import NewPractice, facts_of, fill, told_of
from consult.programme.words import PracticeActKind
from consult.text import stored

_WHOLE = (
    joinedload(Practice.lead), joinedload(Practice.area), joinedload(Practice.programme),
    selectinload(Practice.acts), selectinload(Practice.requests).joinedload(PracticeRequest.body),
)  # fmt: skip


def begin(session: Session, programme: Programme, new: NewPractice, actor: Actor, now: datetime) -> Practice:
    """A model that nobody outside sees yet, by somebody who works for a party or for the body that leads it. Raises
    Invalid, NotFound, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        check(session, new, clock.local_day(now))
        number = next_number(session, programme.consultation_id, "practice")
        made = Practice(id=new_id(), consultation_id=programme.consultation_id, number=number, programme=programme)
        fill(made, told_of(session, new))
        made.contact = stored(new.contact)
        require_writer(made, actor)
        session.add_all([made, _facts_act(session, made, new, 1, actor, now)])
    return made


def correct(session: Session, one: Practice, new: NewPractice, actor: Actor, now: datetime) -> None:
    """Corrects the facts: of what is not public where they stand, of what is public by an act that another person
    releases, for a reason that everybody reads. The contact, which is not public, is changed at once. Raises Invalid,
    NotFound, Refused("practice_waits")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_writer(one, actor)
        check(session, new, clock.local_day(now), one)
        waits = next((act for act in one.acts if act.kind is PracticeActKind.FACTS and not act.released_at), None)
        if waits is not None and one.public_at is not None:
            raise Refused("practice_waits")
        one.contact = stored(new.contact)
        if waits is not None:
            fill(one, told_of(session, new))
            waits.details, waits.recorded_by_id, waits.recorded_at = told_of(session, new), heads.person(actor), now
        elif told_of(session, new) != facts_of(one):
            session.add(_facts_act(session, one, new, next_act(one), actor, now))


def practice_of(session: Session, programme: Programme, number: int) -> Practice:
    """The model of this number with all that is recorded of it, in statements that do not grow. Raises NotFound."""
    own = select(Practice).where(Practice.consultation_id == programme.consultation_id, Practice.number == number)
    found = session.scalar(own.options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_practice(session: Session, programme: Programme, number: int) -> Practice:
    """The same where it is public. Raises NotFound."""
    found = practice_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def require_writer(one: Practice, actor: Actor) -> None:
    """Raises NotFound for whoever works neither for a party of the programme nor for the body that leads the model."""
    if not heads.bodies_of(actor) & {*one.programme.parties, one.lead_id}:
        raise NotFound


def written_by(session: Session, programme: Programme, actor: Actor, limit: int, offset: int = 0) -> Sequence[Practice]:
    """The models under a programme that somebody may write about, the newest first."""
    own = heads.bodies_of(actor)
    wanted = select(Practice).where(Practice.consultation_id == programme.consultation_id)
    if not own & set(programme.parties):
        wanted = wanted.where(Practice.lead_id.in_(own))
    whole = joinedload(Practice.lead), joinedload(Practice.area), selectinload(Practice.acts)
    return session.scalars(wanted.options(*whole).order_by(Practice.number.desc()).limit(limit).offset(offset)).all()


def next_act(one: Practice) -> int:
    """The number of what is recorded next of a model."""
    return max((act.number for act in one.acts), default=0) + 1


def _facts_act(
    session: Session, one: Practice, new: NewPractice, number: int, actor: Actor, now: datetime
) -> PracticeAct:
    return PracticeAct(
        id=new_id(), consultation_id=one.consultation_id, practice_id=one.id, number=number,
        kind=PracticeActKind.FACTS, text=stored(new.reason) if one.public_at else "", details=told_of(session, new),
        before={}, consent="", file_hash="", file_name="", media_type="", recorded_at=now,
        recorded_by_id=heads.person(actor),
    )  # fmt: skip
