"""Counters that all machines of a site share, on a Redis server; without it each machine goes on counting by itself.

Nobody waits for a server that is gone: it has a quarter of a second to answer, and after a failure is left alone for
some seconds, in which the machine's own counters count. A limit is looser then, and never shut.
"""

import logging
from collections.abc import Callable
from importlib import import_module
from threading import Lock
from time import monotonic
from typing import Any

from limits.storage import RedisStorage, Storage

from consult.command_line.setting_values import Misconfigured

PATIENCE = 0.25
"""Seconds that the server may take to be reached, and to answer."""
LEFT_ALONE = 5.0
"""Seconds in which a server that failed is not asked again."""

log = logging.getLogger(__name__)


class SharedStorage(Storage):
    """Counters of the `limits` library on the Redis server at `uri`, and in `own` while that does not answer."""

    STORAGE_SCHEME = None

    def __init__(self, uri: str, own: Any, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(uri, wrap_exceptions=False)
        self.own = own
        self.now: Callable[[], float] = own.now
        self.clock = clock
        self.failures: type[Exception] = import_module("redis.exceptions").RedisError
        self.server = RedisStorage(
            uri, key_prefix="consult-limit", socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self.lock = Lock()
        self.asked_again_at = 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What can go wrong here: only what can with its own counters."""
        return (self.own.base_exceptions,)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts `amount` for `key`, whose window lasts `expiry` seconds from its first count; returns the count."""
        return int(self._ask("incr", key, expiry, amount))

    def get(self, key: str) -> int:
        """The count of `key` in its present window."""
        return int(self._ask("get", key))

    def get_expiry(self, key: str) -> float:
        """When the window of `key` ends, in seconds of the epoch; now when it has none."""
        return float(self._ask("get_expiry", key))

    def check(self) -> bool:
        """Whether the server answers now. One that was gone is asked again, whatever the time."""
        try:
            return bool(self.server.check())
        except (self.failures, OSError):
            return False

    def reset(self) -> int | None:
        """Forgets every count; returns how many there were."""
        self.own.reset()
        count: int | None = self._ask("reset")
        return count

    def clear(self, key: str) -> None:
        """Forgets the count of one key, wherever it was counted."""
        self.own.clear(key)
        self._ask("clear", key)

    def _ask(self, verb: str, *values: Any) -> Any:
        if self.clock() >= self.asked_again_at:
            try:
                return getattr(self.server, verb)(*values)
            except (self.failures, OSError, ValueError) as failed:
                self._leave_alone(failed)
        return getattr(self.own, verb)(*values)

    def _leave_alone(self, failed: Exception) -> None:
        with self.lock:
            if self.clock() >= self.asked_again_at:
                # Not what it said: there may be a password in the address.
                log.warning("Redis does not answer (%s): this machine counts by itself", type(failed).__name__)
            self.asked_again_at = self.clock() + LEFT_ALONE


def storage_of(uri: str, own: Any) -> Any:
    """The counters at `uri`, or those of this machine when there is none. Raises Misconfigured."""
    if not uri:
        return own
    try:
        return SharedStorage(uri, own)
    except ImportError as missing:
        raise Misconfigured("not_installed", name="CONSULT_REDIS_URL", package="redis") from missing
    except Exception as bad:
        raise Misconfigured("not_a_redis", name="CONSULT_REDIS_URL") from bad
