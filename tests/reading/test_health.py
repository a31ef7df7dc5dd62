"""Liveness and readiness: what a watcher is told, and what a stranger learns from it."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Engine, text

from consult import create_app
from consult.db import Database, connect
from consult.schema import configuration
from consult.web import health
from tests.pages import Browser


def stamp(app: Flask) -> None:
    """Says of the tests' database, which the models made, that it stands at the newest migration."""
    command.stamp(configuration(app.config["DATABASE_URL"]), "head")


def test_a_site_in_order_is_alive_and_ready(app: Flask, browser: Browser) -> None:
    stamp(app)
    assert browser.get("/healthz").json == {"alive": True}
    ready = browser.get("/readyz")
    assert ready.json == {"ready": True, "database": True, "commit": True, "schema": True, "files": True}
    assert ready.headers["Cache-Control"] == "no-store"


def test_an_old_schema_is_not_ready(app: Flask, browser: Browser) -> None:
    stamp(app)
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_old'"))
    told = browser.client.get("/readyz")
    assert (told.status_code, told.get_json()) == (
        503,
        {"ready": False, "database": True, "commit": True, "schema": False, "files": True},
    )


def test_without_a_database_it_lives_but_is_not_ready(settings: dict[str, Any], tmp_path: Path) -> None:
    away = create_app({**settings, "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'consult.sqlite'}"})
    client = away.test_client()
    assert client.get("/healthz").status_code == 200
    told = client.get("/readyz")
    assert told.status_code == 503
    assert told.get_json()["database"] is False
    assert str(tmp_path) not in told.text
    assert client.get("/tiep-can/").status_code == 200


def test_a_folder_that_takes_no_files_is_not_ready(app: Flask, browser: Browser, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("")
    app.config["FILES_FOLDER"] = in_the_way / "files"
    assert browser.client.get("/readyz").get_json()["files"] is False


def test_a_commit_that_cannot_reach_the_disk_is_not_ready(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is read as before, and every fsync ends in EIO."""
    stamp(app)

    def fails(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    told = browser.client.get("/readyz")
    assert told.status_code == 503 and told.headers["Retry-After"]
    assert told.get_json() == {"ready": False, "database": True, "commit": False, "schema": True, "files": False}


def test_a_commit_is_tried_on_both_kinds_of_database(engine: Engine) -> None:
    assert health.commits(engine)


def test_a_server_that_takes_nothing_in_is_not_ready(database: Database) -> None:
    if database.engine.dialect.name == "postgresql":
        database.engine.dispose()
        away = connect(database.engine.url.set(query={"host": "/nowhere"}).render_as_string(hide_password=False))
    else:
        away = connect("sqlite:////nowhere/consult.sqlite")
    assert not health.commits(away)
    away.dispose()
