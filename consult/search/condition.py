"""Whether anything can be found: what the site's condition says of the search index."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention, well
from consult.outbox.condition import hosts
from consult.search.engines.seam import Search, Unavailable
from consult.search.engines.selection import shared


def index(engine: Search, session: Session, now: datetime) -> Finding:
    """Whether the index answers, and whether every worker writes to the same one; the site goes on without it."""
    try:
        engine.version()
    except Unavailable:
        return attention("index", "missing")
    if shared(engine):
        return Finding("index", State.WELL, "shared")
    return attention("index", "split") if len(hosts(session, now)) > 1 else well("index")
