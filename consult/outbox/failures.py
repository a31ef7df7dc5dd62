"""What a message is tried again for, or given up."""

from datetime import timedelta

SOONEST, LONGEST_FAULT = timedelta(seconds=10), timedelta(hours=1)
"""So long after a repair of the site waits what failed by its fault: at least, and at most."""


class WorkerKilled(Exception):
    """What stands with a message that was given up since worker after worker died of it."""


class OwnFault(Exception):
    """Raised by a handler that nothing but a repair of the site itself can help, whatever the message: it is tried
    until then, and never given up. What it says is a code, and kept with the message."""


class PermanentFailure(Exception):
    """Raised by a handler for a message that no further try can help; what it says is kept with the message."""


def after_fault(waited: timedelta) -> timedelta:
    """When to look again whether the site was mended, for a message that has waited so long."""
    return min(max(waited / 4, SOONEST), LONGEST_FAULT)
