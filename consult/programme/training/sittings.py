"""The sittings of a course with their codes: added by the organisers, renewed, ended, open near their hours alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.programme import heads
from consult.programme.training.models import Course, Sitting
from consult.submissions.inputs import Codes
from consult.submissions.receiving import link_keys
from consult.text import one_line

OF = "course sitting"
MOST = 120
"""Sittings of one course: two a day for its longest."""
BEFORE, AFTER = timedelta(minutes=60), timedelta(minutes=30)
"""How long before and after its hours a code works (the province's rule)."""


@dataclass(frozen=True)
class NewSitting:
    """A sitting as typed: a local day, and hours as 7:30, 07h30 or 13."""

    day: date | None
    begins: str
    ends: str


def add(session: Session, one: Course, new: NewSitting, codes: Codes, actor: Actor, now: datetime) -> Sitting:
    """A sitting with a code of its own, by the organisers once the invitation is public. Raises NotFound, Invalid,
    Refused: `course_not_yet`, `already_public` once results are."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        _require_open(one)
        begins, ends = _checked(one, new)
        assert new.day is not None
        if len(one.sittings) >= MOST:
            raise Invalid({"day": "too_many"})
        sitting_id = new_id()
        made = Sitting(
            id=sitting_id, consultation_id=one.consultation_id, course_id=one.id, day=new.day, begins=begins, ends=ends,
            number=max((each.number for each in one.sittings), default=0) + 1, key_number=1,
            key_hash=_hash(sitting_id, 1, codes), key_ended_at=None, added_at=now, added_by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
    session.expire(one, ["sittings"])
    return made


def renew(session: Session, sitting: Sitting, codes: Codes, actor: Actor) -> None:
    """A new code: what hangs on the wall leads nowhere any more. Raises NotFound."""
    with writing(session, sitting.consultation_id):
        session.refresh(sitting)
        heads.require_party(sitting.course.programme, actor)
        sitting.key_number += 1
        sitting.key_hash = _hash(sitting.id, sitting.key_number, codes)
        sitting.key_ended_at = None


def end(session: Session, sitting: Sitting, actor: Actor, now: datetime) -> None:
    """Nobody signs in by its code any more. Raises NotFound."""
    with writing(session, sitting.consultation_id):
        session.refresh(sitting)
        heads.require_party(sitting.course.programme, actor)
        sitting.key_ended_at = sitting.key_ended_at or now


def numbered(one: Course, number: int) -> Sitting:
    """The sitting of this number. Raises NotFound."""
    found = next((each for each in one.sittings if each.number == number), None)
    if found is None:
        raise NotFound
    return found


def by_key(session: Session, typed: str, codes: Codes) -> Sitting:
    """The sitting whose code this is, whether it is open or not. Raises NotFound for an unknown one, one that was ended
    or renewed, and one of a course whose results are public."""
    key = link_keys.typed(typed)
    hashes = link_keys.key_hashes(OF, key, codes) if key else []
    own = (Sitting.key_hash.in_(hashes), Sitting.key_ended_at.is_(None))
    found = session.scalar(select(Sitting).where(*own).options(joinedload(Sitting.course))) if hashes else None
    if found is None or found.course.results_at is not None:
        raise NotFound
    return found


def key_of(sitting: Sitting, codes: Codes) -> str:
    """The key of a sitting; empty when it was ended or cannot be made again, so that it must be renewed."""
    try:
        key = link_keys.made_before(OF, sitting.id, sitting.key_number, sitting.key_hash, codes)
    except LookupError:
        return ""
    return key if sitting.key_ended_at is None else ""


def is_open(sitting: Sitting, now: datetime) -> bool:
    """Whether its code works at an instant: on its day, near its hours."""
    begin = clock.start_of_day(sitting.day)
    first, last = begin + timedelta(minutes=sitting.begins), begin + timedelta(minutes=sitting.ends)
    return first - BEFORE <= now <= last + AFTER and clock.local_day(now) == sitting.day


def hour(minutes: int) -> str:
    """Minutes of a day as they are written: 07:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _require_open(one: Course) -> None:
    if one.released_at is None or one.results_at is not None:
        raise Refused("already_public" if one.results_at else "course_not_yet")


def _checked(one: Course, new: NewSitting) -> tuple[int, int]:
    begins, ends = _minutes(new.begins), _minutes(new.ends)
    errors = {name: "not_an_hour" for name, found in (("begins", begins), ("ends", ends)) if found is None}
    if new.day is None or not one.starts_on <= new.day <= one.ends_on:
        errors["day"] = "required" if new.day is None else "not_a_course_day"
    if begins is not None and ends is not None and ends <= begins:
        errors["ends"] = "before_it_began"
    if errors:
        raise Invalid(errors)
    assert begins is not None and ends is not None
    return begins, ends


def _minutes(typed: str) -> int | None:
    parts = one_line(typed).lower().replace("h", ":").replace(" ", "").removesuffix(":").split(":")
    if not 0 < len(parts) < 3 or any(not (part.isascii() and part.isdigit() and len(part) < 3) for part in parts):
        return None
    hours, minutes = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _hash(sitting_id: UUID, number: int, codes: Codes) -> str:
    return link_keys.key_hash(OF, link_keys.make(OF, sitting_id, number, codes), codes)
