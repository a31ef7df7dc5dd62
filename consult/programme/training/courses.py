"""A course: planned by one person of a party and invited to by another; found and listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told, day
from consult.programme.head_models import Programme
from consult.programme.training.models import Course, Participant
from consult.text import one_line, stored

PAGE_SIZE = 50
MOST_SEATS = 2_000
MOST_INVITED = 300
LONGEST = 60
_WHOLE = (
    joinedload(Course.programme), selectinload(Course.participants).joinedload(Participant.body),
)  # fmt: skip


@dataclass(frozen=True)
class NewCourse:
    """A course as typed: local days, bodies that are invited, public numbers of publications ("1, 4"), the questions of
    the test and how many points it has."""

    title: str
    starts_on: date | None
    ends_on: date | None
    place: str
    seats: str
    invited: tuple[UUID, ...] = ()
    about: str = ""
    materials: str = ""
    test: str = ""
    most_points: str = "10"


def plan(session: Session, programme: Programme, new: NewCourse, actor: Actor, now: datetime) -> Course:
    """A course that nobody outside sees yet, by somebody of a party. Raises Invalid, NotFound,
    Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, new)
        number = next_number(session, programme.consultation_id, "course")
        made = Course(id=new_id(), consultation_id=programme.consultation_id, number=number, programme=programme,
                      points_before=[], points_after=[])  # fmt: skip
        _fill(made, new, actor, now)
        session.add(made)
    return made


def change(session: Session, one: Course, new: NewCourse, actor: Actor, now: datetime) -> None:
    """Corrects it before its invitation is public. Raises Invalid, NotFound, Refused("already_public")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        if one.released_at is not None:
            raise Refused("already_public")
        _check(session, new)
        _fill(one, new, actor, now)


def invite(session: Session, one: Course, actor: Actor, now: datetime) -> None:
    """Makes the invitation public and has each body that is invited told: by a person who signs for a party and did not
    write it. Raises NotFound, Refused: `not_sender`, `own_words`, `already_public`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        if one.released_at is not None:
            raise Refused("already_public")
        heads.require_other_eyes(actor, one.recorded_by_id, signing_party(one, actor))
        one.released_at, one.released_by_id = now, heads.person(actor)
        entry = entries.course_step(one.number, "invitation", entries.hash_of(told_course(one)))
        ledger.append(session, one.consultation_id, [entry], now)
        for body in one.invited:
            emit(session, "course_told", now, one.consultation_id, course=one.number, organisation=body)
        session.get_one(Consultation, one.consultation_id).touch()


def course_of(session: Session, programme: Programme, number: int) -> Course:
    """The course of this number with its participants, in statements that do not grow. Raises NotFound."""
    own = select(Course).where(Course.consultation_id == programme.consultation_id, Course.number == number)
    found = session.scalar(own.options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_course(session: Session, programme: Programme, number: int) -> Course:
    """The same where its invitation is public. Raises NotFound."""
    found = course_of(session, programme, number)
    if found.released_at is None:
        raise NotFound
    return found


def readable(session: Session, programme: Programme, number: int, actor: Actor) -> Course:
    """The same for who works for a party, or for anybody with a body once the invitation is public. Raises NotFound."""
    found = course_of(session, programme, number)
    if found.released_at is None:
        heads.require_party(programme, actor)
    return found


def of_programme(session: Session, programme: Programme, actor: Actor, limit: int, offset: int = 0) -> Sequence[Course]:
    """The courses of a programme, those to come and the newest first; without what is not public for other bodies."""
    own = select(Course).where(Course.consultation_id == programme.consultation_id)
    if not organises(programme, actor):
        own = own.where(Course.released_at.is_not(None))
    return session.scalars(
        own.order_by(Course.starts_on.desc(), Course.number.desc()).limit(limit).offset(offset)
    ).all()


def listed(session: Session, limit: int, offset: int = 0) -> Sequence[Course]:
    """The public courses, the latest day first."""
    own = select(Course).where(Course.released_at.is_not(None)).options(joinedload(Course.programme))
    ordered = own.order_by(Course.starts_on.desc(), Course.consultation_id, Course.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def bodies_of(session: Session, one: Course) -> Sequence[Organisation]:
    """The bodies that are invited, by name. One statement."""
    keys = [UUID(each) for each in one.invited]
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(keys)).order_by(Organisation.folded_name, Organisation.id)
    ).all()


