"""Whether anything can be found: what the site's condition says of the search index."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, attention, well
from consult.search.engines.seam import Search, Unavailable


def index(engine: Search, _session: Session, _now: datetime) -> Finding:
    """Whether the index answers; the site goes on without it."""
    try:
        engine.version()
    except Unavailable:
        return attention("index", "missing")
    return well("index")
