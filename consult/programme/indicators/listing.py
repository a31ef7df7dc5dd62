"""What is public of the results: by commune and year, each year beside the one before only where both measure the same,
and former communes under what they became."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.people.models import Area
from consult.people.territory import standing_for
from consult.programme.head_models import Programme
from consult.programme.indicators import definitions
from consult.programme.indicators.models import IndicatorValue

MOST_YEARS = 6
MOST_VALUES = 20_000
"""Of one indicator or of one year, which communes by far do not reach: what is left out would be told nowhere."""
PAGE_SIZE = 50


@dataclass(frozen=True)
class YearColumn:
    """A year of an indicator: how it was measured, and whether the year before measured something else."""

    year: int
    item: dict[str, str]
    breaks: bool


@dataclass(frozen=True)
class CommuneRow:
    """A commune of today; by year its own value and those of the communes that it came from."""

    area: Area
    cells: dict[int, list[IndicatorValue]]


def columns(session: Session, programme: Programme, code: str) -> list[YearColumn]:
    """The newest years that measure an indicator, the earliest first."""
    lists = definitions.by_year(session, programme)
    found = {year: item for year, one in lists.items() if (item := definitions.defined(one, code)) is not None}
    years, made = sorted(found)[-MOST_YEARS:], list[YearColumn]()
    for year in years:
        before = made[-1].item if made else None
        made.append(YearColumn(year, found[year], before is not None and not definitions.same(before, found[year])))
    return made


def rows(session: Session, told: Sequence[IndicatorValue], today: date) -> list[CommuneRow]:
    """The communes of today with what counts of these confirmed values, by name. A commune that was divided stands
    under each of its heirs. A statement for each step from former communes to those of today."""
    values = newest(told)
    now = standing_for(session, {one.area_id for one in values}, today)
    by_area: dict[UUID, CommuneRow] = {}
    for one in values:
        for area in now[one.area_id]:
            row = by_area.setdefault(area.id, CommuneRow(area, defaultdict(list)))
            row.cells[one.year].append(one)
    return sorted(by_area.values(), key=lambda row: (row.area.folded_name, row.area.code))


def confirmed(
    session: Session, programme: Programme, code: str | None = None, years: Collection[int] | None = None
) -> Sequence[IndicatorValue]:
    """The confirmed values of a programme, those that were corrected too, by year, commune and number."""
    own = [IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.confirmed_at.is_not(None)]
    own += [] if code is None else [IndicatorValue.indicator == code]
    own += [] if years is None else [IndicatorValue.year.in_(years)]
    order = IndicatorValue.year, Area.folded_name, IndicatorValue.area_id, IndicatorValue.number
    wanted = select(IndicatorValue).join(IndicatorValue.area).where(*own).order_by(*order).limit(MOST_VALUES)
    return session.scalars(wanted.options(joinedload(IndicatorValue.area), joinedload(IndicatorValue.body))).all()


def newest(values: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """Of each indicator, year and commune the value that counts."""
    return list({(one.year, one.indicator, one.area_id): one for one in values}.values())


def corrections(told: Iterable[IndicatorValue]) -> list[tuple[IndicatorValue, IndicatorValue]]:
    """Each confirmed value that took the place of another, behind the one that it corrects."""
    found, last = list[tuple[IndicatorValue, IndicatorValue]](), dict[tuple[int, str, UUID], IndicatorValue]()
    for one in told:
        key = (one.year, one.indicator, one.area_id)
        if key in last:
            found.append((last[key], one))
        last[key] = one
    return found


def counts(session: Session, programme: Programme) -> dict[tuple[int, str], int]:
    """In how many communes there is a confirmed value, by year and indicator. One statement."""
    own = (IndicatorValue.consultation_id == programme.consultation_id, IndicatorValue.confirmed_at.is_not(None))
    grouped = select(
        IndicatorValue.year, IndicatorValue.indicator, func.count(IndicatorValue.area_id.distinct())
    ).where(*own)
    found = session.execute(grouped.group_by(IndicatorValue.year, IndicatorValue.indicator))
    return {(year, code): count for year, code, count in found}
