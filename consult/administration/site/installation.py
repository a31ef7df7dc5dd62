"""Facts about this installation: who made its database."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.administration.models import InstallationFact
from consult.db import Lock, writing

MADE_BY = "made_by"
DEMO = "demo"


def fact(session: Session, name: str) -> str | None:
    """What is known under `name`; None when nothing is."""
    found = session.get(InstallationFact, name)
    return found.value if found is not None else None


def mark_as_demo(session: Session, now: datetime) -> None:
    """Says for good that the demo made this database: production will not start on it."""
    with writing(session, Lock.REFERENCE):
        if session.get(InstallationFact, MADE_BY) is None:
            session.add(InstallationFact(name=MADE_BY, value=DEMO, at=now))


def made_by_demo(session: Session) -> bool:
    """Whether the demo made this database."""
    return fact(session, MADE_BY) == DEMO
