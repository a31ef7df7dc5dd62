"""How long the threads of one process wait for the write lock.

As long as turns come and go everybody waits for theirs: a crowd moves on within milliseconds. When nothing has moved
for a while, half of them go on waiting, and who comes beyond them is sent away to try again: otherwise the queue in
front of the threads would stand for minutes. Who only reads has threads of their own (`consult/web/arrival/server.py`).
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from consult.errors import Unavailable

THREADS = 4
"""The threads of one web process that write, where nothing else is said: as many as the unit in deploy/ starts."""
LONGEST = 10.0
"""Seconds that anybody waits."""
STANDSTILL = 5.0
"""Seconds without a turn, after which only half of them go on waiting.

Longer than any turn that ends by itself.
"""


class WriterQueue:
    """The threads of one process, which has `threads` of them, that wait for the write lock or hold it."""

    def __init__(self, threads: int = THREADS) -> None:
        self.most = max(1, threads // 2)
        self.patient = 0
        self.moved = 0.0
        self.guard = threading.Lock()
        self.own = threading.local()

    @contextmanager
    def waiting(self) -> Iterator["Wait"]:
        """The present thread waits, and then writes, for the block; inside another such block it is the same wait."""
        present: Wait | None = getattr(self.own, "wait", None)
        if present is not None:
            yield present
            return
        mine = self.own.wait = Wait(self)
        try:
            yield mine
        finally:
            self.own.wait = None
            mine.end()


class Wait:
    """One thread on its way through the queues of writers."""

    def __init__(self, queue: WriterQueue) -> None:
        self.queue = queue
        self.began = time.monotonic()
        self.patient = self.moved = False
        with queue.guard:
            if queue.patient == 0:
                queue.moved = self.began
            self._be_patient()
            self.until = self._end_of_waiting()

    @property
    def seconds(self) -> float:
        """How much longer to wait without looking whether anything has moved; at least a moment."""
        return max(0.001, self.until - time.monotonic())

    def take(self, lock: threading.Lock) -> None:
        """Waits for `lock` and takes it. Raises Unavailable("busy")."""
        while not lock.acquire(timeout=self.seconds):
            if not self._goes_on():
                raise Unavailable("busy")
        self.moved = True

    def end(self) -> None:
        """Makes room for another."""
        with self.queue.guard:
            self.queue.patient -= self.patient
            if self.moved:
                self.queue.moved = time.monotonic()

    def _goes_on(self) -> bool:
        """Whether to wait on: one of those who wait on has gone meanwhile, or somebody had a turn."""
        with self.queue.guard:
            self._be_patient()
            self.until = self._end_of_waiting()
            return self.until > time.monotonic()

    def _be_patient(self) -> None:
        if not self.patient and self.queue.patient < self.queue.most:
            self.patient = True
            self.queue.patient += 1

    def _end_of_waiting(self) -> float:
        longest = self.began + LONGEST
        return longest if self.patient else min(longest, self.queue.moved + STANDSTILL)
