"""What the database, the system and the server say of a fault is told in a sentence: real faults, one of each kind."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from consult.command_line.faults import explained
from tests.house.rooms import CHECKOUT

MANY = "".join(f"### Điều {number}. Tên điều\n\n1. Nội dung.\n\n" for number in range(1, 3000))


def raised(url: str, *statements: str) -> DBAPIError:
    """What SQLAlchemy raises for the last of these statements."""
    engine = create_engine(url)
    try:
        with pytest.raises(DBAPIError) as wrong, engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()
    return wrong.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one table."""
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as made:
        made.execute("CREATE TABLE a (b TEXT)")
    return tmp_path / "a.sqlite"


def test_faults_of_sqlite_are_told_apart(file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{file}"
    full = raised(url, "PRAGMA max_page_count = 2", "INSERT INTO a VALUES (hex(zeroblob(90000)))")
    assert explained(full) == ("command.fault.disk_full", {})
    read_only = raised(f"sqlite:///file:{file}?mode=ro&uri=true", "INSERT INTO a VALUES (1)")
    assert explained(read_only) == ("command.fault.database_read_only", {})
    assert explained(raised(url, "SELECT 1 FROM nowhere")) == ("command.fault.schema_missing", {})
    assert explained(raised(url, "SELECT c FROM a")) == ("command.fault.schema_old", {})
    gone = raised(f"sqlite:///{tmp_path}/none/a.sqlite", "SELECT 1")
    assert explained(gone) == ("command.fault.database_not_opened", {})
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = raised(f"{url}?timeout=0", "INSERT INTO a VALUES (1)")
    assert explained(locked) == ("command.fault.database_busy", {})


def test_faults_of_either_database_are_told_alike(database_url: str) -> None:
    assert explained(raised(database_url, "SELECT 1 FROM nowhere")) == ("command.fault.schema_missing", {})
    assert explained(raised(database_url, "SELECT no_such FROM ledger_entry")) == ("command.fault.schema_old", {})
    away = explained(raised("postgresql+psycopg://nobody@127.0.0.1:1/none", "SELECT 1"))
    assert away is not None and away[0] == "command.fault.database_away"


def test_faults_of_the_system_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(OSError) as full, open("/dev/full", "w") as device:
        device.write("x")
        device.flush()
    assert explained(full.value) == ("command.fault.disk_full", {})
    with pytest.raises(OSError) as missing:
        (tmp_path / "none").read_bytes()
    assert explained(missing.value) == ("command.fault.no_such_file", {"place": str(tmp_path / "none")})
    assert explained(RuntimeError("never foreseen")) is None


def site(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment of an installation of its own."""
    return {**os.environ, "CONSULT_INSTANCE": str(tmp_path / "instance"), **more}


def test_a_reader_who_has_gone_ends_a_command_quietly(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MANY, encoding="utf-8")
    command = [sys.executable, "-m", "flask", "--app", "consult", "outline", str(tmp_path / "a.md")]
    running = subprocess.Popen(
        command, cwd=CHECKOUT, env=site(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(60) != 0 and said == ""


def test_ctrl_c_is_one_sentence(tmp_path: Path) -> None:
    # Whatever a shell has in the background ignores Ctrl+C, and so does all that it starts.
    running = subprocess.Popen(
        ["env", "--default-signal=INT", sys.executable, "-m", "flask", "--app", "consult", "demo"], cwd=CHECKOUT,
        text=True, env=site(tmp_path, CONSULT_ENV="development"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stdout.readline().startswith("Đang dựng"), "it is at work"
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=60)
    assert running.returncode == 130 and out == ""
    assert said.startswith("Lỗi: Đã dừng theo yêu cầu") and said.count("\n") == 1


@pytest.mark.parametrize("preload", [[], ["--preload"]])
def test_a_server_that_is_set_up_wrongly_says_why_and_stops(tmp_path: Path, preload: list[str]) -> None:
    command = [sys.executable, "-m", "gunicorn", "--workers=1", "--bind=127.0.0.1:0", "--no-control-socket", *preload]
    ended = subprocess.run(
        [*command, "--log-level=error", "consult:create_app()"], cwd=CHECKOUT, timeout=120,
        env=site(tmp_path, CONSULT_PROXIES="two"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 4
    assert "Lỗi: CONSULT_PROXIES phải là số nguyên" in ended.stderr and "Traceback" not in ended.stderr
