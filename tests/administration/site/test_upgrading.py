"""`db upgrade`: what it cannot do it says in one sentence, and then nothing has changed."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, make_url, text

from consult import create_app, schema, sqlite
from consult.db import connect
from consult.sqlite import WriteLock
from consult.writer_queue import WriterQueue
from tests.application import end, settings_of
from tests.database import Databases
from tests.house.rooms import CHECKOUT


def upgraded(settings: dict[str, Any]) -> tuple[int, str]:
    """How the command ends, and what it says."""
    app = create_app(settings)
    done = app.test_cli_runner().invoke(args=["db", "upgrade"])
    end(app)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def refused(settings: dict[str, Any]) -> str:
    """The sentence that it says instead."""
    code, said = upgraded(settings)
    assert code == 1 and said.startswith("Lỗi: ") and said.count("\n") == 1, said
    return said


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Any:
    """Settings of a site whose database has no tables."""
    url = databases.bare()
    yield settings_of(url, tmp_path)
    databases.drop(url)


def tables(url: str) -> set[str]:
    """What there is."""
    engine = connect(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_from_nothing_to_everything_and_again(empty: dict[str, Any]) -> None:
    code, said = upgraded(empty)
    assert code == 0 and said.count("khóa đầu tiên cho ") == 3
    assert upgraded(empty) == (0, "Cấu trúc cơ sở dữ liệu đã ở phiên bản mới nhất.\n")


def test_a_database_that_is_newer_than_the_program_is_left_alone(empty: dict[str, Any]) -> None:
    upgraded(empty)
    engine = connect(empty["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    said = refused(empty)
    assert "mới hơn phần mềm này" in said and "of_tomorrow" in said and "chưa có gì thay đổi" in said
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "of_tomorrow"
    engine.dispose()


def test_what_fails_half_way_is_undone_whole(empty: dict[str, Any]) -> None:
    """Something of the same name stands where the last migrations want to put theirs."""
    engine = connect(empty["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE known_key (anything INTEGER)"))
    engine.dispose()
    said = refused(empty)
    assert "đã được hoàn lại" in said and "known_key" in said and "docs/operating.md" in said
    assert tables(empty["DATABASE_URL"]) == {"known_key"}


def test_no_database_of_that_name(postgresql_databases: Databases, tmp_path: Path) -> None:
    url = postgresql_databases.bare()
    gone = make_url(url).set(database="gone", password="geheim").render_as_string(hide_password=False)
    said = refused({**settings_of(gone, tmp_path), "DATABASE_URL": gone})
    assert "Không kết nối được" in said and "gone" in said and "geheim" not in said
    postgresql_databases.drop(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://consult@127.0.0.1:9/consult",
        "postgresql+psycopg://consult@/consult?host=/nowhere",
        "sqlite:////nowhere/at/all/consult.sqlite",
        "sqlite:////etc",
    ],
)
def test_no_database_can_be_reached(tmp_path: Path, url: str) -> None:
    said = refused(settings_of(url, tmp_path))
    assert "Chưa nâng cấp được" in said and url.partition("?")[0] in said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Kính gửi " * 1000)
    assert "không phải cơ sở dữ liệu" in refused(settings_of(f"sqlite:///{tmp_path / 'letter.txt'}", tmp_path))
    assert (tmp_path / "letter.txt").read_text().startswith("Kính gửi ")


def test_two_at_once_are_one_after_the_other(empty: dict[str, Any]) -> None:
    given = {
        **os.environ,
        "CONSULT_INSTANCE": str(empty["INSTANCE"]),
        "CONSULT_DATABASE_URL": empty["DATABASE_URL"],
        "CONSULT_KEYS": str(empty["KEYS_FOLDER"]),
    }
    command = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
    both = [subprocess.Popen(command, cwd=CHECKOUT, env=given, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=300)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(words.count("khóa đầu tiên cho ") for words in said) == [0, 3]


def test_it_waits_until_nobody_writes(app: Flask, tmp_path: Path) -> None:
    """The site's own queue: a submission under way is finished first."""
    settings = {**app.config, "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite'}"}
    with WriteLock(app.config["INSTANCE"] / "write.lock", WriterQueue()).held():
        waiting = Thread(target=upgraded, args=(settings,))
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive() and not (tmp_path / "new.sqlite").exists()
    waiting.join(120)
    assert not waiting.is_alive() and tables(settings["DATABASE_URL"]) > {"submission", "known_key"}


def test_a_busy_database_is_not_half_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who does not stand in the queue holds it for longer than SQLite waits."""
    monkeypatch.setattr(sqlite, "PATIENCE", 500)
    url = f"sqlite:///{tmp_path / 'busy.sqlite'}"
    other = sqlite3.connect(tmp_path / "busy.sqlite", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(schema.UpgradeFailed, match="database is locked"):
        schema.upgrade(url)
    other.execute("ROLLBACK")
    other.close()
    assert tables(url) == set()
    schema.upgrade(url)
