"""Inspections as their newest public version tells them, and what became of the remedies."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from consult.programme.facts import day
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.inspections.naming import told_name
from consult.programme.reporting import promised
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.words import Ending, PromiseKind

OWED = promised.of_kind(PromiseKind.REMEDY)


def numbers(scope: Scope) -> Sequence[Number]:
    """The public results whose decision is of the span, those with a breach or a fine, and the remedies."""
    return [
        _number(scope, "inspections"),
        _number(scope, "inspections_breach", func.json_array_length(InspectionVersion.breaches) > 0),
        _number(scope, "inspections_fined", InspectionVersion.fine > 0),
        promised.number(scope, "remedies", [*OWED, *promised.made_within(scope)]),
        promised.number(scope, "remedies_done", [*OWED, *promised.ended_within(scope, Ending.DONE)]),
        promised.number(scope, "remedies_late", [*OWED, *promised.late_at_end(scope)], adds_up=False),
    ]


SECTION = Section("inspections", numbers)


def _number(scope: Scope, code: str, *only: ColumnElement[bool]) -> Number:
    within = InspectionVersion.decision_on.between(scope.span.since, scope.span.until)
    listed = (
        select(InspectionVersion, Inspection.number.label("place"))
        .join(InspectionVersion.inspection)
        .where(Inspection.consultation_id == scope.own, InspectionVersion.number == Inspection.public_version)
        .where(within, *only)
        .order_by(InspectionVersion.decision_on, Inspection.number)
        .options(joinedload(InspectionVersion.inspected), joinedload(InspectionVersion.area))
    )
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        one: InspectionVersion = row.InspectionVersion
        path = f"/chuong-trinh/{slug}/thanh-tra/{row.place}/"
        return Row(one.subject, told_name(one), day(one.decision_on), path=path)

    return Number(code, listed, told)
