"""Slows down a flood of what anybody may send, per process and in memory: counting costs nothing and waits for nobody.

The bound is far beyond what a full hall sends through one address; it is there for machines.
"""

from threading import Lock

from flask import current_app, request

from consult.errors import Refused

MINUTE = 60
MOST_ADDRESSES = 20_000


class Minutes:
    """How often each address came in the present minute."""

    def __init__(self) -> None:
        self.minute = 0
        self.counts: dict[str, int] = {}
        self.lock = Lock()

    def count(self, address: str, seconds: float) -> int:
        """Counts `address` at an instant (seconds of the epoch); gives how often it came in that minute."""
        with self.lock:
            minute = int(seconds // MINUTE)
            if minute != self.minute or len(self.counts) > MOST_ADDRESSES:
                self.minute, self.counts = minute, {}
            self.counts[address] = self.counts.get(address, 0) + 1
            return self.counts[address]


COUNTED, AT_THE_DOOR = "consult.flood", "consult.flood_at_the_door"
"""Under which names an application keeps its counts."""
STEPS = 5
"""So many round trips a submission may take: whatever anybody sends counts at the door."""


def too_many(seconds: float) -> bool:
    """Whether the address of the present request sends more in a minute than SUBMISSIONS_PER_MINUTE (0: no bound)."""
    return _beyond(COUNTED, current_app.config["SUBMISSIONS_PER_MINUTE"], seconds)


def check(seconds: float) -> None:
    """The same for a program, which has no page to be asked on again. Raises Refused("too_many")."""
    if too_many(seconds):
        raise _refused(seconds)


def check_at_the_door(seconds: float) -> None:
    """Counts whatever is sent without signing in, to whatever address. Raises Refused("too_many")."""
    if _beyond(AT_THE_DOOR, STEPS * current_app.config["SUBMISSIONS_PER_MINUTE"], seconds):
        raise _refused(seconds)


def _beyond(name: str, most: int, seconds: float) -> bool:
    minutes: Minutes = current_app.extensions.setdefault(name, Minutes())
    return bool(most) and minutes.count(request.remote_addr or "", seconds) > most


def _refused(seconds: float) -> Refused:
    return Refused("too_many", retry_after=MINUTE - int(seconds) % MINUTE)
