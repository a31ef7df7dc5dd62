"""`python -m bench.plans [COMMENTS]`: the pages of a matter with very many comments on SQLite and on PostgreSQL.

Seconds of each page on both, the least of eight: PostgreSQL plans a statement anew until it came a few times. Beside
them what its plans read whole of the tables that grow with comments. Nothing is kept of a page; PostgreSQL is the one
that the tests start.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import text

from bench import volume
from bench.deadline import end
from bench.matter import Bench, begin
from bench.pages import Page, forget, pages
from bench.read_whole import read_whole
from bench.site import ROOT, environment
from consult.responses.kept_words import handlers as kept_words
from consult.search.handlers import IndexHandlers
from tests.database import PostgresDatabases, postgresql_server

MANY = 200_000
TIMES = 8
MOST_RATIO = 1.5
"""A page of PostgreSQL is to take at most so many times what SQLite takes."""
SLOWER = 0.005
"""Seconds that nobody notices, whatever the ratio."""


@dataclass
class Measured:
    """What one page took: seconds by the kind of database, and the large tables that PostgreSQL read whole."""

    seconds: dict[str, float] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    @property
    def ratio(self) -> float:
        """How many times as long as on SQLite it took on PostgreSQL."""
        return self.seconds["postgresql"] / self.seconds["sqlite"]

    @property
    def wrong(self) -> bool:
        """Whether it reads something whole, or takes noticeably too long."""
        late = self.seconds["postgresql"] - self.seconds["sqlite"] * MOST_RATIO
        return bool(self.whole) or late > SLOWER


def main() -> int:
    """Prints one row a page; 1 when one of them is wrong."""
    comments = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    measured: dict[str, Measured] = {}
    for kind in ("sqlite", "postgresql"):
        with _database(kind) as url, tempfile.TemporaryDirectory(prefix="consult-plans-") as folder:
            given = {**environment(Path(folder)), **url}
            _upgrade(given)
            _measure(measured, kind, filled(given, comments), comments)
    print(f"| page with {comments:,} comments | SQLite, s | PostgreSQL, s | ratio | read whole |")
    print("|---|---:|---:|---:|---|")
    for name, one in measured.items():
        figures = f"{one.seconds['sqlite']:.3f} | {one.seconds['postgresql']:.3f} | {one.ratio:.1f}"
        print(f"| {name} | {figures} | {', '.join(sorted(one.whole))} |")
    return int(any(one.wrong for one in measured.values()))


@contextmanager
def _database(kind: str) -> Iterator[dict[str, str]]:
    """The setting that names a database of that kind: none for SQLite, which a site has by itself."""
    if kind == "sqlite":
        yield {}
        return
    with postgresql_server() as server:
        yield {"CONSULT_DATABASE_URL": PostgresDatabases(server).bare()}


def _upgrade(given: dict[str, str]) -> None:
    upgrade = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
    subprocess.run(upgrade, cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)


def filled(given: dict[str, str], comments: int, tended: bool = True) -> Bench:
    """A matter that has ended with so many comments, half of them answered; everything that is counted beside is, and
    the database `tended` after that, whose tables are there before."""
    now = datetime.now(UTC)
    made = begin(given, now)
    volume.fill(made, comments, now)
    end(made, now - timedelta(minutes=30))
    if tended:
        _tend(made)
    with made.app.extensions["consult.database"].session() as session:
        kept_words.prepare(session, now)
        IndexHandlers(made.app.extensions["consult.search"]).rebuild(session, now)
        session.commit()
    if tended:
        _tend(made)
    return made


def _tend(made: Bench) -> None:
    """What PostgreSQL does by itself in time is done before anything is measured; SQLite counts nothing of ours."""
    engine = made.app.extensions["consult.database"].engine
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (ANALYZE)"))


def _measure(measured: dict[str, Measured], kind: str, made: Bench, comments: int) -> None:
    for page in pages(made, comments, datetime.now(UTC)):
        one = measured.setdefault(page.name, Measured())
        one.seconds[kind] = min(_seconds(made, page) for _ in range(TIMES))
        if kind == "postgresql":
            one.whole = read_whole(made, page)
    made.app.extensions["consult.database"].engine.dispose()


def _seconds(made: Bench, page: Page) -> float:
    forget(made)
    began = time.perf_counter()
    answer = page.client.get(page.address)
    took = time.perf_counter() - began
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}:
        raise RuntimeError(f"{page.address} answered {answer.status_code}")
    return took


if __name__ == "__main__":
    sys.exit(main())
