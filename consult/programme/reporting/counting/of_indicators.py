"""Results of protection by commune: values that were confirmed within the span, and those that corrected others."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from consult import clock
from consult.people.models import Area
from consult.programme.facts import day
from consult.programme.indicators import definitions, figures
from consult.programme.indicators.models import IndicatorValue
from consult.programme.reporting.numbers import Number, Row, Scope, Section


def numbers(scope: Scope) -> Sequence[Number]:
    """What communes entered and another person confirmed within the span; of that, what corrected something public."""
    return [
        _number(scope, "results_confirmed", []),
        _number(scope, "results_corrected", [IndicatorValue.reason != ""]),
    ]


SECTION = Section("indicators", numbers)


def _number(scope: Scope, code: str, only: Sequence[ColumnElement[bool]]) -> Number:
    within = IndicatorValue.confirmed_at >= scope.span.start, IndicatorValue.confirmed_at < scope.span.end
    value = IndicatorValue
    listed = (
        select(value.number, value.year, value.indicator, value.value, value.confirmed_at, Area.name)
        .join(IndicatorValue.area)
        .where(IndicatorValue.consultation_id == scope.own, *within, *only)
        .order_by(IndicatorValue.confirmed_at, IndicatorValue.number)
    )
    slug, lists = scope.programme.matter.slug, definitions.by_year(scope.session, scope.programme)

    def told(row: Any) -> Row:
        item = definitions.defined(lists.get(row.year), row.indicator) or {"name": row.indicator, "unit": ""}
        words = f"{item['name']} {row.year}: {figures.written(row.value)} {item['unit']}".strip()
        path = f"/chuong-trinh/{slug}/ket-qua-bao-ve/{row.indicator}/"
        return Row(words, row.name, day(clock.local_day(row.confirmed_at)), path=path)

    return Number(code, listed, told)
