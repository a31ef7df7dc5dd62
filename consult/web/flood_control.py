"""Slows down a flood of what anybody may send, per process and in memory: counting costs nothing and waits for nobody.

The bound is far beyond what a full hall sends through one address; it is there for machines.
"""

import heapq
from threading import Lock

from flask import current_app

from consult import clock
from consult.errors import Refused
from consult.web import limits

MINUTE = 60
MOST_ADDRESSES = 20_000
SET_BACK = 10
"""Minutes by which the clock itself must have gone back."""


class Minutes:
    """How often each address came in the present minute."""

    def __init__(self) -> None:
        self.minute = 0
        self.counts: dict[str, int] = {}
        self.lock = Lock()

    def count(self, address: str, seconds: float) -> int:
        """Counts `address` at the present instant (seconds of the epoch); gives how often it came in that minute. A
        minute that is over does not come back, whoever was held up in it; a clock that was set back begins anew."""
        with self.lock:
            minute = int(seconds // MINUTE)
            if not self.minute - SET_BACK < minute <= self.minute:
                self.minute, self.counts = minute, {}
            if len(self.counts) >= MOST_ADDRESSES and address not in self.counts:
                self._forget_the_rarest()
            self.counts[address] = self.counts.get(address, 0) + 1
            return self.counts[address]

    def _forget_the_rarest(self) -> None:
        # Half of them at once: it takes some milliseconds.
        self.counts = dict(heapq.nlargest(MOST_ADDRESSES // 2, self.counts.items(), key=lambda one: one[1]))


COUNTED, AT_THE_DOOR = "consult.flood", "consult.flood_at_the_door"
"""Under which names an application keeps its counts."""
STEPS = 5
"""So many round trips a submission may take: whatever anybody sends counts at the door."""


def too_many() -> bool:
    """Whether the address of the present request sends more in a minute than SUBMISSIONS_PER_MINUTE (0: no bound)."""
    return _beyond(COUNTED, current_app.config["SUBMISSIONS_PER_MINUTE"])


def check() -> None:
    """The same for a program, which has no page to be asked on again. Raises Refused("too_many")."""
    if too_many():
        raise _refused()


def check_at_the_door() -> None:
    """Counts whatever is sent without signing in, to whatever address. Raises Refused("too_many")."""
    if _beyond(AT_THE_DOOR, STEPS * current_app.config["SUBMISSIONS_PER_MINUTE"]):
        raise _refused()


def _beyond(name: str, most: int) -> bool:
    minutes: Minutes = current_app.extensions.setdefault(name, Minutes())
    return bool(most) and minutes.count(limits.line(), _now()) > most


def _now() -> float:
    """The instant of counting: the one of arrival may be chosen by who sends slowly, or sends again."""
    return clock.now().timestamp()


def _refused() -> Refused:
    return Refused("too_many", retry_after=MINUTE - int(_now()) % MINUTE)
