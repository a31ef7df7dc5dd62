"""The criteria of a model residential area: a checklist of a year, set by one person of the Front and made public by
another."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.head_models import Programme
from consult.programme.practices.criteria_models import Criteria
from consult.text import one_line, stored

MOST_ITEMS = 40
MOST_POINTS = 1_000


def set_criteria(
    session: Session, programme: Programme, year: int, typed: str, needed: str, reason: str, actor: Actor, now: datetime
) -> Criteria:
    """The checklist of a year as typed, one item a line with its points behind a bar; it waits for another person of
    the Front. What waited already is replaced. Raises NotFound for who does not work for the Front's party and for a
    year outside the programme, Invalid, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        require_front(programme, actor)
        _require_year(programme, year)
        known = versions(session, programme, year)
        made = next((one for one in known if one.released_at is None), None)
        public = [one for one in known if one.released_at is not None]
        items = _items(typed, needed, reason if public else "-")
        if made is None:
            version = max((one.version for one in known), default=0) + 1
            made = Criteria(id=new_id(), consultation_id=programme.consultation_id, year=year, version=version)
            session.add(made)
        made.items, made.needed, made.reason = items, int(one_line(needed)), stored(reason) if public else ""
        made.recorded_at, made.recorded_by_id = now, heads.person(actor)
    return made


def release_criteria(session: Session, programme: Programme, year: int, actor: Actor, now: datetime) -> None:
    """Makes the checklist that waits the one in force: by a person who signs for the Front and did not write it. Raises
    NotFound, Refused: `not_sender`, `own_words`."""
    with writing(session, programme.consultation_id):
        require_front(programme, actor)
        one = next((each for each in versions(session, programme, year) if each.released_at is None), None)
        if one is None:
            raise NotFound
        session.refresh(one)
        heads.require_other_eyes(actor, one.recorded_by_id, programme.first_party_id)
        one.released_at, one.released_by_id = now, heads.person(actor)
        entry = entries.area_criteria(one.year, one.version, entries.hash_of(told_criteria(one)))
        ledger.append(session, programme.consultation_id, [entry], now)
        session.get_one(Consultation, programme.consultation_id).touch()


def versions(session: Session, programme: Programme, year: int) -> Sequence[Criteria]:
    """The checklists of a year, the newest first, one that waits too."""
    own = select(Criteria).where(Criteria.consultation_id == programme.consultation_id, Criteria.year == year)
    return session.scalars(own.order_by(Criteria.version.desc())).all()


def in_force(session: Session, programme: Programme, year: int) -> Criteria | None:
    """The newest public checklist of a year."""
    return next((one for one in versions(session, programme, year) if one.released_at is not None), None)


def years(session: Session, programme: Programme) -> Sequence[int]:
    """The years with a public checklist, the newest first."""
    own = (Criteria.consultation_id == programme.consultation_id, Criteria.released_at.is_not(None))
    return session.scalars(select(Criteria.year).where(*own).distinct().order_by(Criteria.year.desc())).all()


def told_criteria(one: Criteria) -> Told:
    """What is public of a checklist, as the log hashes it."""
    return {
        "year": one.year, "version": one.version, "needed": one.needed, "reason": one.reason,
        "items": [[item["text"], item["points"]] for item in one.items],
    }  # fmt: skip


def require_front(programme: Programme, actor: Actor) -> None:
    """Raises NotFound for who does not work for the Front's party, Refused where the programme is not public."""
    if programme.first_party_id not in heads.bodies_of(actor):
        raise NotFound
    if programme.public_at is None:
        raise Refused("programme_not_public")


def _require_year(programme: Programme, year: int) -> None:
    if not programme.valid_from.year <= year <= programme.valid_to.year:
        raise NotFound


def _items(typed: str, needed: str, reason: str) -> list[dict[str, object]]:
    lines = [one_line(line).rpartition("|") for line in stored(typed).splitlines() if one_line(line)]
    parts = [(said.strip(), points.strip()) for said, _bar, points in lines]
    good = all(said and number_of(points) for said, points in parts)
    errors = {} if parts and good else {"checklist": "items_wrong" if parts else "required"}
    if len(parts) > MOST_ITEMS or any(len(said) > size_limits.SHORT for said, _points in parts):
        errors["checklist"] = "too_long"
    if not errors and not 0 < (number_of(one_line(needed)) or 0) <= sum(int(points) for _said, points in parts):
        errors["needed"] = "not_a_number"
    if not stored(reason) or len(stored(reason)) > size_limits.TEXT:
        errors["reason"] = "too_long" if stored(reason) else "required"
    if errors:
        raise Invalid(errors)
    return [{"text": said, "points": int(points)} for said, points in parts]


def number_of(typed: str) -> int | None:
    """The points that somebody typed; None for what is no number of them."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 and int(typed) <= MOST_POINTS else None
