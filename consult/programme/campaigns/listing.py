"""The public campaigns and their results; sums are made of results with the same unit alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.people.models import Area
from consult.people.territory import areas_within
from consult.policy import Actor
from consult.programme import heads
from consult.programme.campaigns import planning
from consult.programme.campaigns.models import Campaign, CampaignBody, CampaignPlace, CampaignResult, CampaignVersion
from consult.programme.head_models import Programme
from consult.programme.words import PracticeKind

PAGE_SIZE = 50
MOST_LINES = 20_000
"""Lines of a file: who wants more narrows it."""
MOST_CELLS = 6_000
RECENT_DAYS = 60
"""For so long after its last day a campaign stands on the first page of the bodies that take part."""
COMING, LIVE, DONE = STATES = ("coming", "live", "done")
_COUNTS = (CampaignResult.released_at.is_not(None), CampaignResult.replaced_at.is_(None))
_TOLD = (joinedload(CampaignResult.body), joinedload(CampaignResult.area))


@dataclass(frozen=True)
class CampaignFilters:
    """What a reader narrows the list by: how it stands on a local day, within which area (under all its names, before
    and after), about what, and in which year it begins."""

    state: str = ""
    area_id: UUID | None = None
    kind: PracticeKind | None = None
    year: int | None = None


@dataclass(frozen=True)
class Sum:
    """How much was counted of one measure, in hundredths of its unit, in how many results."""

    hundredths: int
    results: int


def listed(session: Session, asked: CampaignFilters, today: date, limit: int, offset: int = 0) -> Sequence[Campaign]:
    """The public campaigns that are asked for, the latest first day first."""
    wanted = select(Campaign).where(*_conditions(session, asked, today)).options(joinedload(Campaign.programme))
    ordered = wanted.order_by(Campaign.starts_on.desc(), Campaign.consultation_id, Campaign.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def years(session: Session) -> list[int]:
    """From the newest to the oldest year in which a public campaign begins. One statement."""
    found = select(func.min(Campaign.starts_on), func.max(Campaign.starts_on)).where(Campaign.public_at.is_not(None))
    first, last = session.execute(found).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def of_programme(
    session: Session, programme: Programme, actor: Actor, limit: int, offset: int = 0
) -> Sequence[Campaign]:
    """The campaigns of a programme, the latest first; without what is not public for other bodies."""
    own = select(Campaign).where(Campaign.consultation_id == programme.consultation_id)
    if not planning.organises(programme, actor):
        own = own.where(Campaign.public_at.is_not(None))
    ordered = own.options(selectinload(Campaign.versions)).order_by(Campaign.starts_on.desc(), Campaign.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def readable_of(session: Session, programme: Programme, campaigns: Sequence[Campaign], actor: Actor) -> frozenset[UUID]:
    """Which of these campaigns of a programme somebody works on: all of them for a party, otherwise those in which a
    body of theirs takes part; the others they read where anybody does. One statement."""
    ids = [one.id for one in campaigns]
    if planning.organises(programme, actor):
        return frozenset(ids)
    own = CampaignBody.consultation_id == programme.consultation_id, CampaignBody.campaign_id.in_(ids)
    mine = select(CampaignBody.campaign_id).where(*own, CampaignBody.body_id.in_(heads.bodies_of(actor)))
    return frozenset(session.scalars(mine))


def newest_of(session: Session, consultation_id: UUID, limit: int) -> Sequence[Campaign]:
    """The public campaigns of one programme that begin last."""
    own = Campaign.consultation_id == consultation_id, Campaign.public_at.is_not(None)
    ordered = select(Campaign).where(*own).order_by(Campaign.starts_on.desc(), Campaign.number.desc())
    return session.scalars(ordered.limit(limit)).all()


def taken_part(session: Session, bodies: frozenset[UUID], today: date) -> Sequence[Campaign]:
    """The public campaigns in which these bodies take part and that are not long over, the next first."""
    mine = select(CampaignBody.campaign_id).where(CampaignBody.body_id.in_(bodies))
    recent = Campaign.ends_on >= date.fromordinal(today.toordinal() - RECENT_DAYS)
    own = select(Campaign).where(Campaign.id.in_(mine), Campaign.public_at.is_not(None), recent)
    ordered = own.options(joinedload(Campaign.programme)).order_by(Campaign.ends_on, Campaign.id)
    return session.scalars(ordered.limit(PAGE_SIZE)).all()


def waiting(session: Session, programmes: Sequence[UUID]) -> Sequence[Campaign]:
    """The campaigns of these programmes of which something waits to be made public: the campaign, a correction, or a
    result."""
    results = select(CampaignResult.campaign_id).where(
        CampaignResult.consultation_id.in_(programmes), CampaignResult.released_at.is_(None)
    )
    facts = select(CampaignVersion.campaign_id).where(
        CampaignVersion.consultation_id.in_(programmes), CampaignVersion.released_at.is_(None)
    )
    own = Campaign.consultation_id.in_(programmes), Campaign.id.in_(results) | Campaign.id.in_(facts)
    ordered = (
        select(Campaign).where(*own).options(joinedload(Campaign.programme)).order_by(Campaign.ends_on, Campaign.id)
    )
    return session.scalars(ordered.limit(PAGE_SIZE)).all()


def sums(session: Session, campaigns: Sequence[Campaign]) -> Mapping[UUID, Mapping[int, Sum]]:
    """What each of these campaigns counted in all, by the place of the measure. One statement."""
    total = func.sum(CampaignResult.hundredths)
    wanted = select(CampaignResult.campaign_id, CampaignResult.measure, total, func.count())
    wanted = wanted.where(CampaignResult.consultation_id.in_({one.consultation_id for one in campaigns}))
    wanted = wanted.where(CampaignResult.campaign_id.in_([one.id for one in campaigns]), *_COUNTS)
    found: dict[UUID, dict[int, Sum]] = {one.id: {} for one in campaigns}
    for key, measure, much, many in session.execute(
        wanted.group_by(CampaignResult.campaign_id, CampaignResult.measure)
    ):
        found[key][measure] = Sum(int(much), many)
    return found


def by_commune(session: Session, one: Campaign) -> list[tuple[str, Mapping[int, Sum]]]:
    """What was counted in each commune, by name, by the place of the measure. One statement."""
    columns = Area.id, Area.name, CampaignResult.measure, func.sum(CampaignResult.hundredths), func.count()
    own = CampaignResult.consultation_id == one.consultation_id, CampaignResult.campaign_id == one.id
    wanted = select(*columns).join(CampaignResult.area).where(*own, *_COUNTS)
    wanted = wanted.group_by(Area.id, Area.name, Area.folded_name, CampaignResult.measure)
    found: dict[UUID, tuple[str, dict[int, Sum]]] = {}
    for key, name, measure, much, many in session.execute(wanted.order_by(Area.folded_name, Area.id).limit(MOST_CELLS)):
        found.setdefault(key, (name, {}))[1][measure] = Sum(int(much), many)
    return list(found.values())


def results(session: Session, one: Campaign, limit: int, offset: int = 0) -> Sequence[CampaignResult]:
    """What counts of a campaign, the latest day first."""
    own = CampaignResult.consultation_id == one.consultation_id, CampaignResult.campaign_id == one.id
    ordered = select(CampaignResult).where(*own, *_COUNTS).options(*_TOLD)
    ordered = ordered.order_by(CampaignResult.day.desc(), CampaignResult.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def versions(session: Session, one: Campaign, number: int) -> Sequence[CampaignResult]:
    """The public versions of a result, the newest first."""
    own = CampaignResult.consultation_id == one.consultation_id, CampaignResult.campaign_id == one.id
    wanted = select(CampaignResult).where(
        *own, CampaignResult.number == number, CampaignResult.released_at.is_not(None)
    )
    return session.scalars(wanted.options(*_TOLD).order_by(CampaignResult.version.desc())).all()


def entered(
    session: Session, one: Campaign, bodies: set[UUID], limit: int, offset: int = 0
) -> Sequence[CampaignResult]:
    """What these bodies entered, what waits first; a correction that waits stands beside what it corrects."""
    own = CampaignResult.consultation_id == one.consultation_id, CampaignResult.campaign_id == one.id
    wanted = select(CampaignResult).where(
        *own, CampaignResult.replaced_at.is_(None), CampaignResult.body_id.in_(bodies)
    )
    ordered = wanted.options(*_TOLD).order_by(CampaignResult.released_at.is_not(None), CampaignResult.number.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def newest(session: Session, limit: int) -> Sequence[CampaignResult]:
    """What was made public last, of all campaigns. One statement."""
    whole = (*_TOLD, joinedload(CampaignResult.campaign).joinedload(Campaign.programme))
    wanted = select(CampaignResult).where(*_COUNTS).options(*whole)
    return session.scalars(wanted.order_by(CampaignResult.released_at.desc(), CampaignResult.id).limit(limit)).all()


def lines(session: Session, asked: CampaignFilters, today: date) -> Sequence[CampaignResult]:
    """What counts in the public campaigns that are asked for; within an area what was counted there."""
    wanted = select(CampaignResult).join(CampaignResult.campaign).where(*_COUNTS, *_conditions(session, asked, today))
    if asked.area_id is not None:
        wanted = wanted.where(CampaignResult.area_id.in_(areas_within(session, asked.area_id, today)))
    whole = (*_TOLD, joinedload(CampaignResult.campaign).joinedload(Campaign.programme))
    ordered = wanted.options(*whole).order_by(CampaignResult.day.desc(), CampaignResult.id)
    return session.scalars(ordered.limit(MOST_LINES)).all()


def _conditions(session: Session, asked: CampaignFilters, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Campaign.public_at.is_not(None)]
    if asked.state == COMING:
        found.append(Campaign.starts_on > today)
    elif asked.state in STATES:
        found.append(Campaign.ends_on < today if asked.state == DONE else Campaign.ends_on >= today)
        found.append(Campaign.starts_on <= today)
    if asked.area_id is not None:
        places = select(CampaignPlace.campaign_id)
        within = CampaignPlace.area_id.in_(areas_within(session, asked.area_id, today))
        found.append(Campaign.id.in_(places.where(within)))
    if asked.kind is not None:
        found.append(Campaign.kind == asked.kind)
    if asked.year is not None:
        found.append(Campaign.starts_on.between(date(asked.year, 1, 1), date(asked.year, 12, 31)))
    return found
