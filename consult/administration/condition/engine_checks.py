"""What a site of several machines stands on beside its database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention
from consult.replica.measurement import Following, Replica
from consult.web.counters.shared import SharedStorage


def limits(extensions: Mapping[str, Any], _session: Session, _now: datetime) -> Finding:
    """Whether all machines count attempts together: without the server each counts by itself, and limits are looser."""
    storage = extensions["consult.limits"].storage
    if not isinstance(storage, SharedStorage):
        return Finding("limits", State.WELL, "one_machine")
    return Finding("limits", State.WELL, "together") if storage.check() else attention("limits", "alone")


def replica(found: Replica, _session: Session, now: datetime) -> Finding:
    """Whether everybody's pages are read from the replica; without it the primary serves them all."""
    found.measure(now)
    behind = found.behind()
    if found.condition is Following.CLOSE and (behind is None or behind > found.most_behind):
        return attention("replica", Following.BEHIND.value, seconds=int(found.most_behind))
    if found.condition is Following.CLOSE:
        return Finding("replica", State.WELL, Following.CLOSE.value)
    return attention("replica", found.condition.value, seconds=int(found.most_behind))
