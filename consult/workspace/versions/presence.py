"""Who has a draft open that several people write, for all processes of a machine: in a small SQLite file of its own,
since reading a page writes nothing into the database. It need not survive a crash; when it cannot be written, nobody
else seems to be there."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

LASTS = timedelta(minutes=10)
"""So long after they opened it somebody is taken to be there."""

log = logging.getLogger(__name__)


def open_by(file: Path, draft: UUID, who: UUID, now: datetime) -> list[tuple[UUID, datetime]]:
    """Notes that somebody opened a draft now; gives who else did so in the last minutes and when, the last first."""
    seconds, since = now.timestamp(), (now - LASTS).timestamp()
    try:
        with _opened(file) as connection:
            connection.execute("DELETE FROM open WHERE at < ?", (since,))
            connection.execute("INSERT OR REPLACE INTO open VALUES (?, ?, ?)", (str(draft), str(who), seconds))
            others = connection.execute(
                "SELECT who, at FROM open WHERE draft = ? AND who <> ? ORDER BY at DESC", (str(draft), str(who))
            ).fetchall()
    except (sqlite3.Error, OSError):
        log.exception("noting who has a draft open failed")
        return []
    return [(UUID(other), datetime.fromtimestamp(at, UTC)) for other, at in others]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE IF NOT EXISTS open (draft TEXT, who TEXT, at REAL, PRIMARY KEY (draft, who))")
        yield connection
