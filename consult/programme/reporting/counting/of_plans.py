"""The plan of the year held against what was done: tasks, planned critiques, exchanges with what they decided."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, false, or_, select

from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.programme.exchanges.models import Exchange
from consult.programme.facts import day
from consult.programme.models import CritiquePlan, PlannedCritique
from consult.programme.promise_models import Promise
from consult.programme.reporting import promised
from consult.programme.reporting.numbers import Number, Row, Scope, Section
from consult.programme.words import QUARTERS, Ending, PromiseKind

TASKS = promised.of_kind(PromiseKind.TASK)
DECIDED = promised.of_kind(PromiseKind.DECISION)
MONTHS = 3


def numbers(scope: Scope) -> Sequence[Number]:
    """What was planned for a span and what came of it; every planned task is in exactly one of the six numbers after
    the first. The Front's plan of critiques is told under the programme of two, and not again under one of many."""
    planned = [] if scope.programme.further else _critiques(scope)
    return [*_tasks(scope), *planned, _exchanges(scope), *_decided(scope)]


SECTION = Section("plan", numbers)
PLANNED = "tasks_planned"


def _tasks(scope: Scope) -> Sequence[Number]:
    due = Promise.first_due_on.between(scope.span.since, scope.span.until)
    ended, planned = Promise.ended_on <= scope.as_of, [*TASKS, due]
    still = Promise.ended_on.is_(None) | (Promise.ended_on > scope.as_of)
    in_time = Promise.ended_on <= Promise.first_due_on
    parts = {
        PLANNED: [],
        "tasks_in_time": [ended, Promise.ending == Ending.DONE, in_time],
        "tasks_done_late": [ended, Promise.ending == Ending.DONE, ~in_time],
        "tasks_late": [still, Promise.first_due_on < scope.as_of],
        "tasks_open": [still, Promise.first_due_on >= scope.as_of],
        "tasks_withdrawn": [ended, Promise.ending == Ending.WITHDRAWN],
        "tasks_taken_over": [ended, Promise.ending == Ending.TAKEN_OVER],
    }
    return [promised.number(scope, code, [*planned, *only], code == PLANNED) for code, only in parts.items()]


def _critiques(scope: Scope) -> Sequence[Number]:
    """The lines of the Front's public plan for the quarters of the span, and those whose matter was public by then."""
    quarters = [
        and_(CritiquePlan.year == year, PlannedCritique.quarter.is_(None) | PlannedCritique.quarter.in_(covered))
        for year, covered in _quarters(scope)
    ]
    listed = (
        select(PlannedCritique.subject, PlannedCritique.quarter, Organisation.name, Consultation.slug,
               Consultation.published_at)
        .join(PlannedCritique.plan)
        .outerjoin(PlannedCritique.drafting_body)
        .outerjoin(PlannedCritique.consultation)
        .where(CritiquePlan.organisation_id.in_(scope.bodies), CritiquePlan.published_at.is_not(None))
        .where(PlannedCritique.removed_at.is_(None), or_(false(), *quarters))
        .order_by(CritiquePlan.year, PlannedCritique.id)
    )  # fmt: skip
    came = Consultation.published_at.is_not(None) & (Consultation.published_at < scope.span.end)
    return [
        Number("critiques_planned", listed, _of_critique),
        Number("critiques_planned_open", listed.where(came), _of_critique, adds_up=False),
    ]


def _quarters(scope: Scope) -> Iterator[tuple[int, list[int]]]:
    """Each year of the span with the quarters whose last month lies in it."""
    since, until = scope.span.since, scope.span.until
    for year in range(since.year, until.year + 1):
        first = since.month if year == since.year else 1
        last = until.month if year == until.year else MONTHS * len(QUARTERS)
        yield year, [one for one in QUARTERS if first <= one * MONTHS <= last]


def _of_critique(row: Any) -> Row:
    return Row(row.subject, row.name or "", path=f"/lay-y-kien/{row.slug}/" if row.published_at else "")


def _exchanges(scope: Scope) -> Number:
    listed = (
        select(Exchange.number, Exchange.year, Exchange.quarter, Exchange.held_on, Exchange.place)
        .where(Exchange.consultation_id == scope.own, Exchange.public_at.is_not(None))
        .where(Exchange.held_on.between(scope.span.since, scope.span.until))
        .order_by(Exchange.held_on, Exchange.number)
    )
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        path = f"/chuong-trinh/{slug}/trao-doi/{row.number}/"
        return Row(f"{row.quarter}/{row.year}", row.place, day(row.held_on), path=path)

    return Number("exchanges", listed, told)


def _decided(scope: Scope) -> Sequence[Number]:
    return [
        promised.number(scope, "decisions", [*DECIDED, *promised.made_within(scope)]),
        promised.number(scope, "decisions_done", [*DECIDED, *promised.ended_within(scope, Ending.DONE)]),
        promised.number(scope, "decisions_late", [*DECIDED, *promised.late_at_end(scope)], adds_up=False),
    ]
