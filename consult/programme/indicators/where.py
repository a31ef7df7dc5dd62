"""Who enters and confirms values of which commune."""

from collections.abc import Collection, Sequence
from datetime import MAXYEAR, MINYEAR, date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult.errors import NotFound, Refused
from consult.people.models import Area, Organisation
from consult.people.territory import areas_within
from consult.people.words import Level, OrganisationKind
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.indicators.models import IndicatorList, IndicatorValue

ENTERS = frozenset({OrganisationKind.PEOPLES_COMMITTEE, OrganisationKind.FRONT_COMMITTEE})
"""Which bodies of a commune say what was reached there."""
MOST_LISTS = 50
MOST_WAITING = 200


def own_areas(session: Session, actor: Actor, year: int, today: date) -> dict[UUID, Organisation]:
    """The communes of a year for which somebody enters values, with the body for which: those that were there on its
    last day, or are today; of a year before a merger those that the commune came from. None in a year that no calendar
    has."""
    if not MINYEAR <= year <= MAXYEAR:
        return {}
    day, found = min(date(year, 12, 31), today), dict[UUID, Organisation]()
    for body in session.scalars(select(Organisation).where(*_bodies(actor)).order_by(Organisation.kind.desc())):
        assert body.area_id is not None
        there = Area.valid_from <= day, Area.valid_to.is_(None) | (Area.valid_to > day), Area.level == Level.COMMUNE
        inside = select(Area.id).where(Area.id.in_(areas_within(session, body.area_id, today)), *there)
        found.update((area, body) for area in session.scalars(inside) if area not in found)
    return found


def under_all_names(session: Session, actor: Actor, today: date) -> set[UUID]:
    """The communes of the bodies for which somebody enters values, under their names of before and after a local day:
    what was entered before a merger waits for who confirms it after it."""
    areas = session.scalars(select(Organisation.area_id).where(*_bodies(actor)))
    return {one for area_id in areas if area_id is not None for one in areas_within(session, area_id, today)}


def named(session: Session, areas: Collection[UUID]) -> Sequence[Area]:
    """These communes by name."""
    return session.scalars(select(Area).where(Area.id.in_(areas)).order_by(Area.folded_name, Area.code)).all()


def require_enters(session: Session, area_id: UUID | None, actor: Actor, year: int, today: date) -> Organisation:
    """The body for which somebody enters values of a commune. Raises NotFound for others."""
    body = own_areas(session, actor, year, today).get(area_id) if area_id is not None else None
    if body is None:
        raise NotFound
    return body


def decides_for(one: IndicatorValue, actor: Actor) -> UUID:
    """The body for which somebody confirms or refuses a value: the one that entered it, or a party of the state. Raises
    NotFound for who works for neither, Refused("not_sender")."""
    own = heads.bodies_of(actor)
    bodies = [body for body in (one.body_id, *one.programme.of_the_state) if body in own]
    if not bodies:
        raise NotFound
    signing = [body for body in bodies if heads.signs(actor, body)]
    if not signing:
        raise Refused("not_sender")
    return signing[0]


def decidable(waits: Sequence[IndicatorValue], programme: Programme, actor: Actor) -> set[int]:
    """The numbers of those values of a programme about which a body decides for which somebody works."""
    own = heads.bodies_of(actor)
    of_the_state = bool(own & set(programme.of_the_state))
    return {one.number for one in waits if of_the_state or one.body_id in own}


def require_reads(one: IndicatorValue, actor: Actor) -> None:
    """Raises NotFound for who works neither for the body that entered a value nor for a party of its programme."""
    if not heads.bodies_of(actor) & {one.body_id, *one.programme.parties}:
        raise NotFound


def lists_to_enter(session: Session, actor: Actor, today: date) -> Sequence[tuple[Programme, int]]:
    """The public lists by which somebody enters values for a commune, the newest year first."""
    if session.scalar(select(Organisation.id).where(*_bodies(actor)).limit(1)) is None:
        return []
    wanted = (
        select(Programme, IndicatorList.year)
        .select_from(IndicatorList)
        .join(IndicatorList.programme)
        .where(IndicatorList.released_at.is_not(None), IndicatorList.year <= today.year)
        .where(Programme.public_at.is_not(None))
    )
    found = session.execute(wanted.options(joinedload(Programme.matter)).limit(MOST_LISTS * 4)).all()
    pairs = {(one.consultation_id, year): one for one, year in found}
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[0][1], pair[1].matter.title))
    return [(one, year) for (_key, year), one in ordered][:MOST_LISTS]


def to_decide(session: Session, programme: Programme, year: int, actor: Actor, today: date) -> Sequence[IndicatorValue]:
    """The values of a year that wait: of all communes for people of a party, of their own for others."""
    if heads.bodies_of(actor) & set(programme.parties):
        return waiting(session, programme, year)
    return waiting(session, programme, year, under_all_names(session, actor, today))


def waiting(
    session: Session, programme: Programme, year: int, areas: Collection[UUID] | None = None
) -> Sequence[IndicatorValue]:
    """What waits to be confirmed in a year, of these communes or of all, in its order."""
    own = [
        IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.year == year,
        IndicatorValue.confirmed_at.is_(None), IndicatorValue.refused_at.is_(None),
    ]  # fmt: skip
    own += [] if areas is None else [IndicatorValue.area_id.in_(areas)]
    whole = joinedload(IndicatorValue.area), joinedload(IndicatorValue.body)
    wanted = select(IndicatorValue).where(*own).options(*whole).order_by(IndicatorValue.number)
    return session.scalars(wanted.limit(MOST_WAITING)).all()


def _bodies(actor: Actor) -> list[ColumnElement[bool]]:
    return [
        Organisation.id.in_(heads.bodies_of(actor)), Organisation.kind.in_(ENTERS),
        Organisation.level == Level.COMMUNE, Organisation.area_id.is_not(None),
    ]  # fmt: skip
