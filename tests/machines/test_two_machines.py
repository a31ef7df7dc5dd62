"""Two web machines with one PostgreSQL, one Redis and one folder that both see, or a store of files and nothing shared
on any disk: requests come to them in turn."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from consult import clock
from consult.files.places.opening import place_at
from consult.submissions.models import Submission
from tests.application import Begin, end, make_app, settings_of
from tests.builders import make_consultation
from tests.database import PostgresDatabases
from tests.files import made
from tests.pages import Browser
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

SHARED = ("FILES_FOLDER", "WAITING_FOLDER", "ANSWERS_FOLDER", "UNSENT_FOLDER", "TABLES_FOLDER", "MAIL_FOLDER")
Wsgi = Callable[..., Iterable[bytes]]


class Turns:
    """Stands before both machines and gives each request to the next one, as nginx does; one may fall out."""

    def __init__(self, machines: list[Wsgi]) -> None:
        self.machines = machines
        self.count = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.count += 1
        return self.machines[self.count % len(self.machines)](environ, start_response)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """One Redis for both."""
    server = RedisServer()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """Where both machines have what they share: in a folder, or on a store."""
    if getattr(request, "param", "folder") == "folder":
        return {name: tmp_path / "shared" / name for name in SHARED}
    store = place_at(request.getfixturevalue("s3").url)
    return {f"{kind.upper()}_FOLDER": store.below(kind).address for kind in config.KEPT}


@pytest.fixture
def machines(
    postgresql_databases: PostgresDatabases, redis: RedisServer, tmp_path: Path, shared: dict[str, Any]
) -> Iterator[tuple[Flask, Flask]]:
    """Two machines, each with a folder of its own; the keys were copied from one to the other."""
    url = postgresql_databases.fresh()
    shared |= {"CHECKPOINTS_FOLDER": tmp_path / "shared" / "checkpoints", "REDIS_URL": redis.url}
    (tmp_path / "shared").mkdir()
    one = make_app(url, tmp_path / "one", **shared)
    shutil.copytree(one.config["KEYS_FOLDER"], tmp_path / "two" / "instance" / "keys")
    two = make_app(url, tmp_path / "two", **shared)
    yield one, two
    end(one)
    end(two)
    postgresql_databases.drop(url)


@pytest.fixture
def turns(machines: tuple[Flask, Flask]) -> Turns:
    """The first machine's door leads to both."""
    one, two = machines
    turns = Turns([one.wsgi_app, two.wsgi_app])
    one.wsgi_app = turns  # type: ignore[method-assign]
    return turns


@pytest.fixture
def both(machines: tuple[Flask, Flask], turns: Turns) -> Iterator[Session]:
    """The database, with a matter that is open."""
    with machines[0].extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug="phan-loai-rac")
        yield session


@pytest.mark.parametrize("shared", ["folder", "store"], indirect=True)
def test_what_begins_on_one_machine_goes_on_on_the_other(
    machines: tuple[Flask, Flask], turns: Turns, both: Session
) -> None:
    photo = (made.picture(), "ảnh bãi rác.jpg")
    page = Browser(machines[0]).get("/lay-y-kien/phan-loai-rac/gop-y/")
    page = page.walk({"comments.0.text": " ", "file": photo}, "Xem lại trước khi gửi")
    assert page.status == 422 and "ảnh bãi rác.jpg" in page.text
    check = page.walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    receipt = check.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and "ảnh bãi rác.jpg" in receipt.text
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    for _ in machines:
        own = Browser(machines[0]).get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
        assert own.submit(button="Tải về ảnh bãi rác.jpg").body.startswith(b"\xff\xd8\xff")
    assert turns.count > len(SHARED)


def test_one_that_falls_out_takes_nothing_with_it(machines: tuple[Flask, Flask], turns: Turns, both: Session) -> None:
    page = Browser(machines[0]).get("/lay-y-kien/phan-loai-rac/gop-y/")
    check = page.walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    receipt = check.submit(button="Gửi")
    turns.machines = turns.machines[1:]
    # Who pressed again, since no answer came, has sent once.
    assert check.submit(button="Gửi").heading == receipt.heading == "Đã tiếp nhận ý kiến"
    both.rollback()
    assert both.scalar(select(func.count()).select_from(Submission)) == 1


def test_attempts_count_together(machines: tuple[Flask, Flask]) -> None:
    one, two = (machine.extensions["consult.limits"].storage for machine in machines)
    assert [storage.incr("a", 60) for storage in (one, two, one)] == [1, 2, 3]


def test_a_machine_without_the_keys_is_not_ready(begin: Begin, machines: tuple[Flask, Flask], tmp_path: Path) -> None:
    ready = [machine.test_client().get("/readyz").get_json()["signing_key"] for machine in machines]
    bare = begin(settings_of(machines[0].config["DATABASE_URL"], tmp_path / "three"))
    assert ready == [True, True] and bare.test_client().get("/readyz").status_code == 503


def test_what_the_worker_of_one_indexes_both_find(machines: tuple[Flask, Flask], both: Session) -> None:
    one, two = machines
    asked = "/tim-kiem/?q=phan+loai"
    assert one.test_client().get(asked).status_code == 503
    two.extensions["consult.worker"].run_once(clock.now)
    for machine in machines:
        found = Browser(machine).get(asked).find("//main//a[starts-with(@href, '/lay-y-kien/phan-loai-rac/')]")
        assert found and not list(machine.config["SEARCH_FOLDER"].glob("[fv]*"))
