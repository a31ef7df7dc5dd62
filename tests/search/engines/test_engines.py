"""Which engine is chosen, and how one takes the place of another without a gap."""

from datetime import timedelta
from pathlib import Path

import pytest

import config
from consult.search.engines import fts5_index
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.outgrowing import OutgrowingEngine
from consult.search.engines.seam import Document, Missing, SearchFilters
from consult.search.engines.selection import ENGINES, EngineSuccession, engine_of
from consult.search.engines.tokens import terms
from consult.search.engines.whoosh_index import WhooshIndex
from consult.search.words import Thing
from tests.builders import NOW
from tests.search.engine import MATTER, documents, engine_with, numbers


def test_each_is_chosen_by_name_and_whoosh_where_fts5_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ENGINES == config.SEARCH_ENGINES
    assert isinstance(engine_of("auto", tmp_path), OutgrowingEngine)
    for setting, kind in (("fts5", Fts5Index), ("whoosh", WhooshIndex)):
        engine = engine_of(setting, tmp_path)
        assert isinstance(engine, EngineSuccession) and isinstance(engine.chosen, kind)
    monkeypatch.setattr(fts5_index, "there", lambda: False)
    assert isinstance(engine_of("auto", tmp_path), WhooshIndex)
    with pytest.raises(ValueError, match="sphinx"):
        engine_of("sphinx", tmp_path)
    with pytest.raises(config.Misconfigured):
        config.settings({"CONSULT_ENV": "test", "CONSULT_SECRET_KEY": "x", "CONSULT_SEARCH_ENGINE": "sphinx"})


@pytest.mark.parametrize(("before", "after"), [("whoosh", "fts5"), ("fts5", "whoosh")])
def test_the_earlier_index_answers_until_the_new_one_is_complete(tmp_path: Path, before: str, after: str) -> None:
    old = engine_with(engine_of(before, tmp_path), "rác")
    new = engine_of(after, tmp_path)
    assert not new.ready()
    assert numbers(new, "rac") == [1]
    assert new.version() == old.version()
    assert "rac" in new.vocabulary()
    seen: list[list[int]] = []

    def read() -> list[Document]:
        seen.append(numbers(new, "rac"))
        return documents("nước")

    new.rebuild(read)
    assert seen == [[1]]
    assert (numbers(new, "rac"), numbers(new, "nuoc")) == ([], [1])
    assert not old.ready()


def test_without_any_index_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        engine_of("auto", tmp_path).query(terms("rac"), SearchFilters(), 1)


def test_other_versions_are_forgotten_when_whoosh_is_built(tmp_path: Path) -> None:
    for name in ("v0", "v999", "volume"):
        (tmp_path / name).mkdir()
    engine = WhooshIndex(tmp_path)
    engine_with(engine, "rác")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {engine.folder.name, "volume"}


def test_other_files_are_forgotten_when_fts5_is_built(tmp_path: Path) -> None:
    for name in ("fts5-v0-abc.sqlite", "fts5-v0-abc.sqlite-wal", "fts5-v0"):
        (tmp_path / name).touch()
    (tmp_path / "other").touch()
    engine = Fts5Index(tmp_path)
    engine_with(engine, "rác")
    assert all(path.name.startswith(engine.file.link.name) for path in tmp_path.glob("fts5-*"))
    assert len(list(tmp_path.glob("fts5-*.sqlite"))) == 1
    assert (tmp_path / "other").exists()


def test_common_words_come_newest_first_and_those_indexed_again_keep_their_place(tmp_path: Path) -> None:
    def said(number: int) -> Document:
        at = NOW - timedelta(days=number)
        return Document(f"c:{number}", Thing.COMMENT, MATTER, "rác", place={"number": number}, at=at)

    engine = Fts5Index(tmp_path)
    engine.rebuild(lambda: [said(3), said(1), said(2)])
    assert numbers(engine, "rac") == [1, 2, 3]
    engine.index(lambda: [])
    assert numbers(engine, "rac") == [1, 2, 3]


@pytest.mark.parametrize(("kind", "earlier"), [(Fts5Index, "fts5-v1-"), (WhooshIndex, "v2")])
def test_an_index_of_words_folded_otherwise_is_built_anew(tmp_path: Path, kind: type, earlier: str) -> None:
    """Before, i and y were not one."""
    engine = kind(tmp_path)
    assert not (engine.file.link.name if kind is Fts5Index else engine.folder.name).startswith(earlier)
    (tmp_path / earlier).mkdir()
    assert engine.begun() if kind is Fts5Index else not engine.ready()
    assert not engine.ready()
