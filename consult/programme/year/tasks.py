"""The tasks of a year: written by either party, public once both agreed, and adjusted with a reason from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.ledger.entries import Act
from consult.people.models import Area, Organisation
from consult.policy import Actor
from consult.programme import facts, heads, promises
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.promises import NewPromise
from consult.programme.words import PromiseKind
from consult.programme.year import taking_over, task_list
from consult.programme.year.models import Task, TaskChange, YearPlan
from consult.text import one_line, stored

MOST_TASKS = 200


@dataclass(frozen=True)
class NewTask:
    """A task as typed: who does what with whom until when (a local day), with what money from where, what comes out of
    it; `reason` says why a public plan is adjusted."""

    text: str
    by_id: UUID | None
    due_on: date | None
    others: str = ""
    money: str = ""
    source: str = ""
    output: str = ""
    sentence: str = ""
    area_id: UUID | None = None
    reason: str = ""


def add(session: Session, programme: Programme, year: int, new: NewTask, actor: Actor, now: datetime) -> Task:
    """One more task; into a public plan with a reason. Raises Invalid, NotFound, Refused("plan_full")."""
    with writing(session, programme.consultation_id):
        heads.require_party(programme, actor)
        plan = opened(session, programme, year)
        _check(session, new, plan, None)
        if len(task_list.tasks_of(session, plan)) >= MOST_TASKS:
            raise Refused("plan_full")
        task = made(session, programme, plan, new, actor, now)
        session.flush()
        if plan.public_at is None:
            heads.disagree(plan)
            return task
        _note(session, task, {}, new.reason, actor, now)
        _publish(session, programme, [task], now)
    return task


def change(
    session: Session, programme: Programme, year: int, number: int, new: NewTask, actor: Actor, now: datetime
) -> None:
    """A task as it is to be from now on. Of a public one what stood there is kept with the reason, and its day is moved
    where it is followed, not here; another body owes it where the one that follows it says so. Raises Invalid,
    NotFound, Refused("promise_ended" | "keeper_decides")."""
    with writing(session, programme.consultation_id):
        heads.require_party(programme, actor)
        plan = task_list.plan_of(session, programme, year)
        task = task_list.task_of(session, plan, number)
        before = task_list.told(task)
        _check(session, new, task.plan, task)
        _require_open(task)
        if new.by_id != task.promise.by_id:
            _require_keeper(task, actor)
        _fill(programme, task, task.promise, new)
        if task.plan.public_at is None:
            task.promise.due_on = task.promise.first_due_on = new.due_on or task.promise.due_on
            heads.disagree(task.plan)
        elif task_list.told(task) != before:
            _note(session, task, before, new.reason, actor, now)
            entry = entries.promise_changed(number, _hash(task), stored(new.reason))
            _log(session, programme, [entry], now)
            _hand_over(session, task.promise, before, now)


def remove(
    session: Session, programme: Programme, year: int, number: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Takes a task out; out of a public plan with a reason, by who follows it, and it stays to be read there as taken
    out. Raises Invalid, NotFound, Refused("promise_ended" | "keeper_decides")."""
    with writing(session, programme.consultation_id):
        heads.require_party(programme, actor)
        plan = task_list.plan_of(session, programme, year)
        task = task_list.task_of(session, plan, number)
        _require_open(task)
        if task.plan.public_at is None:
            heads.disagree(task.plan)
            promise = task.promise
            taking_over.forget(session, task)
            session.delete(task)
            session.flush()
            session.delete(promise)
            return
        if errors := _reason(reason):
            raise Invalid(errors)
        _require_keeper(task, actor)
        _note(session, task, task_list.told(task), reason, actor, now)
        _log(session, programme, [promises.withdraw(task.promise, stored(reason), now)], now)


