"""What a message is tried again for, or given up."""

from collections.abc import Sequence
from datetime import timedelta

from consult.storage_faults import unavailable

SOONEST, LONGEST_FAULT = timedelta(seconds=10), timedelta(hours=1)
"""So long after a repair of the site waits what failed by its fault: at least, and at most."""


class WorkerKilled(Exception):
    """What stands with a message that was given up since worker after worker died of it."""


class OwnFault(Exception):
    """Raised by a handler that nothing but a repair of the site itself can help, whatever the message: it is tried
    until then, and never given up. What it says is a code, and kept with the message."""


class PermanentFailure(Exception):
    """Raised by a handler for a message that no further try can help; what it says is kept with the message."""


def fault_of_site(failure: Exception) -> OwnFault | None:
    """The fault of the site that a handler failed by, if it is one: raised as such; a disk, a database or a log that
    takes nothing until somebody mends it; or what says itself that it is `blameless` (a file that nothing here can
    read, since a wall of the sandbox is missing)."""
    if isinstance(failure, OwnFault):
        return failure
    away = unavailable(failure)
    if away is not None:
        return OwnFault(away.reason)
    return OwnFault(getattr(failure, "code", "")) if getattr(failure, "blameless", False) else None


def worst(failures: Sequence[Exception]) -> Exception:
    """Of what the handlers of a message failed by, the fault of the site, if there is one; otherwise the last."""
    return next((found for found in map(fault_of_site, failures) if found is not None), failures[-1])


def after_fault(waited: timedelta) -> timedelta:
    """When to look again whether the site was mended, for a message that has waited so long."""
    return min(max(waited / 4, SOONEST), LONGEST_FAULT)
