"""A database that fails at one chosen call, and how it stood before: whether an act is done whole or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

ENDED = "commit"


class Fault(Exception):
    """What the database raises at the chosen call."""


@dataclass
class Calls:
    """The calls of one request, in order; the one at `fails` (counted from 0) raises `Fault` and is not made."""

    fails: int | None = None
    made: list[str] = field(default_factory=list)

    def made_one(self, what: str) -> None:
        """One more call, by the first words of its statement."""
        self.made.append(what)
        if self.fails == len(self.made) - 1:
            raise Fault(what)


@contextmanager
def calls(app: Flask, fails: int | None = None) -> Iterator[Calls]:
    """Counts the statements and commits of the database of `app` during the block, and has one fail."""
    engine, counted = app.extensions["consult.database"].engine, Calls(fails)

    def executed(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.made_one(" ".join(statement.split()[:3]))

    def committed(_connection: Any) -> None:
        counted.made_one(ENDED)

    event.listen(engine, "before_cursor_execute", executed)
    event.listen(engine, "commit", committed)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", executed)
        event.remove(engine, "commit", committed)


@dataclass(frozen=True)
class Kept:
    """The database of a site on SQLite as it stood at one moment, to be looked at and gone back to."""

    engine: Engine
    copy: Path

    @classmethod
    def of(cls, app: Flask, folder: Path) -> "Kept":
        """As it stands now, copied into `folder`."""
        kept = cls(app.extensions["consult.database"].engine, folder / "kept.sqlite")
        with closing(kept._opened()) as now, closing(sqlite3.connect(kept.copy)) as copy:
            now.backup(copy)
        return kept

    def rows(self) -> dict[str, list[str]]:
        """Every row of every table, sorted."""
        with closing(self._opened()) as now:
            named = now.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return {name: sorted(map(repr, now.execute(f'SELECT * FROM "{name}"'))) for (name,) in named}

    def go_back(self) -> None:
        """Makes the database what it was."""
        self.engine.dispose()
        with closing(sqlite3.connect(self.copy)) as copy, closing(self._opened()) as now:
            copy.backup(now)

    def _opened(self) -> sqlite3.Connection:
        assert self.engine.url.database is not None
        return sqlite3.connect(self.engine.url.database)


def sampled(count: int, most: int) -> list[int]:
    """At most `most` of the first `count` numbers, evenly, with the first and the last."""
    if count <= most:
        return list(range(count))
    return sorted({round(place * (count - 1) / (most - 1)) for place in range(most)})
