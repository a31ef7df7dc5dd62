"""What one line of waiting work is, and how what waits in many matters is counted in one statement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.deputies import stands_in_for
from consult.policy import Actor
from consult.relationships import along
from consult.responses.desk.listing.case_filters import Handler
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment
from consult.work.words import DraftStep, Queue

Counted = Mapping[UUID, int]


@dataclass(frozen=True)
class UnitLate:
    """So much is late in the hands of one unit (empty where no unit has it), the longest by so many days."""

    unit: str
    count: int
    longest: int


@dataclass(frozen=True)
class Waiting:
    """So much of one kind waits in one matter; `mine` where only what is in one's own hands counts, `draft_id` names
    the letter where it is one. Of what is late, `longest` says by how many days at most and `units` in whose hands.
    `since` says from when a matter or a draft waits, `steps` what is still to be done before it is made public,
    `due_on` the first of the days until which something of it is expected."""

    queue: Queue
    consultation: Consultation
    count: int
    mine: bool = False
    draft_id: UUID | None = None
    longest: int = 0
    units: tuple[UnitLate, ...] = ()
    since: datetime | None = None
    steps: tuple[DraftStep, ...] = ()
    due_on: date | None = None


def ids(matters: Iterable[Consultation]) -> list[UUID]:
    """The ids of these matters."""
    return [one.id for one in matters]


def lines(queue: Queue, matters: Iterable[Consultation], counted: Counted, mine: bool = False) -> list[Waiting]:
    """A line for each of these matters in which something was counted."""
    return [Waiting(queue, one, counted[one.id], mine) for one in matters if counted.get(one.id)]


def handler(session: Session, actor: Actor, now: datetime) -> Handler:
    """Who looks, with their units and whom they stand in for at the instant `now`. One statement."""
    units = frozenset(seat.unit_id for seat in actor.seats if seat.unit_id is not None)
    return Handler(actor.user_id, units, stands_in=stands_in_for(session, actor.user_id, now), now=now)


def comments(matters: Iterable[Consultation], *first: ColumnElement[bool]) -> Any:
    """How many comments of each matter wait for an answer, as a statement; `first` is asked before that, since it holds
    of few."""
    return (
        select(Comment.consultation_id, func.count())
        .select_from(Comment)
        .where(Comment.consultation_id.in_(ids(matters)), *first, outcome_is(Outcome.AWAITING))
        .group_by(Comment.consultation_id)
    )


def handed(statement: Any) -> Any:
    """The same beside who has each in hand."""
    return statement.outerjoin(Assignment, along(Assignment.comment) & latest_assignment())


def counted(session: Session, statement: Any, matters: Collection[Consultation]) -> Counted:
    """The numbers by matter; none without matters."""
    if not matters:
        return {}
    return {consultation_id: number for consultation_id, number in session.execute(statement)}
