"""The tasks of a yearly plan as they stand, and what was adjusted since it was public."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.errors import NotFound
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.year.models import Task, TaskChange, YearPlan

DETAILS = ("others", "money", "source", "output", "sentence")


def plan_of(session: Session, programme: Programme, year: int) -> YearPlan | None:
    """The plan of a year; None while nobody wrote in it. Raises NotFound for a year outside the programme."""
    if not programme.valid_from.year <= year <= programme.valid_to.year:
        raise NotFound
    named = (YearPlan.consultation_id == programme.consultation_id, YearPlan.year == year)
    return session.scalar(select(YearPlan).where(*named))


def public_plans(session: Session, programme: Programme) -> Sequence[YearPlan]:
    """The public plans of a programme, the newest year first."""
    own = select(YearPlan).where(
        YearPlan.consultation_id == programme.consultation_id, YearPlan.public_at.is_not(None)
    )  # fmt: skip
    return session.scalars(own.order_by(YearPlan.year.desc())).all()


def tasks_of(session: Session, plan: YearPlan | None) -> Sequence[Task]:
    """Its tasks by number, those that were carried out or taken out too."""
    if plan is None:
        return []
    own = select(Task).where(Task.consultation_id == plan.consultation_id, Task.plan_id == plan.id)
    whole = joinedload(Task.promise).options(joinedload(Promise.by), joinedload(Promise.keeper))
    return session.scalars(own.join(Task.promise).options(whole).order_by(Promise.number)).unique().all()


def task_of(session: Session, plan: YearPlan | None, number: int) -> Task:
    """The task of this number in a plan. Raises NotFound."""
    found = next((one for one in tasks_of(session, plan) if one.promise.number == number), None)
    if found is None:
        raise NotFound
    return found


def changes_of(session: Session, plan: YearPlan | None) -> Sequence[TaskChange]:
    """Every adjustment since the plan was public, the newest first."""
    if plan is None:
        return []
    own = select(TaskChange).join(TaskChange.task).where(
        Task.consultation_id == plan.consultation_id, Task.plan_id == plan.id
    )  # fmt: skip
    return session.scalars(own.order_by(TaskChange.at.desc(), TaskChange.id)).all()


def told(task: Task) -> dict[str, str]:
    """What a task says, as texts by the names of its fields."""
    promise = task.promise
    return {
        "text": promise.text, "by_id": str(promise.by_id), "area_id": str(promise.area_id or ""),
        **details(task),
    }  # fmt: skip


def details(task: Task) -> dict[str, str]:
    """What only a task says of what it promises."""
    return {name: getattr(task, name) for name in DETAILS}