def sending(session: Session, one: Course) -> Sequence[Organisation]:
    """The bodies that may send somebody, by name: both parties, those invited, and those that sent others. One
    statement."""
    keys = sending_ids(one)
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(keys)).order_by(Organisation.folded_name, Organisation.id)
    ).all()


def sending_ids(one: Course) -> set[UUID]:
    """Their ids."""
    return {*one.programme.parties, *map(UUID, one.invited), *(each.body_id for each in one.participants)}


def organises(programme: Programme, actor: Actor) -> bool:
    """Whether somebody works for a party of the programme."""
    return bool(heads.bodies_of(actor) & set(programme.parties))


def signing_party(one: Course, actor: Actor) -> UUID:
    """The party for which somebody signs, or works if they sign for none. Raises NotFound for no party."""
    body = heads.require_party(one.programme, actor)
    return next((each for each in one.programme.parties if heads.signs(actor, each)), body)


def told_course(one: Course) -> Told:
    """What is public of an invitation, as the log hashes it."""
    return {
        "course": one.number, "title": one.title, "about": one.about, "place": one.place,
        "starts_on": day(one.starts_on), "ends_on": day(one.ends_on), "seats": one.seats,
        "invited": sorted(one.invited), "materials": list(one.materials),
    }  # fmt: skip


def _fill(one: Course, new: NewCourse, actor: Actor, now: datetime) -> None:
    assert new.starts_on is not None and new.ends_on is not None
    one.title, one.place, one.about = one_line(new.title), one_line(new.place), stored(new.about)
    one.starts_on, one.ends_on, one.seats = new.starts_on, new.ends_on, _number(new.seats) or 0
    one.invited, one.test = [str(body) for body in dict.fromkeys(new.invited)], stored(new.test)
    one.materials, one.most_points = materials_of(new.materials) or [], _number(new.most_points) or 0
    one.recorded_at, one.recorded_by_id = now, heads.person(actor)


def materials_of(typed: str) -> list[int] | None:
    """Public numbers of publications as typed, with commas; None for what is no such list."""
    parts = [part.strip() for part in one_line(typed).split(",") if part.strip()]
    numbers = [_number(part) for part in parts]
    return None if None in numbers or len(parts) > PAGE_SIZE else [number for number in numbers if number]


def _number(typed: str) -> int | None:
    said = one_line(typed)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def _check(session: Session, new: NewCourse) -> None:
    errors = {name: "required" for name in ("starts_on", "ends_on") if getattr(new, name) is None}
    for name in ("title", "place"):
        if not 0 < len(one_line(getattr(new, name))) <= size_limits.SHORT:
            errors[name] = "too_long" if one_line(getattr(new, name)) else "required"
    errors |= {name: "too_long" for name in ("about", "test") if len(stored(getattr(new, name))) > size_limits.TEXT}
    if new.starts_on is not None and new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days < LONGEST:
        errors["ends_on"] = "before_it_began" if new.ends_on < new.starts_on else "too_long_a_time"
    for name, most in (("seats", MOST_SEATS), ("most_points", 1_000)):
        if not 0 < (_number(getattr(new, name)) or 0) <= most:
            errors[name] = "not_a_number"
    if materials_of(new.materials) is None:
        errors["materials"] = "not_a_number"
    if errors := errors | _invited(session, new):
        raise Invalid(errors)


def _invited(session: Session, new: NewCourse) -> dict[str, str]:
    if not 0 < len(new.invited) <= MOST_INVITED:
        return {"invited": "too_many" if new.invited else "required"}
    known = session.scalar(select(func.count()).where(Organisation.id.in_(new.invited)))
    return {} if known == len(set(new.invited)) else {"invited": "not_a_choice"}
