"""What one programme leaves open, the next one takes over: as tasks of a plan, with a trace in both."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.heirs import with_predecessors
from consult.programme import facts
from consult.programme.head_models import FurtherParty, Programme
from consult.programme.promise_models import Promise
from consult.programme.words import Ending
from consult.programme.year.models import TakenOver, Task, YearPlan
from consult.relationships import along

MOST = 200


def left_open(session: Session, programme: Programme, day: date) -> Sequence[Promise]:
    """What earlier public programmes of the same parties, or of bodies that these had taken over from by the local
    `day`, left open and nobody took over: those programmes began and ended before this one ends. By their day."""
    first, second, *others = (with_predecessors(session, party, day) for party in programme.parties)
    taken = exists().where(TakenOver.from_id == Promise.consultation_id, TakenOver.from_number == Promise.number)
    earlier = (
        select(Programme.consultation_id)
        .where(Programme.first_party_id.in_(first), Programme.second_party_id.in_(second))
        .where(_joined_too(frozenset().union(*others)), Programme.public_at.is_not(None))
        .where(Programme.valid_from < programme.valid_from, Programme.valid_to < programme.valid_to)
    )
    wanted = (
        select(Promise)
        .where(Promise.consultation_id.in_(earlier), Promise.public_at.is_not(None), Promise.ended_on.is_(None), ~taken)
        .options(joinedload(Promise.by), joinedload(Promise.matter))
    )
    return session.scalars(wanted.order_by(Promise.due_on, Promise.consultation_id, Promise.number).limit(MOST)).all()


def _joined_too(others: frozenset[UUID]) -> ColumnElement[bool]:
    """Of a programme of many, one that one of the others signed too; of two, one of two: the programme with the
    religious organisations is none before that of the Front and the department alone."""
    signed = select(FurtherParty.consultation_id)
    if not others:
        return Programme.consultation_id.not_in(signed)
    return Programme.consultation_id.in_(signed.where(FurtherParty.body_id.in_(others)))


def trace_of(session: Session, promise: Promise) -> tuple[Promise | None, Promise | None]:
    """Of a promise the one that it goes on with, and the one, public by now, as which it goes on. Two statements."""
    own = TakenOver.consultation_id == promise.consultation_id, TakenOver.id == promise.id
    row = session.scalar(select(TakenOver).where(*own))
    named = () if row is None else (Promise.consultation_id == row.from_id, Promise.number == row.from_number)
    before = session.scalar(select(Promise).where(*named)) if named else None
    later = _goes_on(session, promise.consultation_id, [promise.number]).get(promise.number)
    return before, later if later is not None and later.public_at is not None else None


def kept(task: Task, before: Promise) -> TakenOver:
    """The trace from a task to the promise that it goes on with."""
    return TakenOver(
        id=task.id, consultation_id=task.consultation_id, from_id=before.consultation_id, from_number=before.number
    )  # fmt: skip


def keep(session: Session, tasks: Sequence[Task], owed: Sequence[Promise]) -> None:
    """The traces from tasks to what each goes on with. Raises Refused("taken_over_already") where another programme
    took one of them over at the same moment."""
    session.flush()
    session.add_all(kept(task, one) for task, one in zip(tasks, owed, strict=True))
    try:
        session.flush()
    except IntegrityError as twice:
        raise Refused("taken_over_already") from twice


def require_left_open(chosen: Collection[UUID], left: Sequence[Promise]) -> None:
    """Raises Refused("taken_over_already") where something that was chosen is left open no more: it ended since, or
    another programme took it over."""
    if set(chosen) - {one.id for one in left}:
        raise Refused("taken_over_already")


def forget(session: Session, task: Task) -> None:
    """A task that was taken out before its plan was public goes on with nothing."""
    own = TakenOver.consultation_id == task.consultation_id, TakenOver.id == task.id
    session.execute(delete(TakenOver).where(*own))


def require_open(session: Session, plan: YearPlan) -> None:
    """Raises Refused("taken_over_ended") where something that a task goes on with has ended by now in another way: it
    would be done under one programme and open under the next."""
    same = (Promise.consultation_id == TakenOver.from_id, Promise.number == TakenOver.from_number)
    own = (TakenOver.consultation_id == plan.consultation_id, Task.plan_id == plan.id)
    ended = select(TakenOver.id).join(TakenOver.task).join(Promise, and_(*same))
    if session.scalar(ended.where(*own, Promise.ended_on.is_not(None)).limit(1)) is not None:
        raise Refused("taken_over_ended")


def have_ended(session: Session, plan: YearPlan, now: datetime) -> None:
    """Has the promises that the tasks of a public plan go on with ended under their own programme, by the worker: no
    act writes under two matters."""
    own = select(TakenOver).join(TakenOver.task).where(TakenOver.consultation_id == plan.consultation_id)
    by_matter: dict[UUID, list[int]] = defaultdict(list)
    for one in session.scalars(own.where(Task.plan_id == plan.id)):
        by_matter[one.from_id].append(one.from_number)
    for matter, numbers in by_matter.items():
        emit(session, "promises_taken_over", now, matter, promises=sorted(numbers))


def after_agreed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """promises_taken_over: what goes on elsewhere ends where it was promised, once."""
    for message in messages:
        if message.consultation_id is not None:
            with writing(session, message.consultation_id):
                _end(session, message.consultation_id, message.payload["promises"], now)


def told_of(session: Session, consultation_id: UUID, numbers: Collection[int]) -> dict[int, str]:
    """By the numbers of promises of a matter that were taken over, the hash of where they go on."""
    found = _goes_on(session, consultation_id, numbers)
    own = Promise.consultation_id == consultation_id, Promise.number.in_(list(found))
    return {
        one.number: entries.hash_of(_told(one, found[one.number]))
        for one in session.scalars(select(Promise).where(*own))
    }


def _end(session: Session, consultation_id: UUID, numbers: Sequence[int], now: datetime) -> None:
    today: date = clock.local_day(now)
    found = _goes_on(session, consultation_id, numbers)
    own = Promise.consultation_id == consultation_id, Promise.number.in_(list(found)), Promise.ended_on.is_(None)
    acts = []
    for one in session.scalars(select(Promise).where(*own).order_by(Promise.number)):
        one.ended_on, one.ending = today, Ending.TAKEN_OVER
        told = entries.hash_of(_told(one, found[one.number]))
        acts.append(entries.promise_ended(one.number, one.ending, today, told))
    if acts:
        ledger.append(session, consultation_id, acts, now)
        session.get_one(Consultation, consultation_id).touch()


def _goes_on(session: Session, consultation_id: UUID, numbers: Collection[int]) -> dict[int, Promise]:
    wanted = (
        select(TakenOver.from_number, Promise)
        .join(TakenOver.task)
        .join(Promise, along(Task.promise))
        .where(TakenOver.from_id == consultation_id, TakenOver.from_number.in_(list(numbers)))
        .options(joinedload(Promise.matter))
    )
    return {number: promise for number, promise in session.execute(wanted)}


def _told(promise: Promise, later: Promise) -> dict[str, Any]:
    return facts.of_taking_over(promise, later.matter.slug, later.number)
