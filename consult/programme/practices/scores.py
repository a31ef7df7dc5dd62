"""The scores that the Front gives residential areas by the criteria of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.people.models import Area
from consult.people.territory import later_names
from consult.people.words import Level
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told, day
from consult.programme.head_models import Programme
from consult.programme.practices.criteria import in_force, number_of, require_front
from consult.programme.practices.criteria_models import AreaScore, Criteria
from consult.text import folded, one_line, stored

PAGE_SIZE = 50
MOST_LINES = 20_000


@dataclass(frozen=True)
class NewScore:
    """A residential area and its points as typed, item by item, in the order of the checklist."""

    area_id: UUID | None
    village: str
    points: tuple[str, ...]
    scored_on: date | None
    note: str = ""


def score(session: Session, programme: Programme, year: int, new: NewScore, actor: Actor, now: datetime) -> AreaScore:
    """Points of an area by the checklist in force; another person makes them public. Raises NotFound, Invalid,
    Refused("no_criteria_yet")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        require_front(programme, actor)
        one = in_force(session, programme, year)
        if one is None:
            raise Refused("no_criteria_yet")
        _check(session, one, new, clock.local_day(now))
        assert new.area_id is not None and new.scored_on is not None
        made = AreaScore(
            id=new_id(), consultation_id=programme.consultation_id, criteria_id=one.id,
            number=next_number(session, programme.consultation_id, "area_score"), area_id=new.area_id,
            village=one_line(new.village), note=stored(new.note), scored_on=new.scored_on,
            points=[int(one_line(each)) for each in new.points[: len(one.items)]],
            recorded_at=now, recorded_by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
    return made


def decide(
    session: Session, programme: Programme, year: int, number: int, discards: bool, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Makes a score public, by another person who signs for the Front; or takes it out while it is not. Raises
    NotFound, Refused: `not_sender`, `own_words`, `already_public`."""
    with writing(session, programme.consultation_id):
        require_front(programme, actor)
        found = score_of(session, programme, number)
        session.refresh(found)
        if found.criteria.year != year:
            raise NotFound
        if found.released_at is not None:
            raise Refused("already_public")
        if discards:
            session.delete(found)
            return
        heads.require_other_eyes(actor, found.recorded_by_id, programme.first_party_id)
        found.released_at, found.released_by_id = now, heads.person(actor)
        entry = entries.area_scored(found.number, entries.hash_of(told_score(found)))
        ledger.append(session, programme.consultation_id, [entry], now)
        session.get_one(Consultation, programme.consultation_id).touch()


def scores(
    session: Session, programme: Programme, year: int, public: bool, limit: int = MOST_LINES, offset: int = 0
) -> Sequence[AreaScore]:
    """What was given in a year, the newest first, so that what replaces an earlier score stands before it."""
    own = select(AreaScore).join(AreaScore.criteria).where(
        AreaScore.consultation_id == programme.consultation_id, Criteria.year == year,
        AreaScore.released_at.is_not(None) if public else AreaScore.released_at.is_(None),
    )  # fmt: skip
    whole = joinedload(AreaScore.area), joinedload(AreaScore.criteria)
    return session.scalars(own.options(*whole).order_by(AreaScore.number.desc()).limit(limit).offset(offset)).all()


def score_of(session: Session, programme: Programme, number: int) -> AreaScore:
    """The score of this number. Raises NotFound."""
    own = (AreaScore.consultation_id == programme.consultation_id, AreaScore.number == number)
    found = session.scalar(select(AreaScore).where(*own).options(joinedload(AreaScore.criteria)))
    if found is None:
        raise NotFound
    return found


def replaced(session: Session, rows: Sequence[AreaScore], today: date) -> frozenset[int]:
    """The numbers of those scores, the newest first, that a later one of the same area and year replaces: a village
    scored before its commune was merged, by a local day, and after it is one."""
    became = later_names(session, {one.area_id for one in rows}, today)
    seen: dict[str, set[UUID]] = {}
    old = set()
    for one in rows:
        newer = seen.setdefault(folded(one.village), set())
        if any(each in became[one.area_id] or one.area_id in became[each] for each in newer):
            old.add(one.number)
        newer.add(one.area_id)
    return frozenset(old)


def told_score(one: AreaScore) -> Told:
    """What is public of a score, as the log hashes it."""
    return {
        "score": one.number, "year": one.criteria.year, "version": one.criteria.version, "area": str(one.area_id),
        "village": one.village, "points": list(one.points), "note": one.note, "scored_on": day(one.scored_on),
    }  # fmt: skip


def _check(session: Session, one: Criteria, new: NewScore, today: date) -> None:
    area = session.get(Area, new.area_id) if new.area_id else None
    errors = {} if area is not None and area.level is Level.COMMUNE else {"area": "required"}
    if not 0 < len(one_line(new.village)) <= size_limits.SHORT:
        errors["village"] = "too_long" if one_line(new.village) else "required"
    if len(stored(new.note)) > size_limits.TEXT:
        errors["note"] = "too_long"
    if new.scored_on is None or new.scored_on > today:
        errors["scored_on"] = "in_the_future" if new.scored_on else "required"
    for place, item in enumerate(one.items):
        given = number_of(one_line(new.points[place])) if place < len(new.points) else None
        if given is None or given > item["points"]:
            errors[f"points-{place}"] = "not_a_number" if given is None else "too_many_points"
    if errors:
        raise Invalid(errors)
