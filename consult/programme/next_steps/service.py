"""What of all programmes waits for a step of a person: found in a number of statements that does not grow."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.policy import Actor
from consult.programme.next_steps import dated, to_agree, to_do, to_release
from consult.programme.next_steps.steps import Step
from consult.programme.next_steps.whose import Whose, whose
from consult.programme.next_steps.words import NextStep
from consult.programme.surveys.entering import where

MOST = 500
"""How much is told at once."""


def waiting(session: Session, actor: Actor, now: datetime) -> list[Step]:
    """Everything of programmes that waits for `actor`, by its day, what has none last. Whoever works for no body is
    told nothing."""
    own, today = whose(actor), clock.local_day(now)
    if not own.bodies:
        return []
    rows = union_all(*statements(own, where.own_areas(session, actor), today)).subquery()
    ordered = select(rows).order_by(rows.c.due_on.is_(None), rows.c.due_on, rows.c.matter_id, rows.c.kind, rows.c.id)
    found = [
        Step(NextStep(kind), matter_id, number, name, due_on)
        for _id, kind, matter_id, number, name, due_on in session.execute(ordered.limit(MOST))
    ]
    more = [*dated.of_rounds(session, own, today), *dated.of_courses(session, own, today)]
    # Of one model several things may wait: it is one page to open.
    return sorted({*found, *more}, key=_order)


def matters_of(session: Session, steps: Collection[Step]) -> dict[UUID, Consultation]:
    """The matters of these steps by id. One statement at most."""
    ids = {one.matter_id for one in steps}
    found = session.scalars(select(Consultation).where(Consultation.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}


def statements(own: Whose, areas: Any, today: date) -> Sequence[Select[Any]]:
    """The parts of the one statement by which most of it is found."""
    signed = [*to_agree.rows(own), *to_release.rows(own)] if own.signing else []
    return [*signed, *to_do.rows(own, frozenset(areas), today)]


def _order(one: Step) -> tuple[Any, ...]:
    return one.due_on is None, one.due_on or date.min, str(one.matter_id), one.number, one.kind, one.name
