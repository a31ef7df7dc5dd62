"""The power goes: whatever of SQLite's log was not yet on the disk is torn, and what was acknowledged stands in front.

Each submission ends with its log on the disk (synchronous=FULL). A cut keeps that much, and of what came after it any
number of bytes, the last sector perhaps with something else in it. `docs/reliability.md` has how often this was tried.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard
from consult.submissions.receiving.service import receive
from tests.database import SqliteDatabases
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new

SENT = 25
CUTS = int(os.environ.get("POWER_CUTS", "4"))
"""How often the power goes after each submission."""
SECTOR = 512


@dataclass(frozen=True)
class Acknowledged:
    """How long SQLite's log was, and what was kept outside, when a receipt was handed over."""

    length: int
    kept: bytes


@dataclass
class Sent:
    """The database and its log after all submissions, and what each of them was acknowledged with."""

    database: Path
    log: bytes
    after: list[Acknowledged]


@pytest.fixture
def sent(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Sent]:
    url = sqlite_databases.fresh()
    database, store = Database(url, tmp_path), CheckpointStore(tmp_path / "kept")
    database.engine.update_execution_options(**{STORE: Guard(store)})
    path = Path(database.engine.url.database or "")
    log, after = path.with_name(f"{path.name}-wal"), list[Acknowledged]()
    with database.session() as session:
        own = matter(session)
        for number in range(SENT):
            receive(session, own, new(comment(f"Ý kiến {number}"), at=MIDWAY, word=str(number)), MIDWAY, SIGNER, CODES)
            [kept] = (tmp_path / "kept").glob("*.checkpoint")
            after.append(Acknowledged(log.stat().st_size, kept.read_bytes()))
        yield Sent(path, log.read_bytes(), after)
    database.engine.dispose()
    sqlite_databases.drop(url)


def cut(sent: Sent, number: int, chance: random.Random, folder: Path) -> Path:
    """The database as the power left it after the acknowledgement `number`."""
    ends = [*(one.length for one in sent.after), len(sent.log)]
    kept = bytearray(sent.log[: chance.randint(ends[number], ends[number + 1])])
    torn = min(SECTOR, len(kept) - ends[number])
    if torn and chance.random() < 0.5:
        kept[-torn:] = chance.randbytes(torn)
    found = folder / "cut.sqlite"
    for left in folder.glob("cut.sqlite*"):
        left.unlink()
    shutil.copyfile(sent.database, found)
    found.with_name("cut.sqlite-wal").write_bytes(kept)
    return found


def test_no_cut_loses_what_was_acknowledged(sent: Sent, tmp_path: Path) -> None:
    chance = random.Random(20261130)
    for number in range(SENT):
        for _ in range(CUTS):
            with closing(sqlite3.connect(cut(sent, number, chance, tmp_path))) as left:
                assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert left.execute("PRAGMA foreign_key_check").fetchall() == []
                [count] = left.execute("SELECT count(*) FROM submission").fetchone()
                [entries] = left.execute("SELECT count(*) FROM ledger_entry").fetchone()
                [signed] = left.execute("SELECT max(size) FROM ledger_checkpoint").fetchone()
            # The next one may be there whole, unacknowledged; never a part of it.
            assert count in (number + 1, number + 2) and signed == entries
            # What is kept outside never claims more than the database has.
            assert f'"size": {entries + 1}'.encode() not in sent.after[number].kept
