"""Promises as numbers of a report: made, carried out in time and late, open, late at the end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from consult.people.models import Organisation
from consult.programme.facts import day
from consult.programme.promise_models import Promise
from consult.programme.reporting.numbers import Listed, Number, Row, Scope
from consult.programme.words import Ending, PromiseKind

Columns = Sequence[ColumnElement[bool]]


def of_kind(kind: PromiseKind) -> Columns:
    """The public promises of one kind."""
    return [Promise.public_at.is_not(None), Promise.kind == kind]


def number(scope: Scope, code: str, only: Columns, adds_up: bool = True) -> Number:
    """The promises under the programme for which all that holds."""
    return Number(code, _listed(scope).where(*only), _told(scope), adds_up)


def made_within(scope: Scope) -> Columns:
    """Public since a day of the span."""
    return [Promise.public_at >= scope.span.start, Promise.public_at < scope.span.end]


def ended_within(scope: Scope, ending: Ending) -> Columns:
    """Ended so on a day of the span."""
    return [Promise.ending == ending, Promise.ended_on >= scope.span.since, Promise.ended_on <= scope.span.until]


def open_at_end(scope: Scope) -> Columns:
    """Public by the end of the span and not ended by the day on which it is told."""
    there = Promise.public_at < scope.span.end
    return [there, Promise.ended_on.is_(None) | (Promise.ended_on > scope.as_of)]


def late_at_end(scope: Scope) -> Columns:
    """Open then, and its day was over."""
    return [*open_at_end(scope), Promise.due_on < scope.as_of]


def stands(scope: Scope, row: Any) -> tuple[date | None, str]:
    """The day on which a promise had ended by the day on which it is told, and how it stood then
    (`report_state.<code>`)."""
    ended = row.ended_on if row.ended_on is not None and row.ended_on <= scope.as_of else None
    return ended, row.ending.value if ended is not None else "late" if row.due_on < scope.as_of else "open"


def _listed(scope: Scope) -> Listed:
    return (
        select(
            Promise.number, Promise.text, Promise.first_due_on, Promise.due_on, Promise.ended_on, Promise.ending,
            Organisation.name,
        )
        .join(Promise.by)
        .where(Promise.consultation_id == scope.own)
        .order_by(Promise.first_due_on, Promise.number)
    )  # fmt: skip


def _told(scope: Scope) -> Any:
    slug = scope.programme.matter.slug

    def told(row: Any) -> Row:
        ended, state = stands(scope, row)
        path = f"/chuong-trinh/{slug}/cam-ket/{row.number}/"
        return Row(row.text, row.name, day(row.first_due_on), day(ended), state, path)

    return told
