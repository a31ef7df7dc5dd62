"""What the bodies of a person promised, by programme: how much is late, how much is open, and what waits for them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.policy import Actor
from consult.programme import heads
from consult.programme.promised import mine
from consult.work.waits import Waiting
from consult.work.words import Queue


def waiting(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """A line for each kind and programme of which there is something. Two statements."""
    counted = mine.counts(session, heads.bodies_of(actor), clock.local_day(now))
    matters = {
        one.id: one for one in session.scalars(select(Consultation).where(Consultation.id.in_(list(counted))))
    } if counted else {}  # fmt: skip
    kinds = (Queue.PROMISES_LATE, "late"), (Queue.PROMISES_OPEN, "open"), (Queue.PROMISES_TO_DECIDE, "to_decide")
    return [
        Waiting(queue, matters[one], getattr(count, name))
        for queue, name in kinds
        for one, count in counted.items()
        if getattr(count, name)
    ]
