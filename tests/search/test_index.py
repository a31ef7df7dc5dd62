"""The engine behind the seam, on an index of its own."""

import gc
import shutil
import threading
from pathlib import Path

import pytest
from whoosh.index import LockError

from consult.db import new_id
from consult.search import whoosh_index
from consult.search.seam import DEEPEST, PAGE_SIZE, Change, Filters, Missing, Unavailable
from consult.search.tokens import terms
from consult.search.whoosh_index import WhooshIndex
from consult.search.words import Thing
from tests.search.engine import documents, engine_with, numbers, put

TEXTS = (
    "Bảo vệ môi trường nước mặt.",
    "Hoà giải tranh chấp đất đai.",
    "Hòa nhập cộng đồng.",
    "Đạt tiêu chí nông thôn mới.",
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("moi truong", [1]),
        ("MÔI TRƯỜNG", [1]),
        ("hòa", [2, 3]),
        ("hoà", [2, 3]),
        ("hoa", [2, 3]),
        ("dat", [2, 4]),
        ("môi trường đất", []),
        ("*", []),
        ("*a*", []),
        ("m*", []),
    ],
)
def test_accents_and_tone_placement_do_not_matter(tmp_path: Path, words: str, expected: list[int]) -> None:
    assert sorted(numbers(engine_with(tmp_path, *TEXTS), words)) == expected


def test_typed_with_accents_the_same_spelling_is_first(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, *TEXTS)
    assert numbers(engine, "đất") == [2, 4]
    assert numbers(engine, "đạt") == [4, 2]


def test_filters_by_kind_and_matter(tmp_path: Path) -> None:
    engine, other = WhooshIndex(tmp_path), new_id()
    engine.rebuild(lambda: [*documents("rác"), *documents("rác", matter=other, thing=Thing.ANSWER)])
    assert len(numbers(engine, "rac")) == 2
    assert engine.query(terms("rac"), Filters(matter=other), 1).documents[0].matter == other
    assert engine.query(terms("rac"), Filters(thing=Thing.ANSWER), 1).documents[0].matter == other
    assert engine.query(terms("rac"), Filters(thing=Thing.COMMENT, matter=other), 1).total == 0


def test_a_group_indexed_again_is_what_it_is_now(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, *TEXTS)
    put(engine, documents("Nước ngầm."))
    assert numbers(engine, "moi truong") == []
    assert numbers(engine, "nuoc") == [1]
    group = documents("x")[0].group
    engine.index(lambda: [Change(group, tuple(documents("cũ"))), Change(group)])
    assert numbers(engine, "nuoc") == numbers(engine, "cu") == []


def test_pages_end_where_ranking_ends(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, *["rác thải"] * (DEEPEST + 5))
    first = engine.query(terms("rac"), Filters(), 1)
    assert (len(first.documents), first.total, first.more) == (PAGE_SIZE, DEEPEST, True)
    assert len(numbers(engine, "rac", page=DEEPEST // PAGE_SIZE)) == PAGE_SIZE
    assert numbers(engine, "rac", page=DEEPEST // PAGE_SIZE + 1) == []
    assert len(numbers(engine, "rac", page=-3)) == PAGE_SIZE


def test_no_index_is_not_a_broken_index(tmp_path: Path) -> None:
    engine = WhooshIndex(tmp_path / "none")
    assert not engine.ready()
    with pytest.raises(Missing):
        engine.query(terms("rac"), Filters(), 1)
    with pytest.raises(Missing):
        put(engine, documents("rác"))


# Whoosh leaves a torn file to the garbage collector to close, which is made to come here and not in another test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_torn_files_are_unavailable_until_built_again(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, *TEXTS)
    for path in engine.folder.iterdir():
        if path.suffix in {".toc", ".seg"}:
            path.write_bytes(path.read_bytes()[:40])
    assert not engine.ready()
    with pytest.raises(Unavailable):
        engine.query(terms("dat"), Filters(), 1)
    with pytest.raises(Unavailable):
        put(engine, documents("rác"))
    gc.collect()
    engine.rebuild(lambda: documents(*TEXTS))
    assert numbers(engine, "moi truong") == [1]


def test_an_index_removed_meanwhile_is_built_again(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, *TEXTS)
    shutil.rmtree(engine.folder)
    with pytest.raises(Unavailable):
        engine.query(terms("dat"), Filters(), 1)
    assert engine.rebuild(lambda: documents(*TEXTS)) == len(TEXTS)


def test_while_it_is_rebuilt_the_earlier_index_answers(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, "cũ")
    seen: list[list[int]] = []

    def read() -> list[object]:
        seen.append(numbers(engine, "cu"))
        return documents("mới")  # type: ignore[return-value]

    engine.rebuild(read)  # type: ignore[arg-type]
    assert seen == [[1]]
    assert (numbers(engine, "cu"), numbers(engine, "moi")) == ([], [1])


def test_other_versions_are_forgotten_when_this_one_is_built(tmp_path: Path) -> None:
    for name in ("v0", "v999", "volume"):
        (tmp_path / name).mkdir()
    engine = engine_with(tmp_path, "rác")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {engine.folder.name, "volume"}


def test_writers_wait_for_each_other_and_the_last_reads_the_newest_facts(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, "rác")
    facts = {"text": "rác"}
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> list[Change]:
        inside.set()
        assert go_on.wait(10)
        return [Change(one.group, (one,)) for one in documents(facts["text"])]

    first = threading.Thread(target=engine.index, args=(slow,))
    first.start()
    assert inside.wait(10)
    facts["text"] = "nước"
    second = threading.Thread(target=lambda: put(engine, documents(facts["text"])))
    second.start()
    go_on.set()
    first.join(20)
    second.join(20)
    assert (numbers(engine, "rac"), numbers(engine, "nuoc")) == ([], [1])


def test_a_commit_meanwhile_disturbs_nobody_who_searches(tmp_path: Path) -> None:
    engine, done = engine_with(tmp_path, *TEXTS), threading.Event()

    def commits() -> None:
        try:
            for _ in range(60):
                put(engine, documents("Nước ngầm."))
        finally:
            done.set()

    writer = threading.Thread(target=commits)
    writer.start()
    asked = 0
    while not done.is_set() or asked < 10:
        assert sorted(numbers(engine, "hoa")) == [2, 3]
        asked += 1
    writer.join(20)


def test_a_reader_of_facts_that_fails_lets_the_writer_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_index, "WAIT_FOR_WRITER", 0.2)
    engine = engine_with(tmp_path, "rác")

    def fails() -> list[Change]:
        with pytest.raises(LockError):
            put(engine, documents("nước"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.index(fails)
    put(engine, documents("nước"))
    assert numbers(engine, "nuoc") == [1]
