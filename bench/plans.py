"""`python -m bench.plans [COMMENTS]`: the pages of a matter with very many comments on SQLite and on PostgreSQL.

Seconds of each page on both, the least of eight: PostgreSQL plans a statement anew until it came a few times. Beside
them what its plans read whole of the tables that grow with comments. Nothing is kept of a page; PostgreSQL is the one
that the tests start, with the planner's own settings.
"""

import json
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
from typing import Any
from unittest.mock import patch

import psycopg
from flask.testing import FlaskClient
from sqlalchemy import text

from bench import volume
from bench.deadline import end
from bench.desk import SCREENS, signed_in
from bench.matter import Bench, begin
from bench.site import ROOT, environment
from consult.people.words import Role
from consult.responses.kept_words import handlers as kept_words
from consult.search.handlers import IndexHandlers
from tests.database import PostgresDatabases, postgresql_server

MANY = 200_000
TIMES = 8
MOST_RATIO = 1.5
"""A page of PostgreSQL is to take at most so many times what SQLite takes."""
LARGE = 10_000
"""Rows from which on a table is large: it grows with comments."""
SLOWER = 0.005
"""Seconds that nobody notices, whatever the ratio."""
PUBLIC = (
    "/", "/lay-y-kien/", "{matter}", "{matter}du-thao/1/", "{matter}y-kien/", "{matter}y-kien/?trang={late}",
    "{matter}y-kien/?thu-tu=cung-y-kien", "{matter}y-kien/?ket-qua=not_accepted", "{matter}y-kien/?nguon=critique",
    "{matter}y-kien/?tai=d3", "{matter}y-kien/250/",
    "{api}/comments", "{api}/comments?cursor=100000", "{api}", "/tim-kiem/?q=thu+gom",
)  # fmt: skip


@dataclass
class Page:
    """What one page took: seconds by the kind of database, and the large tables that PostgreSQL read whole."""

    path: str
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
    pages: dict[str, Page] = {}
    for kind in ("sqlite", "postgresql"):
        with _database(kind) as url, tempfile.TemporaryDirectory(prefix="consult-plans-") as folder:
            _measure(pages, kind, _filled({**environment(Path(folder)), **url}, comments), comments)
    print(f"| page with {comments:,} comments | SQLite, s | PostgreSQL, s | ratio | read whole |")
    print("|---|---:|---:|---:|---|")
    for page in pages.values():
        figures = f"{page.seconds['sqlite']:.3f} | {page.seconds['postgresql']:.3f} | {page.ratio:.1f}"
        print(f"| {page.path} | {figures} | {', '.join(sorted(page.whole))} |")
    return int(any(page.wrong for page in pages.values()))


@contextmanager
def _database(kind: str) -> Iterator[dict[str, str]]:
    """The setting that names a database of that kind: none for SQLite, which a site has by itself."""
    if kind == "sqlite":
        yield {}
        return
    with postgresql_server() as server:
        yield {"CONSULT_DATABASE_URL": PostgresDatabases(server).bare()}


def _filled(given: dict[str, str], comments: int) -> Bench:
    """A matter that has ended with so many comments, half of them answered; everything that is counted beside is."""
    upgrade = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
    subprocess.run(upgrade, cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
    now = datetime.now(UTC)
    made = begin(given, now)
    volume.fill(made, comments, now)
    end(made, now - timedelta(minutes=30))
    _tend(made)
    with made.app.extensions["consult.database"].session() as session:
        kept_words.prepare(session, now)
        IndexHandlers(made.app.extensions["consult.search"]).rebuild(session, now)
        session.commit()
    _tend(made)
    return made


def _tend(made: Bench) -> None:
    """What PostgreSQL does by itself in time is done before anything is measured; SQLite counts nothing of ours."""
    engine = made.app.extensions["consult.database"].engine
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (ANALYZE)"))


def _measure(pages: dict[str, Page], kind: str, made: Bench, comments: int) -> None:
    now = datetime.now(UTC)
    clients = {role: signed_in(made, role, now) for role in (Role.OFFICER, Role.LEADER, Role.PUBLISHER)}
    asked = [(made.app.test_client(), path) for path in PUBLIC] + [(clients[role], path) for role, path in SCREENS]
    names = {"desk": f"/xu-ly/{made.slug}/", "matter": f"/lay-y-kien/{made.slug}/",
             "api": f"/api/v1/consultations/{made.slug}", "late": str(comments // 50)}  # fmt: skip
    for place, (client, path) in enumerate(asked):
        page = pages.setdefault(f"{place} {path.format(desk='…/', matter='…/', api='/api/…', late='…')}", Page(path))
        page.seconds[kind] = min(_seconds(made, client, path.format(**names)) for _ in range(TIMES))
        if kind == "postgresql":
            page.whole = _read_whole(made, client, path.format(**names))
    made.app.extensions["consult.database"].engine.dispose()


def _seconds(made: Bench, client: FlaskClient, path: str) -> float:
    _forget(made)
    began = time.perf_counter()
    answer = client.get(path)
    took = time.perf_counter() - began
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took


def _forget(made: Bench) -> None:
    for room in ("consult.page_cache", "consult.search_pages"):
        made.app.extensions[room].clear()


def _read_whole(made: Bench, client: FlaskClient, path: str) -> set[str]:
    """The large tables that a plan of a statement of this page reads from beginning to end."""
    asked: list[tuple[Any, Any]] = []
    carried_out = psycopg.Cursor.execute

    def note(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        asked.append((query, params))
        return carried_out(cursor, query, params, **options)

    _forget(made)
    with patch.object(psycopg.Cursor, "execute", note):
        client.get(path)
    with made.app.extensions["consult.database"].engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        large = {name for (name,) in raw.execute("SELECT relname FROM pg_class WHERE reltuples > %s", (LARGE,))}
        reads = [(query, params) for query, params in asked if str(query).lstrip().startswith(("SELECT", "WITH"))]
        return {name for query, params in reads for name in _scanned(_plan(raw, query, params))} & large


def _plan(raw: Any, query: str, params: Any) -> dict[str, Any]:
    found = raw.execute("EXPLAIN (FORMAT JSON) " + query, params).fetchone()[0]
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def _scanned(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for beneath in plan.get("Plans", ()):
        yield from _scanned(beneath)


if __name__ == "__main__":
    sys.exit(main())
