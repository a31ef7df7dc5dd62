"""What every engine behind the seam does, on an index of its own: the same for FTS5, for Whoosh and for PostgreSQL."""

import gc
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.db import connect, new_id
from consult.search.engines import fts5_file, postgresql_tables, whoosh_index
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.seam import (
    DEEPEST,
    MOST_COUNTED,
    PAGE_SIZE,
    IndexBusy,
    IndexChange,
    Missing,
    Search,
    SearchFilters,
    Unavailable,
)
from consult.search.engines.tokens import Terms, terms
from consult.search.words import Thing, clause_fact, result_fact, year_fact
from tests.search.conftest import EACH_ENGINE, MakeEngine
from tests.search.engine import documents, engine_with, numbers, put

TEXTS = (
    "Bảo vệ môi trường nước mặt.",
    "Hoà giải tranh chấp đất đai.",
    "Hòa nhập cộng đồng.",
    "Đạt tiêu chí nông thôn mới.",
    "Trường học ở ngoài, môi người đỏ.",
)
HOSTILE = (
    "*a*", "a OR", "NEAR(", 'NEAR("moi truong", 2)', "text:", "said : moi", "words MATCH 'x'", '"', '""', '"""', '"a',
    'a" OR "b', "moi AND NOT truong", "^moi", "moi + truong", "{said title} : moi", "- moi", "\x00", "mo\x00i",
    "\u0301\u0300", "a\u0301\u0301\u0301", "'; DROP TABLE document; --", "(" * 500, '"' * 999, "x" * 10_000,
    "“môi trường", "[a TO z]", "môi~2", "$1", "%", "\\", "ﷺ½🇻🇳", "\ud7ff\ufffd",
)  # fmt: skip


@pytest.fixture(params=EACH_ENGINE)
def engine(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Search:
    """Each engine in turn, without an index."""
    return make_engine(request.param)


@pytest.fixture(scope="module", params=EACH_ENGINE)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """Each engine in turn with TEXTS, to be asked only."""
    if request.param is not PostgresqlIndex:
        yield engine_with(request.param(tmp_path_factory.mktemp("filled")), *TEXTS)
        return
    own = connect(request.getfixturevalue("postgresql_databases").fresh())
    yield engine_with(PostgresqlIndex(own), *TEXTS)
    own.dispose()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("moi truong", [1, 5]),
        ("MÔI TRƯỜNG", [1, 5]),
        ('"môi trường"', [1]),
        ("“moi truong” nuoc", [1]),
        ('"trường môi"', []),
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
def test_accents_and_tone_placement_do_not_matter(filled: Search, words: str, expected: list[int]) -> None:
    assert sorted(numbers(filled, words)) == expected


def test_typed_with_accents_the_same_spelling_is_first(filled: Search) -> None:
    assert numbers(filled, "đất") == [2, 4]
    assert numbers(filled, "đạt") == [4, 2]


TWO_WAYS = ("Lý do kỹ thuật.", "Lí do kĩ thuật.", "Quý khách.", "Quí khách.", "Bà Thuý.", "Đồ thúi.", "Hoà Bình.",
            "Bắp tay.", "Bắp tai.", "Li thuyết kì lạ.")  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lý", [1, 2, 10]), ("lí", [1, 2, 10]), ("ly", [1, 2, 10]), ("kĩ thuật", [1, 2]), ("kỳ", [1, 2, 10]),
        ("quý", [3, 4]), ("qui", [3, 4]), ("thuý", [5]), ("thúy", [5]), ("thúi", [6]), ("hòa", [7]), ("tay", [8]),
        ("tai", [9]), ("li\u0301", [1, 2, 10]), ("đo", [1, 2, 6]),
    ],
)  # fmt: skip
def test_i_and_y_are_one_where_they_are_one_sound(engine: Search, words: str, expected: list[int]) -> None:
    assert sorted(numbers(engine_with(engine, *TWO_WAYS), words)) == expected


