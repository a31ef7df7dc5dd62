"""Limits are counted once for all processes, each name and key apart, and forgotten when their window ends."""

from pathlib import Path

import pytest
from flask import Flask
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from consult.errors import Refused
from consult.web import limits
from consult.web.limits import SqliteStorage


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_two_processes_share_a_count_and_the_window_ends(tmp_path: Path) -> None:
    watch, file = Watch(), f"consult-sqlite://{tmp_path / 'limits.sqlite'}"
    one, two = (FixedWindowRateLimiter(SqliteStorage(file, watch)) for _ in range(2))
    limit = parse("3 per minute")
    assert [limiter.hit(limit, "a") for limiter in (one, two, one, two)] == [True, True, True, False]
    assert one.hit(limit, "b")
    watch.time += 61
    assert one.hit(limit, "a") and one.storage.get(limit.key_for("a")) == 1
    assert one.storage.get_expiry(limit.key_for("a")) == watch.time + 60
    one.storage.clear(limit.key_for("a"))
    assert two.storage.get(limit.key_for("a")) == 0
    assert two.storage.check() and two.storage.reset() == 1


def test_what_was_counted_by_a_clock_that_was_ahead_holds_nobody_up_once_it_is_right(tmp_path: Path) -> None:
    watch = Watch()
    limiter = FixedWindowRateLimiter(SqliteStorage(f"consult-sqlite://{tmp_path / 'limits.sqlite'}", watch))
    limit, ahead = parse("2 per minute"), 24 * 3600
    watch.time += ahead
    assert [limiter.hit(limit, "a") for _ in range(3)] == [True, True, False]
    # Whoever asked for the time just before the first of them counts with them.
    watch.time -= 1
    assert not limiter.hit(limit, "a")
    watch.time -= ahead
    assert limiter.test(limit, "a") and limiter.storage.get_expiry(limit.key_for("a")) == watch.time
    assert [limiter.hit(limit, "a") for _ in range(3)] == [True, True, False]
    watch.time += 61
    assert limiter.hit(limit, "a")


def test_the_library_knows_it_by_its_name(tmp_path: Path) -> None:
    assert isinstance(storage_from_string(f"consult-sqlite://{tmp_path / 'limits.sqlite'}"), SqliteStorage)


def test_a_hit_beyond_the_limit_is_refused_and_keeps_no_name(app: Flask) -> None:
    with app.app_context():
        for _ in range(2):
            limits.hit("letters", "mai@example.vn", "2 per hour")
        with pytest.raises(Refused, match="too_many"):
            limits.hit("letters", "mai@example.vn", "2 per hour")
        limits.hit("letters", "hoa@example.vn", "2 per hour")
        limits.hit("parcels", "mai@example.vn", "2 per hour")
    assert b"mai@" not in Path(app.config["RATE_LIMIT_FILE"]).read_bytes()


def test_a_broken_counter_locks_nobody_out(app: Flask) -> None:
    Path(app.config["RATE_LIMIT_FILE"]).write_bytes(b"this is no database" * 100)
    with app.app_context():
        limits.hit("letters", "mai@example.vn", "1 per hour")
        limits.hit("letters", "mai@example.vn", "1 per hour")
