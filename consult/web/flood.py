"""Slows down a flood of what anybody may send, per process and in memory: counting costs nothing and waits for nobody.

The bound is far beyond what a full hall sends through one address; it is there for machines.
"""

from threading import Lock

from flask import current_app, request

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


_COUNTED = Minutes()


def too_many(seconds: float) -> bool:
    """Whether the address of the present request sends more in a minute than SUBMISSIONS_PER_MINUTE (0: no bound)."""
    most: int = current_app.config["SUBMISSIONS_PER_MINUTE"]
    return bool(most) and _COUNTED.count(request.remote_addr or "", seconds) > most
