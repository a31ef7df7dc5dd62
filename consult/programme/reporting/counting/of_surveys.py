"""Surveys: which were opened and which results are public. What was answered, and by how many, is told by the page of
a survey alone, in groups that are large enough."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from consult import clock
from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.surveys.models import Survey


def numbers(scope: Scope) -> Sequence[Number]:
    """The surveys that were opened, and those whose results became public, within the span."""
    return [
        _number(scope, "surveys_opened", Survey.opened_at),
        _number(scope, "surveys_published", Survey.released_at),
    ]


SECTION = Section("surveys", numbers)


def _number(scope: Scope, code: str, at: InstrumentedAttribute[datetime | None]) -> Number:
    listed = (
        select(Survey.number, Survey.title, at.label("at"), Organisation.name)
        .join(Survey.body)
        .where(Survey.consultation_id == scope.own, at >= scope.span.start, at < scope.span.end)
        .order_by(at, Survey.number)
    )
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        path = f"/chuong-trinh/{slug}/khao-sat/{row.number}/"
        return Row(row.title, row.name, day(clock.local_day(row.at)), path=path)

    return Number(code, listed, told)
