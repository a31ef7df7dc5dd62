"""`python -m bench.plans [COMMENTS]`: the pages of a matter with very many comments on SQLite and on PostgreSQL.

Seconds of processor of each page on both, of web process and server together, the least of eight: PostgreSQL plans a
statement anew until it came a few times. Beside them those of who reads first after a comment was released, the least
of two, and what the plans read whole of the tables that grow with comments. Nothing is kept of a page; PostgreSQL is
the one that the tests start.
"""

import subprocess
import sys
import tempfile
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
from bench.processor import Processor
from bench.read_whole import read_whole
from bench.site import ROOT, environment
from consult.consultations.matter import queries
from consult.people.words import Role
from consult.responses.kept_words import handlers as kept_words
from consult.search.handlers import IndexHandlers
from consult.submissions.acts.service import release
from tests.database import PostgresDatabases, postgresql_server

MANY = 200_000
TIMES = 8
TIMES_FIRST = 2
MOST_RATIO = 1.5
"""A page of PostgreSQL is to take at most so many times what SQLite takes."""
SLOWER = 0.005
"""Seconds that nobody notices, whatever the ratio."""
MOST_SECONDS = 0.3
"""A page for everybody is to take at most so many seconds of processor, also of who reads first after a change."""


@dataclass
class Measured:
    """What one page took: seconds by the kind of database, those of who read `first` after a change where anybody may
    read it, and the large tables that PostgreSQL read whole."""

    seconds: dict[str, float] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    @property
    def ratio(self) -> float:
        """How many times as long as on SQLite it took on PostgreSQL."""
        return self.seconds["postgresql"] / self.seconds["sqlite"]

    @property
    def wrong(self) -> list[str]:
        """What is below what is wanted of it."""
        late = self.seconds["postgresql"] - self.seconds["sqlite"] * MOST_RATIO > SLOWER
        slow = any(seconds > MOST_SECONDS for seconds in self.first.values())
        said = {f"reads {', '.join(sorted(self.whole))} whole": bool(self.whole),
                f"takes {self.ratio:.1f} times as long on PostgreSQL": late,
                f"takes more than {MOST_SECONDS} s after a change": slow}  # fmt: skip
        return [words for words, so in said.items() if so]


def main() -> int:
    """Prints one row a page; 1 when one of them is wrong."""
    lines, below = table(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
    print(*lines, "", *below, sep="\n")
    return int(bool(below))


def table(comments: int) -> tuple[list[str], list[str]]:
    """The rows of the table, and what is below what is wanted. It takes some minutes with MANY comments."""
    measured: dict[str, Measured] = {}
    for kind in ("sqlite", "postgresql"):
        with _database(kind) as url, tempfile.TemporaryDirectory(prefix="consult-plans-") as folder:
            given = {**environment(Path(folder)), **url}
            _upgrade(given)
            measure(measured, kind, filled(given, comments), comments)
    lines = [
        f"| page with {comments:,} comments, s of processor | SQLite | PostgreSQL | ratio | first after a change: "
        "SQLite | PostgreSQL | read whole |",
        "|---|---:|---:|---:|---:|---:|---|",
        *(_row(name, one) for name, one in measured.items()),
    ]
    return lines, [f"{name}: {words}" for name, one in measured.items() for words in one.wrong]


def _row(name: str, one: Measured) -> str:
    kinds = ("sqlite", "postgresql")
    took = " | ".join(f"{one.seconds[kind]:.4f}" for kind in kinds)
    first = " | ".join(f"{one.first[kind]:.3f}" if kind in one.first else "" for kind in kinds)
    return f"| {name} | {took} | {one.ratio:.1f} | {first} | {', '.join(sorted(one.whole))} |"


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


def measure(measured: dict[str, Measured], kind: str, made: Bench, comments: int) -> None:
    """Adds what each page takes on this kind of database. Raises StopIteration with fewer than 2,000 comments: too few
    of them are in check to be released."""
    now, processor = datetime.now(UTC), Processor(made.app.extensions["consult.database"].engine)
    in_check = (number for number in range(comments, 0, -1) if not any(volume.acts(number)))
    for page in pages(made, comments, now):
        one = measured.setdefault(page.name, Measured())
        one.seconds[kind] = min(_seconds(made, page, processor) for _ in range(TIMES))
        if page.of_matter:
            one.first[kind] = min(_first(made, page, processor, next(in_check)) for _ in range(TIMES_FIRST))
        if kind == "postgresql":
            one.whole = read_whole(made, page)
    made.app.extensions["consult.database"].engine.dispose()


def _first(made: Bench, page: Page, processor: Processor, number: int) -> float:
    """Of who reads a page first after the comment of this number was released."""
    with made.app.extensions["consult.database"].session() as session:
        matter = queries.by_slug(session, made.slug)
        release(session, matter, [number], made.desk[Role.OFFICER], datetime.now(UTC))
    return _seconds(made, page, processor)


def _seconds(made: Bench, page: Page, processor: Processor) -> float:
    forget(made)
    began = processor.seconds()
    answer = page.client.get(page.address)
    took = processor.seconds() - began
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}:
        raise RuntimeError(f"{page.address} answered {answer.status_code}")
    return took


if __name__ == "__main__":
    sys.exit(main())
