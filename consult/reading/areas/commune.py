"""What a commune finds here, under its new name and its old ones: what touches it, meetings, who spoke, what came of
it.

Who lives where a commune was merged means the same place: what names one of them is told on the pages of all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.people import areas
from consult.people.models import Area
from consult.people.territory import lineage_of
from consult.reading import service
from consult.reading.meetings import Meeting, meeting_of
from consult.reading.service import ListedMatter
from consult.responses.recordings.answered import answered_areas
from consult.responses.recordings.heard import HeardSheet, heard
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import Stage

MOST_COUNTED = 40
"""In so many matters, the newest, it is told how many people spoke."""


@dataclass(frozen=True)
class Spoken:
    """How many people of an area wrote on a matter: five or more."""

    matter: Consultation
    area: str
    people: int


@dataclass(frozen=True)
class MatterSheet:
    """What people of an area said on a matter and was answered, to be printed; and its recordings."""

    matter: Consultation
    recordings: list[HeardSheet]


@dataclass(frozen=True)
class AreaPage:
    """All that is told of an area. `own` are the matters that name it, `wider` those of the province or district around
    it that are open or announced; `before` and `after` what it was made of and what it became."""

    area: Area
    before: Sequence[Area]
    after: Sequence[Area]
    own: list[ListedMatter]
    wider: list[ListedMatter]
    meetings: list[Meeting]
    spoken: list[Spoken]
    sheets: list[MatterSheet]


def area_page(session: Session, code: str, since: str, now: datetime) -> AreaPage:
    """The area with this code since this day (YYYY-MM-DD), and what touches it. Raises NotFound."""
    area = _area(session, code, since)
    before, after = _before_and_after(session, area, now)
    near = _near(session, area, after, clock.local_day(now))
    around = _around([area, *after])
    listed = service.listed(session, service.MatterFilters(), now)
    own = [one for one in listed if one.matter.area_id in near]
    wide = [one for one in listed if one.matter.area_id in around]
    counted = [one.matter for one in (*own, *wide)][:MOST_COUNTED]
    running = [one for one in wide if one.stage in {Stage.OPEN, Stage.ANNOUNCED}]
    return AreaPage(
        area=area,
        before=before,
        after=after,
        own=own,
        wider=running,
        meetings=[found for one in own if (found := meeting_of(one.matter))],
        spoken=_spoken(session, counted, near, now),
        sheets=_sheets(session, counted, near, now),
    )


def area_and_near(session: Session, code: str, since: str, now: datetime) -> tuple[Area, set[UUID]]:
    """The area with this code since this day, and the keys of all that are told of on its page. Raises NotFound."""
    area = _area(session, code, since)
    _before, after = _before_and_after(session, area, now)
    return area, _near(session, area, after, clock.local_day(now))


def named_areas(session: Session, now: datetime) -> list[tuple[Area, int]]:
    """The areas that public matters name, with how many do, by name."""
    count = Counter(one.matter.area_id for one in service.listed(session, service.MatterFilters(), now))
    named = session.scalars(select(Area).where(Area.id.in_(count)).order_by(Area.folded_name, Area.code))
    return [(area, count[area.id]) for area in named]


def _area(session: Session, code: str, since: str) -> Area:
    try:
        found = areas.area_by_key(session, code, date.fromisoformat(since))
    except ValueError as bad:
        raise NotFound from bad
    if found is None:
        raise NotFound
    return found


def _before_and_after(session: Session, area: Area, now: datetime) -> tuple[Sequence[Area], Sequence[Area]]:
    """What the area was made of, and what it became."""
    day = clock.local_day(now)
    after = areas.successors(session, [area.id], day)[area.id]
    return areas.predecessors(session, area.id, day), [one for one in after if one.id != area.id]


def _near(session: Session, area: Area, after: Sequence[Area], day: date) -> set[UUID]:
    """Under each of these an area is told of: its names of before and after, through any number of changes, and for a
    district what stands in its place."""
    return lineage_of(session, area.id, day) | {one.id for one in after}


def _around(found: Sequence[Area]) -> set[UUID | None]:
    """The areas in which these lie; None is the whole province of the site."""
    ids: set[UUID | None] = {None}
    for area in found:
        parent = area.parent
        while parent is not None:
            ids.add(parent.id)
            parent = parent.parent
    return ids


def _spoken(session: Session, matters: Sequence[Consultation], near: set[UUID], now: datetime) -> list[Spoken]:
    """Told only where the breakdown of the matter itself tells it, so that nothing follows from both together."""
    return [
        Spoken(matter, line.name, line.people.count)
        for matter in matters
        for line in kept_counts.participation(session, matter, clock.local_day(now)).areas or ()
        if line.area_id in near and line.people.count is not None
    ]


def _sheets(session: Session, matters: Sequence[Consultation], near: set[UUID], now: datetime) -> list[MatterSheet]:
    """Of those where something was answered and it may be told that people of here wrote."""
    answered = kept_counts.answered(session, {one.id: one.content_version for one in matters})
    found = []
    for matter in (one for one in matters if answered.get(one.id)):
        if any(area.id in near for area in answered_areas(session, matter, now)):
            found.append(MatterSheet(matter, [one for one in heard(session, matter) if one.area_id in near]))
    return found
