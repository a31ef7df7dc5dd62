"""SQLite's log shipped away all the time by Litestream: sender and shipper are killed, and the copy holds."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore
from consult.transparency.drill import looking
from tests.database import SqliteDatabases
from tests.house.rooms import CHECKOUT
from tests.submissions.rows import SIGNER, matter

pytestmark = pytest.mark.slow

SENDER = """
import sys
from pathlib import Path
from sqlalchemy import select
from consult.consultations.models import Consultation
from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard
from consult.submissions.receiving.service import receive
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, new

database = Database(sys.argv[1], Path(sys.argv[2]))
database.engine.update_execution_options(**{STORE: Guard(CheckpointStore(Path(sys.argv[2]) / "kept"))})
with database.session() as session:
    own = session.scalars(select(Consultation)).one()
    for number in range(2_000):
        receive(session, own, new(comment(f"Ý kiến {number}"), at=MIDWAY, word=str(number)), MIDWAY, SIGNER, CODES)
        print(number, flush=True)
"""
LITESTREAM = Path(sys.executable).with_name("litestream")
LEAST = 40
"""Submissions that are acknowledged before the first of them is known to have been shipped, and again after that."""


@pytest.fixture
def shipped(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a database with an open matter, and the settings by which it is shipped, as the example has
    them."""
    url = sqlite_databases.fresh()
    database = Database(url, tmp_path)
    with database.session() as session:
        matter(session)
    database.engine.dispose()
    example = (CHECKOUT / "deploy" / "litestream.yml.example").read_text()
    for there, here in (
        ("/var/lib/consult/consult.sqlite", url.partition("///")[2]),
        ("/mnt/sao-luu/consult", str(tmp_path / "shipped")),
    ):
        assert there in example
        example = example.replace(there, here)
    (tmp_path / "litestream.yml").write_text(example)
    yield url, tmp_path / "litestream.yml"
    sqlite_databases.drop(url)


def started(*words: str | Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.Popen(
        [str(word) for word in words], env=environment, cwd=CHECKOUT, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def killed(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def said(process: subprocess.Popen[str], count: int) -> None:
    """Reads so many lines of what a process says."""
    assert process.stdout is not None
    for _ in range(count):
        assert process.stdout.readline()


def test_killed_in_the_middle_the_copy_holds_and_what_it_lacks_is_counted(
    shipped: tuple[str, Path], tmp_path: Path
) -> None:
    url, settings = shipped
    shipping = started(LITESTREAM, "replicate", "-config", settings)
    sending = started(sys.executable, "-c", SENDER, url, tmp_path)
    try:
        # Each file of the replica is there when the next is begun.
        said(sending, LEAST)
        while len(list((tmp_path / "shipped").rglob("*.ltx"))) < 3:
            said(sending, 1)
        said(sending, LEAST)
    finally:
        killed(sending)
        killed(shipping)
    copy = tmp_path / "back" / "consult.sqlite"
    copy.parent.mkdir()
    restore = [LITESTREAM, "restore", "-config", settings, "-o", copy, url.partition("///")[2]]
    done = subprocess.run([str(word) for word in restore], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(copy)) as left:
        assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert left.execute("PRAGMA foreign_key_check").fetchall() == []
        [count] = left.execute("SELECT count(*) FROM submission").fetchone()
    assert count > 0
    database = Database(f"sqlite:///{copy}", copy.parent)
    with database.session() as session:
        entries = {loss.entries for loss in looking.losses(session, CheckpointStore(tmp_path / "kept"), [], SIGNER)}
        assert session.scalars(select(Consultation.slug)).one()
    database.engine.dispose()
    # What was acknowledged and not shipped is a number that whoever restores is told.
    assert all(entry >= 0 for entry in entries)


def test_the_unit_ships_by_the_settings_of_the_example() -> None:
    unit = (CHECKOUT / "deploy" / "consult-shipping.service").read_text()
    assert re.search(r"^ExecStart=/opt/consult/\.venv/bin/litestream replicate -config /etc/consult/litestream.yml$",
                     unit, re.MULTILINE)  # fmt: skip
    pinned = (CHECKOUT / "deploy" / "requirements-shipping.txt").read_text().splitlines()
    assert {line for line in pinned if "==" in line} <= set(
        (CHECKOUT / "requirements-dev.txt").read_text().splitlines()
    )