@pytest.mark.parametrize(
    ("words", "first"), [("lí", {1, 2}), ("kĩ", {1, 2}), ("kì", {10}), ("đồ", {6}), ("ki\u0300", {10})]
)
def test_accents_that_were_typed_come_first_in_either_way(engine: Search, words: str, first: set[int]) -> None:
    found = numbers(engine_with(engine, *TWO_WAYS), words)
    assert set(found[: len(first)]) == first and len(found) > len(first)


def test_words_that_stand_together_are_first(filled: Search) -> None:
    assert numbers(filled, "moi truong") == [1, 5]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_mere_words(filled: Search, typed: str) -> None:
    assert filled.query(terms(typed), SearchFilters(), 1).total <= len(TEXTS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=80) | st.text(alphabet='"“”()*:^-+{} môiANDORNEAR', max_size=60))
def test_whatever_is_typed_is_answered(filled: Search, typed: str) -> None:
    found = filled.query(terms(typed), SearchFilters(), 1)
    assert found.total == len(found.documents) <= len(TEXTS)


def test_filters_by_kind_matter_and_facts(engine: Search) -> None:
    other = new_id()
    facts = (result_fact("accepted"), year_fact(2026), clause_fact("d12.k3"), clause_fact("d12"))
    ours = [*documents("rác"), *documents("rác", matter=other, thing=Thing.ANSWER, facts=facts)]
    engine.rebuild(lambda: ours)
    assert len(numbers(engine, "rac")) == 2

    def found(filters: SearchFilters, words: str = "rac") -> list[Thing]:
        return [one.thing for one in engine.query(terms(words), filters, 1).documents]

    assert found(SearchFilters(matter=other)) == found(SearchFilters(thing=Thing.ANSWER)) == [Thing.ANSWER]
    assert found(SearchFilters(thing=Thing.COMMENT, matter=other)) == []
    for fact in facts:
        assert found(SearchFilters(facts=(fact,))) == found(SearchFilters(facts=(fact,)), "") == [Thing.ANSWER]
    assert found(SearchFilters(facts=facts)) == [Thing.ANSWER]
    assert (
        found(SearchFilters(facts=(clause_fact("d12_k3"),))) == found(SearchFilters(facts=(clause_fact("d1"),))) == []
    )
    assert engine.query(Terms(()), SearchFilters(), 1).total == 0


def test_what_is_shown_of_a_document_is_kept_whole(engine: Search) -> None:
    [one] = documents("Bãi rác “cũ” \n ½ 🇻🇳", facts=(year_fact(2026),))
    engine.rebuild(lambda: [one])
    [back] = engine.query(terms("bai rac"), SearchFilters(), 1).documents
    assert (back.group, back.thing, back.matter, back.text, back.place, back.facts, back.stamp) == (
        one.group, one.thing, one.matter, one.text, one.place, one.facts, one.stamp,
    )  # fmt: skip


def test_a_group_indexed_again_is_what_it_is_now(engine: Search) -> None:
    engine_with(engine, *TEXTS)
    put(engine, documents("Nước ngầm."))
    assert numbers(engine, "bao ve") == []
    assert numbers(engine, "nuoc") == [1]
    group = documents("x")[0].group
    for said in (("cũ",), (), ("một", "hai", "ba"), ("bốn", "năm")):
        anew = tuple(replace(one, group=group) for one in documents(*said))
        engine.index(lambda anew=anew: [IndexChange(group, tuple(documents("nhầm"))), IndexChange(group, anew)])  # type: ignore[misc]
    words = ("nuoc", "cu", "nham", "mot", "hai", "ba", "bon", "nam")
    assert [numbers(engine, word) for word in words] == [[], [], [], [], [], [], [1], [2]]


def test_the_version_tells_every_change(engine: Search) -> None:
    seen = {engine_with(engine, "rác").version()}
    put(engine, documents("nước"))
    seen.add(engine.version())
    engine.rebuild(lambda: documents("rác"))
    seen.add(engine.version())
    assert len(seen) == 3 and engine.version() in seen


