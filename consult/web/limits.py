"""Rate limits that all processes share: counters in a small SQLite file of their own, so that counting never waits for
the main database, nor the main database for counting. They need not survive a crash. Several machines count together
on a Redis server (`counters/shared.py`).

Public submissions are not limited by address: a village at a meeting shares one.
"""

import logging
import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import cast

from flask import Flask, current_app, request
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from consult.errors import Refused
from consult.web import context
from consult.web.counters.shared import storage_of
from consult.web.tickets import digest

SWEEP_EVERY = 500
PRESENT = "(begins <= :now + 60 AND :now < ends)"
"""That a window holds now, and is not one that a clock began which was ahead. Who asked for the time a moment before
another who was quicker to count has no such clock."""
log = logging.getLogger(__name__)


class SqliteStorage(Storage):
    """Counters of the `limits` library in one SQLite file (`consult-sqlite:///path`)."""

    STORAGE_SCHEME = ["consult-sqlite"]

    def __init__(self, uri: str | None = None, now: Callable[[], float] = time.time, **options: float | str | bool):
        super().__init__(uri, wrap_exceptions=bool(options.pop("wrap_exceptions", False)))
        self.path = Path((uri or "").removeprefix("consult-sqlite://"))
        self.now = now
        self.counted = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong here."""
        return sqlite3.Error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=2, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS counted "
                "(key TEXT PRIMARY KEY, count INTEGER, begins REAL, ends REAL) WITHOUT ROWID"
            )
            yield connection

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts `amount` for `key`, whose window lasts `expiry` seconds from its first count; returns the count. What
        was counted by a clock that was ahead and has been put right is over, or it would last until that day."""
        now = self.now()
        self.counted += 1
        told = {"key": key, "amount": amount, "ends": now + expiry, "now": now}
        with self._open() as connection:
            if self.counted % SWEEP_EVERY == 1:
                connection.execute(f"DELETE FROM counted WHERE NOT {PRESENT}", told)
            [count] = connection.execute(
                "INSERT INTO counted VALUES (:key, :amount, :now, :ends) ON CONFLICT (key) DO UPDATE SET "
                f"count = CASE WHEN {PRESENT} THEN count + :amount ELSE :amount END, "
                f"begins = CASE WHEN {PRESENT} THEN begins ELSE :now END, "
                f"ends = CASE WHEN {PRESENT} THEN ends ELSE :ends END RETURNING count",
                told,
            ).fetchone()
        return int(count)

    def get(self, key: str) -> int:
        """The count of `key` in its present window."""
        with self._open() as connection:
            told = {"key": key, "now": self.now()}
            row = connection.execute(f"SELECT count FROM counted WHERE key = :key AND {PRESENT}", told)
            return int((row.fetchone() or (0,))[0])

    def get_expiry(self, key: str) -> float:
        """When the window of `key` ends, in seconds of the epoch; now when it has none."""
        with self._open() as connection:
            told = {"key": key, "now": self.now()}
            row = connection.execute(f"SELECT ends FROM counted WHERE key = :key AND {PRESENT}", told).fetchone()
            return float(row[0]) if row else self.now()

    def check(self) -> bool:
        """Whether the file can be read."""
        return self.get("") == 0

    def reset(self) -> int | None:
        """Forgets every count; returns how many there were."""
        with self._open() as connection:
            return connection.execute("DELETE FROM counted").rowcount

    def clear(self, key: str) -> None:
        """Forgets the count of one key."""
        with self._open() as connection:
            connection.execute("DELETE FROM counted WHERE key = ?", (key,))


def network(address: str, four: int = 24, six: int = 48) -> str:
    """The network of an address: who has one address of it has the others too (IPv4 /24, IPv6 /48, or as said)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        # Where one socket takes both, an IPv4 address comes written as one of IPv6.
        found = found.ipv4_mapped or found
    return str(ip_network((found.packed, four if found.version == 4 else six), strict=False))


def line() -> str:
    """Whom the present request counts for: its IPv4 address, or the network of IPv6 that one line has all of (/64)."""
    return network(request.remote_addr or "", 32, 64)


def hit(name: str, key: str, limit: str) -> None:
    """Counts one attempt of `key` (an account, an address, a code: kept only as a hash) at what `name` says.

    `limit` is as in "10 per 15 minutes". Raises Refused("too_many") beyond it. A counter that cannot be written (a
    full disk) lets people in and is logged: a broken limit must not lock everybody out.
    """
    _require(FixedWindowRateLimiter.hit, name, key, limit)


def require_left(name: str, key: str, limit: str) -> None:
    """Counts nothing; raises Refused("too_many") when `hit` would. For what is counted only when it fails."""
    _require(FixedWindowRateLimiter.test, name, key, limit)


def _require(allows: Callable[..., bool], name: str, key: str, limit: str) -> None:
    limiter: FixedWindowRateLimiter = current_app.extensions["consult.limits"]
    counted = (parse(limit), name, digest(context.secrets().newest, key))
    try:
        if allows(limiter, *counted):
            return
        ends = limiter.get_window_stats(*counted).reset_time
    except (sqlite3.Error, OSError):
        log.exception("counting attempts at %s failed", name)
        return
    raise Refused("too_many", retry_after=max(1, math.ceil(ends - cast(SqliteStorage, limiter.storage).now())))


def register(app: Flask) -> None:
    """Gives `app` its counters."""
    own = SqliteStorage(f"consult-sqlite://{app.config['RATE_LIMIT_FILE']}")
    app.extensions["consult.limits"] = FixedWindowRateLimiter(storage_of(app.config["REDIS_URL"], own))
