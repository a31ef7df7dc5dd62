"""A commit takes away the files that somebody is about to open: who asks then is answered all the same."""

import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.outgrowing import OutgrowingEngine
from consult.search.engines.seam import Missing, Search
from consult.search.engines.selection import EngineSuccession
from consult.search.engines.whoosh_files import Storage
from consult.search.engines.whoosh_index import WhooshIndex
from tests.search.engine import documents, engine_with, numbers, put

ASKED: list[Callable[[Search], object]] = [
    lambda engine: numbers(engine, "hoa") == [1],
    lambda engine: engine.version() != "",
    lambda engine: "hoa" in engine.vocabulary(),
    lambda engine: engine.ready(),
]


def alone(folder: Path) -> Search:
    """Whoosh by itself, as where SQLite has no FTS5."""
    return WhooshIndex(folder)


def by_name(folder: Path) -> Search:
    """As `CONSULT_SEARCH_ENGINE=whoosh` has it."""
    return EngineSuccession(WhooshIndex(folder), (Fts5Index(folder),))


def growing(folder: Path) -> Search:
    """As a site has it that chose nothing."""
    return OutgrowingEngine(WhooshIndex(folder), Fts5Index(folder))


@pytest.mark.parametrize("engine_in", [alone, by_name, growing])
@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("at", [{1}, {2}, {3}, {2, 4, 6}], ids=str)
def test_who_is_about_to_open_what_a_commit_takes_away_is_answered(
    engine_in: Callable[[Path], Search],
    ask: Callable[[Search], object],
    at: set[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine, writer = engine_in(tmp_path), WhooshIndex(tmp_path)
    engine_with(engine, "hoa")
    opened, writes, numbered = Storage.open_file, threading.Lock(), itertools.count(1)

    def after_a_commit(storage: Storage, name: str, **options: Any) -> Any:
        if writes.acquire(blocking=False):
            if next(numbered) in at:
                put(writer, documents("hoa"))
            writes.release()
        return opened(storage, name, **options)

    monkeypatch.setattr(Storage, "open_file", after_a_commit)
    assert ask(engine)


def test_who_is_asked_where_no_index_is_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        by_name(tmp_path).version()