def agree(session: Session, programme: Programme, year: int, actor: Actor, now: datetime) -> bool:
    """One party agrees to the plan; True once it is public, with all its tasks. Raises as `heads.agree`, and
    Refused("plan_empty" | "programme_not_public" | "taken_over_ended")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        plan = task_list.plan_of(session, programme, year)
        own = task_list.tasks_of(session, plan)
        if plan is None or not own:
            raise Refused("plan_empty")
        if programme.public_at is None:
            raise Refused("programme_not_public")
        taking_over.require_open(session, plan)
        public = heads.agree(programme, plan, actor, now)
        if public:
            numbers = [one.promise.number for one in own]
            _log(session, programme, [entries.plan_agreed(year, numbers)], now)
            _publish(session, programme, own, now)
            taking_over.have_ended(session, plan, now)
    return public


def _hash(task: Task) -> str:
    return entries.hash_of(facts.of_promise(task.promise, task_list.details(task)))


def _publish(session: Session, programme: Programme, own: Sequence[Task], now: datetime) -> None:
    _log(session, programme, [promises.publish(one.promise, task_list.details(one), now) for one in own], now)
    for body in {one.promise.by_id for one in own}:
        numbers = [one.promise.number for one in own if one.promise.by_id == body]
        promises.have_told(session, programme.consultation_id, "made", body, numbers, now)


def _hand_over(session: Session, promise: Promise, before: dict[str, str], now: datetime) -> None:
    """Who owes it from now on is told as who owed it first was, and reminded anew."""
    if before["by_id"] != str(promise.by_id):
        promise.reminded_on = None
        promises.have_told(session, promise.consultation_id, "made", promise.by_id, [promise.number], now)


def _log(session: Session, programme: Programme, acts: Sequence[Act], now: datetime) -> None:
    ledger.append(session, programme.consultation_id, acts, now)
    session.get_one(Consultation, programme.consultation_id).touch()


def opened(session: Session, programme: Programme, year: int) -> YearPlan:
    """The plan of a year, begun where there is none; inside `writing`. Raises NotFound."""
    plan = task_list.plan_of(session, programme, year)
    if plan is None:
        plan = YearPlan(id=new_id(), consultation_id=programme.consultation_id, year=year)
        session.add(plan)
        session.flush()
    return plan


def made(session: Session, programme: Programme, plan: YearPlan, new: NewTask, actor: Actor, now: datetime) -> Task:
    """A task of a plan, which whoever calls has checked; inside `writing`."""
    assert new.by_id is not None and new.due_on is not None
    keeper = programme.keeper_of(new.by_id, heads.require_party(programme, actor))
    promise = promises.make(
        session, programme.consultation_id,
        NewPromise(PromiseKind.TASK, new.text, new.by_id, keeper, new.due_on, new.area_id), actor, now,
    )  # fmt: skip
    task = Task(id=promise.id, consultation_id=programme.consultation_id, plan_id=plan.id)
    _fill(programme, task, promise, new)
    session.add(task)
    return task


def _fill(programme: Programme, task: Task, promise: Promise, new: NewTask) -> None:
    assert new.by_id is not None
    promise.text, promise.by_id, promise.area_id = stored(new.text), new.by_id, new.area_id
    promise.keeper_id = programme.keeper_of(new.by_id, promise.keeper_id)
    for name in task_list.DETAILS:
        setattr(task, name, one_line(getattr(new, name)))


def _require_open(task: Task) -> None:
    if task.promise.ended_on is not None:
        raise Refused("promise_ended")


def _require_keeper(task: Task, actor: Actor) -> None:
    """What is public ends, or passes to another body, by who follows it and never by who owes it, as everywhere
    (`promises.decides`)."""
    if task.promise.public_at is not None and task.promise.keeper_id not in heads.bodies_of(actor):
        raise Refused("keeper_decides")


def _check(session: Session, new: NewTask, plan: YearPlan, task: Task | None) -> None:
    errors = {name: "too_long" for name in task_list.DETAILS if len(one_line(getattr(new, name))) > size_limits.SHORT}
    text = stored(new.text)
    if not text or len(text) > size_limits.SHORT:
        errors["text"] = "too_long" if text else "required"
    if new.by_id is None or session.get(Organisation, new.by_id) is None:
        errors["by"] = "required"
    if new.area_id is not None and session.get(Area, new.area_id) is None:
        errors["area"] = "not_a_choice"
    if task is None or plan.public_at is None:
        if new.due_on is None:
            errors["due_on"] = "required"
        elif new.due_on.year != plan.year:
            errors["due_on"] = "not_of_this_year"
    if plan.public_at is not None:
        errors |= _reason(new.reason)
    if errors:
        raise Invalid(errors)


def _reason(reason: str) -> dict[str, str]:
    said = stored(reason)
    return {} if said and len(said) <= size_limits.TEXT else {"reason": "too_long" if said else "required"}


def _note(session: Session, task: Task, before: dict[str, str], reason: str, actor: Actor, now: datetime) -> None:
    kept = TaskChange(
        id=new_id(), consultation_id=task.consultation_id, task_id=task.id, at=now, by_id=heads.person(actor),
        reason=stored(reason), before=before,
    )  # fmt: skip
    session.add(kept)
