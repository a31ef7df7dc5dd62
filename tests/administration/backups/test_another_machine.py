"""Everything on another machine: a backup, an empty place, and a session secret that nobody knows any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.application import end
from tests.database import Databases
from tests.keys.site import NEW_SECRET, Held, begun_before_its_keys, check_all_holds, site


@pytest.fixture
def urls(databases: Databases) -> Iterator[tuple[str, str]]:
    """A database as the migrations leave it, for the machine that is lost, and one without tables for the new one."""
    urls = databases.upgraded(), databases.bare()
    yield urls
    for url in urls:
        databases.drop(url)


@pytest.fixture
def held(urls: tuple[str, str], tmp_path: Path) -> Held:
    """What people hold of the site that is lost; its backup lies in `backup`."""
    held = begun_before_its_keys(urls[0], tmp_path / "lost")
    app = site(urls[0], tmp_path / "lost")
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    assert app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup")]).exit_code == 0
    end(app)
    return held


@pytest.fixture
def new_machine(urls: tuple[str, str], held: Held, tmp_path: Path) -> Iterator[Flask]:
    """A machine with the backup alone, and a secret made for it."""
    empty = site(urls[1], tmp_path / "new", NEW_SECRET)
    assert empty.test_cli_runner().invoke(args=["restore", str(tmp_path / "backup")]).exit_code == 0
    end(empty)
    app = site(urls[1], tmp_path / "new", NEW_SECRET)
    yield app
    end(app)


def test_everything_that_people_hold_works(new_machine: Flask, held: Held) -> None:
    upgraded = new_machine.test_cli_runner().invoke(args=["db", "upgrade"])
    assert (upgraded.exit_code, upgraded.output) == (0, "Cấu trúc cơ sở dữ liệu đã ở phiên bản mới nhất.\n")
    assert new_machine.test_client().get("/readyz").get_json()["keys"] is True
    check_all_holds(new_machine, held)


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_the_planner_knows_how_much_there_is_at_once(new_machine: Flask) -> None:
    with new_machine.extensions["consult.database"].engine.connect() as connection:
        counted = connection.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'comment'"))
    assert counted is not None and counted > 0
