"""Several machines count attempts together on a real Redis, and each by itself while that is gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from limits import parse
from limits.strategies import FixedWindowRateLimiter

import config
from consult.command_line.setting_values import Misconfigured
from consult.errors import Refused
from consult.web import limits
from consult.web.counters.shared import LEFT_ALONE, SharedStorage
from consult.web.limits import SqliteStorage
from tests.application import end, make_app
from tests.redis_server import RedisServer

pytestmark = pytest.mark.redis
LIMIT = parse("3 per hour")


@pytest.fixture(scope="module")
def started() -> Iterator[RedisServer]:
    """One server for all tests here."""
    server = RedisServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def server(started: RedisServer) -> RedisServer:
    """The server, running and empty."""
    started.kill()
    started.start()
    return started


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def machine(folder: Path, server: RedisServer, watch: Watch) -> FixedWindowRateLimiter:
    """A machine with counters of its own in `folder`."""
    own = SqliteStorage(f"consult-sqlite://{folder / 'limits.sqlite'}")
    return FixedWindowRateLimiter(SharedStorage(server.url, own, watch))


def test_two_machines_share_a_count(tmp_path: Path, server: RedisServer) -> None:
    one, two = (machine(tmp_path / name, server, Watch()) for name in ("one", "two"))
    assert [limiter.hit(LIMIT, "a") for limiter in (one, two, one, two, one)] == [True, True, True, False, False]
    assert two.storage.get(LIMIT.key_for("a")) == 5
    assert two.get_window_stats(LIMIT, "a").reset_time > 0
    one.storage.clear(LIMIT.key_for("a"))
    assert two.hit(LIMIT, "a")


def test_without_the_server_each_machine_counts_by_itself(tmp_path: Path, server: RedisServer) -> None:
    watch = Watch()
    one, two = (machine(tmp_path / name, server, watch) for name in ("one", "two"))
    server.kill()
    assert [one.hit(LIMIT, "a") for _ in range(4)] == [True, True, True, False]
    assert two.hit(LIMIT, "a")
    assert not one.storage.check()


def test_a_server_that_comes_back_counts_again_after_a_while(tmp_path: Path, server: RedisServer) -> None:
    watch = Watch()
    one = machine(tmp_path, server, watch)
    server.kill()
    one.hit(LIMIT, "a")
    server.start()
    assert one.storage.get(LIMIT.key_for("a")) == 1, "it is left alone for a while"
    watch.time += LEFT_ALONE
    assert one.storage.get(LIMIT.key_for("a")) == 0


@pytest.fixture
def shared_app(sqlite_url: str, tmp_path: Path, server: RedisServer) -> Iterator[Flask]:
    """The site with the server."""
    app = make_app(sqlite_url, tmp_path, REDIS_URL=server.url)
    yield app
    end(app)


def test_a_hit_beyond_the_limit_is_refused_and_keeps_no_name(shared_app: Flask, server: RedisServer) -> None:
    with shared_app.app_context():
        limits.hit("letters", "mai@example.vn", "1 per hour")
        with pytest.raises(Refused, match="too_many"):
            limits.hit("letters", "mai@example.vn", "1 per hour")
        kept = shared_app.extensions["consult.limits"].storage.server.storage.keys("*")
    assert kept and not any(b"mai" in key for key in kept)


def test_the_condition_of_the_site_says_when_the_server_is_gone(shared_app: Flask, server: RedisServer) -> None:
    told: dict[str, Any] = shared_app.test_client().get("/readyz").get_json()
    assert told["limits"] is True
    server.kill()
    answer = shared_app.test_client().get("/readyz")
    assert answer.get_json()["limits"] is False
    assert "mỗi máy tự đếm riêng" in shared_app.test_cli_runner().invoke(args=["check"]).output
    assert answer.get_json()["signing_key"] is True


def test_an_address_that_is_none_does_not_start_the_site(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="CONSULT_REDIS_URL"):
        make_app(sqlite_url, tmp_path, **{"REDIS_URL": "http://127.0.0.1"})
    assert config.settings({"CONSULT_INSTANCE": str(tmp_path)})["REDIS_URL"] == ""


def test_a_server_that_answers_nonsense_is_left_alone(tmp_path: Path, server: RedisServer) -> None:
    """What is no number there, since somebody else writes to it, would end every page that counts."""
    one = machine(tmp_path, server, Watch())
    storage = one.storage
    assert isinstance(storage, SharedStorage)
    redis: Any = storage.server.get_connection()
    redis.set(storage.server.prefixed_key(LIMIT.key_for("a")), "không")
    assert one.test(LIMIT, "a") and one.hit(LIMIT, "a")