def test_pages_end_where_ordering_ends(engine: Search) -> None:
    engine_with(engine, *["rác thải"] * (MOST_COUNTED + 5))
    first = engine.query(terms("rac"), SearchFilters(), 1)
    assert (len(first.documents), first.total, first.more) == (PAGE_SIZE, MOST_COUNTED, True)
    assert len(numbers(engine, "rac", page=DEEPEST // PAGE_SIZE)) == PAGE_SIZE
    assert numbers(engine, "rac", page=DEEPEST // PAGE_SIZE + 1) == []
    assert len(numbers(engine, "rac", page=-3)) == PAGE_SIZE
    pages = [number for page in range(1, 6) for number in numbers(engine, "rac thai", page=page)]
    assert len(set(pages)) == len(pages) == 5 * PAGE_SIZE


def test_every_word_is_in_the_vocabulary(filled: Search) -> None:
    assert {"moi", "truong", "hoa", "dat"} <= set(filled.vocabulary())


def test_no_index_is_not_a_broken_index(engine: Search) -> None:
    assert not engine.ready()
    with pytest.raises(Missing):
        engine.query(terms("rac"), SearchFilters(), 1)
    with pytest.raises(Missing):
        put(engine, documents("rác"))
    with pytest.raises(Missing):
        engine.version()


@pytest.mark.parametrize("torn", [{".toc", ".seg", ".sqlite"}, {".seg", ".sqlite"}])
@pytest.mark.parametrize("engine", EACH_ENGINE[:2], indirect=True)
def test_torn_files_are_unavailable_until_built_again(engine: Search, tmp_path: Path, torn: set[str]) -> None:
    engine_with(engine, *TEXTS)
    for path in tmp_path.rglob("*"):
        if path.suffix in torn and not path.is_symlink():
            path.write_bytes(path.read_bytes()[:40])
    fresh = type(engine)(tmp_path / "search")  # type: ignore[call-arg]
    assert not fresh.ready()
    with pytest.raises(Unavailable):
        fresh.query(terms("dat"), SearchFilters(), 1)
    with pytest.raises(Unavailable):
        put(fresh, documents("rác"))
    # What this test made is young: all that a long run has left need not be looked through.
    gc.collect(1)
    fresh.rebuild(lambda: documents(*TEXTS))
    assert numbers(fresh, "bao ve moi truong") == numbers(engine, "bao ve moi truong") == [1]


def test_an_index_removed_meanwhile_is_built_again(engine: Search) -> None:
    engine_with(engine, *TEXTS)
    engine.forget()
    with pytest.raises(Unavailable):
        engine.query(terms("dat"), SearchFilters(), 1)
    assert engine.rebuild(lambda: documents(*TEXTS)) == len(TEXTS)
    assert numbers(engine, "đất")[0] == 2


def test_while_it_is_rebuilt_the_earlier_index_answers(engine: Search) -> None:
    engine_with(engine, "cũ")
    seen: list[list[int]] = []

    def read() -> list[object]:
        seen.append(numbers(engine, "cu"))
        return documents("mới")  # type: ignore[return-value]

    engine.rebuild(read)  # type: ignore[arg-type]
    assert seen == [[1]]
    assert (numbers(engine, "cu"), numbers(engine, "moi")) == ([], [1])


def test_writers_wait_for_each_other_and_the_last_reads_the_newest_facts(engine: Search) -> None:
    engine_with(engine, "rác")
    facts = {"text": "rác"}
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> list[IndexChange]:
        inside.set()
        assert go_on.wait(10)
        return [IndexChange(one.group, (one,)) for one in documents(facts["text"])]

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


def test_a_commit_meanwhile_disturbs_nobody_who_searches(engine: Search) -> None:
    engine_with(engine, *TEXTS)
    done = threading.Event()

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


def test_a_reader_of_facts_that_fails_lets_the_writer_go(engine: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_index, "WAIT_FOR_WRITER", 0.2)
    monkeypatch.setattr(fts5_file, "WAIT_FOR_WRITER", 0.2)
    monkeypatch.setattr(postgresql_tables, "WAIT_FOR_WRITER", 0.2)
    engine_with(engine, "rác")

    def fails() -> list[IndexChange]:
        with pytest.raises(IndexBusy):
            put(engine, documents("nước"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.index(fails)
    assert numbers(engine, "rac") == [1]
    put(engine, documents("nước"))
    assert numbers(engine, "nuoc") == [1]
