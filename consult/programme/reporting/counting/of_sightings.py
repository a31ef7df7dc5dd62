"""What people saw: sightings, the cases that were made of them, and what became of these."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.promise_models import Promise
from consult.programme.reporting import opinions, promised
from consult.programme.reporting.numbers import Listed, Number, Row, Scope, Section
from consult.programme.sightings.models import SightingCase, SolvedWord
from consult.programme.words import Ending, PromiseKind

CASES = promised.of_kind(PromiseKind.CASE)


def numbers(scope: Scope) -> Sequence[Number]:
    """What was seen and told to both parties within a span, and the public cases. A case that was opened again is open:
    its earlier end is told as such."""
    matters = scope.matters(Kind.SIGHTINGS)
    return [
        opinions.received(scope, matters, "sightings"),
        opinions.answered(scope, matters, "sightings_answered"),
        _cases(scope, "cases", promised.made_within(scope)),
        _cases(scope, "cases_done", promised.ended_within(scope, Ending.DONE)),
        _reopened(scope),
        _cases(scope, "cases_open", promised.open_at_end(scope), adds_up=False),
        _cases(scope, "cases_late", promised.late_at_end(scope), adds_up=False),
    ]


SECTION = Section("sightings", numbers, apart=True)


def _cases(scope: Scope, code: str, only: Sequence[ColumnElement[bool]], adds_up: bool = True) -> Number:
    listed = _listed(scope).where(*only).order_by(Promise.first_due_on, Promise.consultation_id, Promise.number)
    return Number(code, listed, lambda row: _told(scope, row), adds_up)


def _reopened(scope: Scope) -> Number:
    """How often somebody who reported said that it is not solved, by the day on which the case was opened again."""
    within = SolvedWord.said_at >= scope.span.start, SolvedWord.said_at < scope.span.end
    listed = (
        _listed(scope)
        .add_columns(SolvedWord.said_at)
        .join(SightingCase.words)
        .where(SolvedWord.due_on.is_not(None), *within)
        .order_by(SolvedWord.said_at, SolvedWord.id)
    )

    def told(row: Any) -> Row:
        return Row(row.text, row.name, day(clock.local_day(row.said_at)), path=_path(row))

    return Number("cases_reopened", listed, told)


def _listed(scope: Scope) -> Listed:
    return (
        select(
            Promise.number, Promise.text, Promise.first_due_on, Promise.due_on, Promise.ended_on, Promise.ending,
            Organisation.name, Consultation.slug,
        )
        .select_from(SightingCase)
        .join(SightingCase.promise)
        .join(Promise.by)
        .join(Promise.matter)
        .where(Promise.consultation_id.in_(list(scope.matters(Kind.SIGHTINGS))), *CASES)
    )  # fmt: skip


def _told(scope: Scope, row: Any) -> Row:
    ended, state = promised.stands(scope, row)
    return Row(row.text, row.name, day(row.first_due_on), day(ended), state, _path(row))


def _path(row: Any) -> str:
    return f"/phan-anh/{row.slug}/{row.number}/"
