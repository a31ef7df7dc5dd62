"""Findings that hold for a while: for looks that cost more than everybody who asks may have done for them."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class TimedCache(Generic[Found]):
    """What was found last; until the first look has ended, what it begins with."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.until = 0.0
        self.looking = threading.Lock()

    def now(self, look: Callable[[], tuple[Found, float]]) -> Found:
        """What `look` finds, and has found for as many seconds as it says. One thread looks at a time: who comes
        meanwhile is told what was found before, and waits for nobody."""
        if time.monotonic() >= self.until and self.looking.acquire(blocking=False):
            try:
                if time.monotonic() >= self.until:
                    self.found, seconds = look()
                    self.until = time.monotonic() + seconds
            finally:
                self.looking.release()
        return self.found
