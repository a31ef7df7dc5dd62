"""The links of the villages of a commune: added by who types its papers, renamed, renewed, ended, found again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.policy import Actor
from consult.programme import heads
from consult.programme.surveys.entering import answers, where
from consult.programme.surveys.models import Survey, SurveyAnswer, SurveyVillage
from consult.submissions.inputs import Codes
from consult.submissions.receiving import link_keys
from consult.text import folded, one_line, stored

MOST = 200
"""Villages of one commune in one survey."""
OF = "survey village"


def add(
    session: Session, one: Survey, area_id: UUID, typed: str, codes: Codes, actor: Actor, now: datetime
) -> list[SurveyVillage]:
    """Villages of a commune, one name a line, each with a key of its own; a name stands once. Raises NotFound,
    Invalid({"names": `required`, `too_long`, `name_in_use` or `too_many`}), Refused("survey_closed")."""
    names = [one_line(line) for line in stored(typed).splitlines() if one_line(line)]
    where.require_enters(session, one, area_id, actor)
    with writing(session, one.consultation_id):
        session.refresh(one)
        answers.require_enterable(one)
        _check(names, [each.name for each in of_commune(session, one, area_id)])
        last = session.scalar(select(func.max(SurveyVillage.number)).where(*_of(one))) or 0
        person = heads.person(actor)
        made = [_village(one, area_id, name, number, codes, person, now) for number, name in enumerate(names, last + 1)]
        session.add_all(made)
    return made


def rename(session: Session, village: SurveyVillage, typed: str, actor: Actor) -> None:
    """Another name. Raises NotFound, Invalid({"name": code})."""
    name = one_line(typed)
    where.require_enters(session, village.survey, village.area_id, actor)
    with writing(session, village.consultation_id):
        others = of_commune(session, village.survey, village.area_id)
        try:
            _check([name] if name else [], [each.name for each in others if each.id != village.id])
        except Invalid as invalid:
            raise Invalid({"name": invalid.errors["names"]}) from invalid
        village.name = name


def renew(session: Session, village: SurveyVillage, codes: Codes, actor: Actor) -> None:
    """A new key: sheets and browsers with the old one come in no more, and a link that was ended lives again. Raises
    NotFound."""
    where.require_enters(session, village.survey, village.area_id, actor)
    with writing(session, village.consultation_id):
        session.refresh(village)
        village.key_number += 1
        village.key_hash = _hash(village.id, village.key_number, codes)
        village.key_ended_at = None


def end(session: Session, village: SurveyVillage, actor: Actor, now: datetime) -> None:
    """Nobody comes in by its link any more; its papers stay. Raises NotFound."""
    where.require_enters(session, village.survey, village.area_id, actor)
    with writing(session, village.consultation_id):
        session.refresh(village)
        village.key_ended_at = village.key_ended_at or now


def of_commune(session: Session, one: Survey, area_id: UUID) -> Sequence[SurveyVillage]:
    """The villages of a commune, in the order in which they were added."""
    own = select(SurveyVillage).where(*_of(one), SurveyVillage.area_id == area_id)
    return session.scalars(own.order_by(SurveyVillage.number)).all()


def numbered(session: Session, one: Survey, area_id: UUID, number: int) -> SurveyVillage:
    """One of them. Raises NotFound."""
    own = (*_of(one), SurveyVillage.area_id == area_id, SurveyVillage.number == number)
    found = session.scalar(select(SurveyVillage).where(*own))
    if found is None:
        raise NotFound
    return found


def by_key(session: Session, typed: str, codes: Codes) -> SurveyVillage:
    """The village whose key this is, however it was typed; NotFound for an unknown key, and one that was ended or
    renewed."""
    key = link_keys.typed(typed)
    hashes = link_keys.key_hashes(OF, key, codes) if key else []
    own = (SurveyVillage.key_hash.in_(hashes), SurveyVillage.key_ended_at.is_(None))
    found = session.scalar(select(SurveyVillage).where(*own)) if hashes else None
    if found is None:
        raise NotFound
    return found


def by_id(session: Session, village_id: UUID) -> SurveyVillage | None:
    """The village with this id; None for none."""
    return session.scalar(select(SurveyVillage).where(SurveyVillage.id == village_id))


def key_of(village: SurveyVillage, codes: Codes) -> str:
    """The key of a village; empty when its link was ended, or the site's key of that time is gone, so that it must be
    renewed."""
    try:
        key = link_keys.made_before(OF, village.id, village.key_number, village.key_hash, codes)
    except LookupError:
        return ""
    return key if village.key_ended_at is None else ""


def counts(session: Session, one: Survey, area_id: UUID) -> dict[UUID, int]:
    """How many papers came from each village of a commune."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    counted = select(SurveyAnswer.village_id, func.count()).where(
        *own, SurveyAnswer.area_id == area_id, SurveyAnswer.village_id.is_not(None)
    )
    rows = session.execute(counted.group_by(SurveyAnswer.village_id)).all()
    return {village_id: count for village_id, count in rows if village_id is not None}


def _of(one: Survey) -> tuple[Any, ...]:
    return (SurveyVillage.consultation_id == one.consultation_id, SurveyVillage.survey_id == one.id)


def _check(names: Sequence[str], there: Sequence[str]) -> None:
    known = [folded(name) for name in (*there, *names)]
    if not names:
        raise Invalid({"names": "required"})
    if len(known) > MOST:
        raise Invalid({"names": "too_many"})
    if any(len(name) > size_limits.SHORT for name in names):
        raise Invalid({"names": "too_long"})
    if len(set(known)) < len(known):
        raise Invalid({"names": "name_in_use"})


def _village(
    one: Survey, area_id: UUID, name: str, number: int, codes: Codes, person: UUID, now: datetime
) -> SurveyVillage:
    village_id = new_id()
    return SurveyVillage(
        id=village_id, consultation_id=one.consultation_id, survey_id=one.id, area_id=area_id, number=number, name=name,
        key_number=1, key_hash=_hash(village_id, 1, codes), key_ended_at=None, added_at=now, added_by_id=person,
    )  # fmt: skip


def _hash(village_id: UUID, number: int, codes: Codes) -> str:
    return link_keys.key_hash(OF, link_keys.make(OF, village_id, number, codes), codes)
