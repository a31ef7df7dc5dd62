"""Whether a collection is open, worked out from facts and now."""

from datetime import datetime

from consult import clock
from consult.collections.models import Collection
from consult.errors import Refused


def why_closed(collection: Collection, now: datetime, came_at: datetime | None = None) -> str:
    """The reason why nothing comes in any more; empty while it does. Whoever is refused with one of these keeps what
    they wrote: a collection may be opened again. What was there earlier and is only written down now came in at
    `came_at`."""
    at = came_at or now
    matter = collection.consultation
    if matter is not None and (matter.withdrawn_at is not None or matter.concluded_at is not None):
        return "collection_matter_over"
    over = collection.closes_on is not None and clock.local_day(at) > collection.closes_on
    closed = collection.closed_at is not None and collection.closed_at <= at
    return "collection_closed" if over or closed else ""


def require_open(collection: Collection, now: datetime, came_at: datetime | None = None) -> None:
    """Raises Refused with that reason."""
    if reason := why_closed(collection, now, came_at):
        raise Refused(reason)
