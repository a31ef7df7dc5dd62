"""Whether people are called whom the desks have promised to call: what the site's condition says of it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention, well
from consult.submissions.sender import calls

PATIENCE = timedelta(days=5)
"""So long may a call wait before it is said: a week has two days on which nobody calls."""


def waiting(session: Session, now: datetime) -> Finding:
    """How many calls wait, and whether some do for long."""
    count, late = calls.backlog(session, now - PATIENCE)
    if late:
        return attention("calls", "late", count=count, late=late, days=PATIENCE.days)
    return Finding("calls", State.WELL, "some", {"count": count}) if count else well("calls")
