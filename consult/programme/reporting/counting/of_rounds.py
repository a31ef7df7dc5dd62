"""Supervision by the Front: rounds, and what became of what they recommended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.reporting import promised
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.words import Ending, PromiseKind, StepKind
from consult.relationships import along

ASKED = promised.of_kind(PromiseKind.RECOMMENDATION)


def numbers(scope: Scope) -> Sequence[Number]:
    """The rounds of a span, and what they recommended."""
    return [
        _rounds(scope),
        _reported(scope),
        promised.number(scope, "recommendations", [*ASKED, *promised.made_within(scope)]),
        promised.number(scope, "recommendations_done", [*ASKED, *promised.ended_within(scope, Ending.DONE)]),
        promised.number(scope, "recommendations_late", [*ASKED, *promised.late_at_end(scope)], adds_up=False),
    ]


SECTION = Section("rounds", numbers)


def _rounds(scope: Scope) -> Number:
    """Rounds of which something is public, by the day on which they began."""
    public = exists().where(along(Round.steps), RoundStep.released_at.is_not(None))
    within = Round.starts_on.between(scope.span.since, scope.span.until)
    listed = (
        select(Round.number, Round.subject, Round.starts_on, Round.ends_on.label("until"), Organisation.name)
        .join(Round.supervised)
        .where(Round.consultation_id == scope.own, public, within)
        .order_by(Round.starts_on, Round.number)
    )
    return Number("rounds", listed, _told(scope))


def _reported(scope: Scope) -> Number:
    """Reports of rounds, by their day."""
    listed = (
        select(Round.number, Round.subject, RoundStep.day.label("starts_on"), RoundStep.day.label("until"),
               Organisation.name)
        .select_from(RoundStep).join(RoundStep.round).join(Round.supervised)
        .where(RoundStep.consultation_id == scope.own, RoundStep.kind == StepKind.REPORT)
        .where(RoundStep.released_at.is_not(None), RoundStep.day.between(scope.span.since, scope.span.until))
        .order_by(RoundStep.day, Round.number, RoundStep.number)
    )  # fmt: skip
    return Number("rounds_reported", listed, _told(scope))


def _told(scope: Scope) -> Any:
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        path = f"/chuong-trinh/{slug}/giam-sat/{row.number}/"
        return Row(row.subject, row.name, day(row.starts_on), day(row.until), path=path)

    return told
