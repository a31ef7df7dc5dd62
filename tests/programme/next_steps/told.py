"""What waits for whom, as tests ask it."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.policy import Actor
from consult.programme.next_steps import service
from consult.programme.next_steps.words import NextStep
from tests.builders import NOW


def told(session: Session, actor: Actor, now: datetime = NOW) -> set[NextStep]:
    """The kinds of what waits for somebody at an instant."""
    session.flush()
    return {one.kind for one in service.waiting(session, actor, now)}
