"""The rows of a survey as the index takes them: answers by commune, and the units of today that communes lie in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.people import areas
from consult.people.models import Area
from consult.programme.surveys.index.blocks import Place
from consult.programme.surveys.index.results import Earlier, Gathered
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.programme.surveys.words import Way

MOST_EARLIER = 10


def gathered(session: Session, one: Survey, day: date) -> Gathered:
    """All answers of a survey, with its communes as they are on a local `day`."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    rows = session.execute(
        select(SurveyAnswer.area_id, SurveyAnswer.way, SurveyAnswer.said).where(*own).order_by(SurveyAnswer.id)
    ).all()
    keys = {each.area_id: each.area.code for each in one.areas}
    drawn: dict[str, list[dict[str, Any]]] = {key: [] for key in keys.values()}
    for area_id, way, said in rows:
        if way is Way.DRAWN:
            drawn[keys[area_id]].append(said)
    now = units_of(session, [each.area for each in one.areas], day)
    places = [
        Place(each.area.code, each.population, len(drawn[each.area.code]), _within(each.area, now[each.area_id]))
        for each in sorted(one.areas, key=lambda each: each.area.code)
    ]
    return Gathered(
        places, drawn, [said for _area, way, said in rows if way is Way.MEETING],
        [said for _area, way, said in rows if way is Way.OPEN],
        names={each.area.code: each.area.name for each in one.areas},
        ids={each.area.code: str(each.area_id) for each in one.areas},
        units={each.area.code: _ids(now[each.area_id]) for each in one.areas},
        unit_names={str(unit.id): unit.name for units in now.values() for unit in units},
    )  # fmt: skip


def earlier_of(session: Session, one: Survey, files: FileStore, day: date) -> list[Earlier]:
    """The public surveys of earlier years under the same programme, the newest first, with the units of today."""
    wanted = select(Survey).where(
        Survey.consultation_id == one.consultation_id, Survey.year < one.year, Survey.released_at.is_not(None)
    )
    found = session.scalars(wanted.order_by(Survey.year.desc(), Survey.number.desc()).limit(MOST_EARLIER)).all()
    return [_earlier(session, each, files, day) for each in found]


def units_of(session: Session, communes: Iterable[Area], day: date) -> dict[UUID, tuple[Area, ...]]:
    """For each commune the units of a local day that stand in its place: itself, or what it became. One that became
    nothing that is known stands for itself."""
    all_of = list(communes)
    old = areas.successors(session, [one.id for one in all_of if not one.in_force(day)], day)
    return {one.id: (one,) if one.in_force(day) else (old.get(one.id) or (one,)) for one in all_of}


def _earlier(session: Session, one: Survey, files: FileStore, day: date) -> Earlier:
    communes: Sequence[Area] = [each.area for each in one.areas]
    units: Mapping[UUID, tuple[Area, ...]] = units_of(session, communes, day)
    told = {str(area_id): _ids(found) for area_id, found in units.items()}
    return Earlier(one.number, one.year, one.results or {}, files.get(one.table_hash).decode(), told)


def _within(area: Area, units: Sequence[Area]) -> tuple[str, ...]:
    """What a commune lies in, the nearest first: the unit that it became, what is above it, everything."""
    return (*sorted(_ids(units)), str(area.parent_id or ""), "all")


def _ids(units: Iterable[Area]) -> frozenset[str]:
    return frozenset(str(unit.id) for unit in units)
