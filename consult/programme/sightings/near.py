"""Sightings that no case has yet, and which of them may be one: of the same kind, near in place and time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult import clock
from consult.catalogues import translations
from consult.consultations.models import Consultation
from consult.programme.promise_models import Promise
from consult.programme.sightings.models import CaseSighting, SightingCase
from consult.relationships import along
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.points import Point
from consult.submissions.sighting_models import SightingPlace
from consult.text import folded

METRES = 300.0
DAYS = 45
"""Within which two sightings of one kind may be of one thing, the province's rule: it is proposed, never done."""
DIGITS = 3
"""Of a degree, about a hundred metres: where a telephone stood nobody makes public by pressing on."""
MOST = 300
_EARTH = 6_371_000.0


@dataclass(frozen=True)
class Sighting:
    """A sighting that no case has: its number, day (said, or of its receipt), kind, commune, words and point."""

    number: int
    day: date
    kind: str
    area_id: str
    area: str
    text: str
    point: Point | None

    @property
    def where(self) -> str:
        """The place as the line of its text tells it."""
        begins = translations("vi").gettext("sighting.line_place") % {"said": ""}
        lines = [line for line in self.text.splitlines()[:3] if line.startswith(begins)]
        return lines[0].removeprefix(begins).strip() if lines else ""

    @property
    def place(self) -> str:
        """The same as it compares with another one's."""
        return folded(self.where)


@dataclass
class MaybeOne:
    """Sightings that may be one, and the open case that they may belong to."""

    sightings: list[Sighting]
    case: SightingCase | None = None

    @property
    def numbers(self) -> list[int]:
        """Their numbers."""
        return [one.number for one in self.sightings]


@dataclass
class Waiting:
    """The oldest sightings that no case has, those that are not answered first, as groups that may be one; `total` is
    how many there are."""

    groups: list[MaybeOne] = field(default_factory=list)
    total: int = 0


def waiting(session: Session, matter: Consultation) -> Waiting:
    """What waits to be joined. Two statements, and one for the open cases."""
    found = _free(session, matter)
    cases = _open_cases(session, matter) if found else []
    groups: list[MaybeOne] = []
    for one in found:
        known = next((group for group in groups if any(may_be_one(one, other) for other in group.sightings)), None)
        if known is None:
            groups.append(MaybeOne([one], next((case for case in cases if _fits(one, case)), None)))
        else:
            known.sightings.append(one)
    return Waiting(groups, _count(session, matter) if len(found) == MOST else len(found))


def may_be_one(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings may be of one thing: by their points, or where one has none by commune and place."""
    if one.kind != other.kind or abs((one.day - other.day).days) > DAYS:
        return False
    if one.point is not None and other.point is not None:
        return metres(one.point, other.point) <= METRES
    return bool(one.place) and one.area_id == other.area_id and one.place == other.place


def metres(one: Point, other: Point) -> float:
    """How far two points lie from each other (great circle)."""
    (south, west), (north, east) = ([radians(degrees) for degrees in point] for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


def middle(sightings: Sequence[Sighting]) -> Point | None:
    """About the middle (`DIGITS`) of the points that are known: proposed for the case, looked at by who opens it."""
    known = [one.point for one in sightings if one.point is not None]
    if not known:
        return None
    north, east = (sum(one[side] for one in known) / len(known) for side in (0, 1))
    return round(north, DIGITS), round(east, DIGITS)


def of_numbers(session: Session, matter: Consultation, numbers: Sequence[int]) -> list[Sighting]:
    """These sightings, of those that no case has and that may be joined. One statement."""
    return _read(session, matter, [Comment.number.in_(numbers)])


def _fits(one: Sighting, case: SightingCase) -> bool:
    if one.kind != case.kind.value or one.day < case.seen_on - timedelta(days=DAYS):
        return False
    if one.point is not None and case.point is not None:
        return metres(one.point, case.point) <= METRES
    return bool(one.place) and one.area_id == str(case.promise.area_id or "") and one.place == folded(case.place)


def _free(session: Session, matter: Consultation) -> list[Sighting]:
    return _read(session, matter, [])


def _joinable(matter: Consultation) -> list:  # type: ignore[type-arg]
    of_case = select(CaseSighting.case_id).where(along(CaseSighting.comment)).correlate(Comment).exists()
    return [
        Comment.consultation_id == matter.id, ~of_case, outcome_is(Outcome.AWAITING, Outcome.ANSWERED),
        ~set_apart_expression(),
    ]  # fmt: skip


def _count(session: Session, matter: Consultation) -> int:
    return session.scalar(select(func.count()).select_from(Comment).where(*_joinable(matter))) or 0


def _read(session: Session, matter: Consultation, narrowed: list) -> list[Sighting]:  # type: ignore[type-arg]
    newest = (
        (select(CommentVersion.text).where(along(Comment.versions)).order_by(CommentVersion.version.desc()).limit(1))
        .correlate(Comment)
        .scalar_subquery()
    )
    wanted = (
        select(Comment.number, Comment.received_at, newest, SightingPlace)
        .outerjoin(SightingPlace, along(SightingPlace.comment))
        .where(*_joinable(matter), *narrowed)
        .options(joinedload(SightingPlace.area))
        .order_by(outcome_is(Outcome.ANSWERED), Comment.number)
        .limit(MOST)
    )
    return [_sighting(*row) for row in session.execute(wanted)]


def _sighting(number: int, received_at: object, text: str | None, place: SightingPlace | None) -> Sighting:
    day = clock.local_day(received_at)  # type: ignore[arg-type]
    if place is None:
        return Sighting(number, day, "", "", "", text or "", None)
    known = place.latitude is not None and place.longitude is not None
    point = (place.latitude, place.longitude) if known else None
    area = place.area.name if place.area is not None else ""
    return Sighting(
        number, place.seen_on or day, place.kind.value, str(place.area_id or ""), area, text or "", point,  # type: ignore[arg-type]
    )  # fmt: skip


def _open_cases(session: Session, matter: Consultation) -> list[SightingCase]:
    open_ = (SightingCase.consultation_id == matter.id, Promise.ended_on.is_(None))
    whole = select(SightingCase).join(SightingCase.promise).options(contains_eager(SightingCase.promise))
    wanted = whole.where(*open_).order_by(Promise.number.desc())
    return list(session.scalars(wanted.limit(MOST)))
