"""The tasks with which a plan goes on with what an earlier programme left open."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.people.heirs import heirs
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.year import taking_over, task_list, tasks
from consult.programme.year.models import Task
from consult.programme.year.tasks import MOST_TASKS, NewTask


def take_over(
    session: Session, programme: Programme, year: int, chosen: Collection[UUID], due_on: date | None, actor: Actor,
    now: datetime,
) -> list[Task]:  # fmt: skip
    """What an earlier programme left open goes on as tasks of a plan that is not public yet, due on one day; who owed
    it, or the body that took over from that one, goes on owing it. Raises Invalid, NotFound, Refused("plan_public" |
    "plan_full" | "taken_over_already")."""
    with writing(session, programme.consultation_id):
        heads.require_party(programme, actor)
        plan = tasks.opened(session, programme, year)
        if plan.public_at is not None:
            raise Refused("plan_public")
        today = clock.local_day(now)
        own = [one for one in taking_over.left_open(session, programme, today) if one.id in chosen]
        if due_on is not None and due_on.year == year:
            taking_over.require_left_open(chosen, own)
        _check(own, due_on, year)
        assert due_on is not None
        if len(task_list.tasks_of(session, plan)) + len(own) > MOST_TASKS:
            raise Refused("plan_full")
        owes = heirs(session, {one.by_id for one in own}, today)
        made = [
            tasks.made(
                session, programme, plan, NewTask(one.text, owes[one.by_id].id, due_on, area_id=one.area_id), actor, now
            )
            for one in own
        ]
        taking_over.keep(session, made, own)
        heads.disagree(plan)
    return made


def _check(own: Sequence[Promise], due_on: date | None, year: int) -> None:
    errors = {} if own else {"chosen": "required"}
    if due_on is None or due_on.year != year:
        errors["taken_due_on"] = "not_of_this_year" if due_on else "required"
    if errors:
        raise Invalid(errors)
