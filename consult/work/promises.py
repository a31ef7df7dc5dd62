"""What waits of programmes for the bodies of a person: what was promised, how much of it is late, and each next step
that is theirs, with the first of its days."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.policy import Actor
from consult.programme import heads
from consult.programme.next_steps import service as next_steps
from consult.programme.next_steps.steps import Step
from consult.programme.next_steps.words import StepGroup
from consult.programme.promised import mine
from consult.work.waits import Waiting
from consult.work.words import Queue

_ASKED = (
    (Queue.PROGRAMME_TO_DO, StepGroup.DO), (Queue.PROGRAMME_TO_RELEASE, StepGroup.RELEASE),
    (Queue.PROGRAMME_TO_AGREE, StepGroup.AGREE),
)  # fmt: skip
OWED_STEPS = frozenset({Queue.PROMISES_LATE, Queue.PROMISES_TO_DECIDE, *(queue for queue, _group in _ASKED)})
"""What waits for a step now: an open promise has its own day and its own reminders."""


def waiting(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """A line for each kind and matter of which there is something, in a number of statements that does not grow."""
    counted = mine.counts(session, heads.bodies_of(actor), clock.local_day(now))
    steps = next_steps.waiting(session, actor, now)
    ids = {*counted, *(one.matter_id for one in steps)}
    matters = {
        one.id: one for one in session.scalars(select(Consultation).where(Consultation.id.in_(list(ids))))
    } if ids else {}  # fmt: skip
    kinds = (Queue.PROMISES_LATE, "late"), (Queue.PROMISES_OPEN, "open"), (Queue.PROMISES_TO_DECIDE, "to_decide")
    promised = [
        Waiting(queue, matters[one], getattr(count, name))
        for queue, name in kinds
        for one, count in counted.items()
        if getattr(count, name)
    ]
    return [*promised, *_steps(steps, matters)]


def owed_steps(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """The same without promises that are merely open: what waits for a step of who works for an organisation."""
    return [one for one in waiting(session, actor, now) if one.queue in OWED_STEPS]


def _steps(steps: Collection[Step], matters: Mapping[UUID, Consultation]) -> list[Waiting]:
    """What is asked by matter, in the order in which the first of it is due."""
    found: dict[tuple[Queue, UUID], list[Step]] = {}
    for queue, group in _ASKED:
        for one in steps:
            if one.group is group:
                found.setdefault((queue, one.matter_id), []).append(one)
    return [
        Waiting(
            queue, matters[matter_id], len(own), due_on=min((one.due_on for one in own if one.due_on), default=None)
        )
        for (queue, matter_id), own in found.items()
    ]
