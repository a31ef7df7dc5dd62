"""What waits for the agreement of a party: the programme itself, the plan of a year, minutes and reports."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_

from consult.programme.exchanges.models import Exchange
from consult.programme.head_models import Agreement, Programme
from consult.programme.next_steps.whose import Whose, parties, row
from consult.programme.next_steps.words import NextStep
from consult.programme.reporting.models import Report
from consult.programme.year.models import Task, YearPlan
from consult.relationships import along


def rows(whose: Whose) -> Iterator[Select[Any]]:
    """For who signs for a party that has not agreed yet, and agreed for no other one. Minutes wait once they are
    written, a plan once it has a task, a report once its numbers are frozen."""
    yield row(NextStep.PROGRAMME, Programme, 0, "", None, *_open(Programme, whose, public=False))
    tasks = exists().where(along(Task.plan))
    yield row(NextStep.YEAR_PLAN, YearPlan, YearPlan.year, "", None, tasks, *_open(YearPlan, whose))
    held = Exchange.held_on.is_not(None), Exchange.minutes != ""
    yield row(NextStep.EXCHANGE, Exchange, Exchange.number, "", None, *held, *_open(Exchange, whose))
    frozen = Report.as_of.is_not(None)
    yield row(NextStep.REPORT, Report, Report.number, "", None, frozen, *_open(Report, whose))


def _open(thing: Any, whose: Whose, public: bool = True) -> list[ColumnElement[bool]]:
    by_me = exists().where(along(thing.agreements), Agreement.by_id == whose.person)
    lacking = [_lacks(thing, body, public) for body in sorted(whose.signing)]
    return [thing.public_at.is_(None), or_(false(), *lacking), ~by_me]


def _lacks(thing: Any, body: UUID, public: bool) -> ColumnElement[bool]:
    """Whether this body is a party, and has not agreed."""
    agreed = exists().where(along(thing.agreements), Agreement.body_id == body)
    return and_(thing.consultation_id.in_(parties([body], public)), ~agreed)
