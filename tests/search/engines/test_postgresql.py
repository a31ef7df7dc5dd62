"""What PostgreSQL's index does beyond the others: one for all machines, ordered as FTS5 orders, built while it answers,
and nothing left of what was taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

import config
from consult.administration.backups import dump
from consult.db import connect
from consult.search.engines import conditions, postgresql_tables
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.postgresql_query import Where
from consult.search.engines.seam import Document, IndexBusy, IndexChange, Missing, Search, SearchFilters
from consult.search.engines.selection import engine_of, shared
from consult.search.engines.tokens import terms
from consult.search.thesaurus import with_groups
from consult.search.words import Thing
from tests.database import PostgresDatabases
from tests.search.engine import ANYTHING, MATTER, documents, engine_with, held, numbers, put

pytestmark = pytest.mark.postgres

SAID = (
    "Bảo vệ môi trường nước mặt", "Môi trường và đất", "Trường học ở ngoài, môi người đỏ", "đất đai", "Đạt tiêu chí",
    "bao ve moi truong dat", "Hoà giải tranh chấp đất đai ở môi trường nước", "rác thải nguy hại", "Chất thải rắn",
)  # fmt: skip
WORDS = ("môi", "trường", "moi", "truong", '"môi trường"', "đất", "dat", "nước", "rác", "thải", '"rác thải"', "hoà")
GROUPS = [["rác thải", "chất thải", "rác"], ["đất đai", "thổ nhưỡng"]]
KINDS = (Thing.COMMENT, Thing.PROVISION, Thing.MATTER)


@pytest.fixture
def machines(postgresql: Engine) -> Iterator[tuple[PostgresqlIndex, PostgresqlIndex]]:
    """The index as two machines reach it, not built yet."""
    one, other = postgresql, connect(postgresql.url.render_as_string(hide_password=False))
    PostgresqlIndex(one).forget()
    yield PostgresqlIndex(one), PostgresqlIndex(other)
    other.dispose()


@pytest.fixture(scope="module")
def alike(
    tmp_path_factory: pytest.TempPathFactory, postgresql_databases: PostgresDatabases
) -> Iterator[tuple[Search, Search]]:
    """FTS5 and PostgreSQL with the same documents of every kind, some of them indexed again."""
    engine = connect(postgresql_databases.fresh())
    engines = (Fts5Index(tmp_path_factory.mktemp("alike")), PostgresqlIndex(engine))
    ours = [
        Document(f"{place}", KINDS[place % 3], MATTER, said, SAID[-1 - place % 7], {"number": place})
        for place, said in enumerate(SAID * 3)
    ]
    for one in engines:
        one.rebuild(lambda: ours)
        put(one, reversed(ours[5:12]))
    yield engines
    engine.dispose()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(said=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), enough=st.integers(0, 3), page=st.integers(1, 3))
def test_it_finds_the_same_in_the_same_order(
    alike: tuple[Search, Search], said: list[str], enough: int, page: int
) -> None:
    words = with_groups(GROUPS, terms(" ".join(said)))
    asked = words if enough == 0 else type(words)(words.terms, parts=words.parts, enough=min(enough, len(words.parts)))
    one, other = (
        [(found.place["number"], found.title) for found in engine.query(asked, ANYTHING, page).documents]
        for engine in alike
    )
    assert one == other


def test_what_one_machine_writes_every_machine_finds(machines: tuple[PostgresqlIndex, PostgresqlIndex]) -> None:
    one, other = machines
    engine_with(one, "rác")
    put(other, [Document("c", Thing.COMMENT, MATTER, "nước", place={"number": 2})])
    assert [numbers(engine, "nuoc") + numbers(engine, "rac") for engine in machines] == [[2, 1], [2, 1]]
    assert one.version() == other.version()


def test_a_build_that_failed_leaves_the_earlier_one(machines: tuple[PostgresqlIndex, PostgresqlIndex]) -> None:
    one, other = machines
    engine_with(one, "rác")

    def fails() -> list[Document]:
        assert numbers(other, "rac") == [1]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        one.rebuild(fails)
    put(other, documents("nước"))
    assert numbers(one, "nuoc") == [1]


def test_who_was_told_of_an_earlier_build_reads_the_next(
    machines: tuple[PostgresqlIndex, PostgresqlIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    engine_with(one, "rác")
    built, told = postgresql_tables.state_of, []

    def late(connection: object) -> object:
        state = built(connection)  # type: ignore[arg-type]
        told.append(state)
        if len(told) == 1:
            # Between being told of a build and reading it another takes its place.
            monkeypatch.setattr(postgresql_tables, "state_of", built)
            engine_with(other, "nước")
            monkeypatch.setattr(postgresql_tables, "state_of", late)
        return state

    monkeypatch.setattr(postgresql_tables, "state_of", late)
    assert numbers(one, "nuoc") == [1] and len(told) > 1


def test_built_anew_nothing_of_the_earlier_build_is_left(
    machines: tuple[PostgresqlIndex, PostgresqlIndex], postgresql: Engine
) -> None:
    one, _ = machines
    engine_with(one, "bí mật")
    engine_with(one, "rác")
    with postgresql.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'consult_search'")).all()
    assert len(tables) == 3 and list(one.vocabulary()) == ["rac"] and "bí" not in held(one)


def test_a_word_that_nothing_holds_any_more_is_forgotten(machines: tuple[PostgresqlIndex, PostgresqlIndex]) -> None:
    one, _ = machines
    engine_with(one, "rác thải", "nước thải")
    put(one, documents("rác"))
    assert list(one.vocabulary()) == ["nuoc", "rac", "thai"]
    one.index(lambda: [IndexChange(documents("rác")[0].group)])
    assert list(one.vocabulary()) == ["nuoc", "thai"]


def test_several_groups_changed_at_once_keep_their_places(machines: tuple[PostgresqlIndex, PostgresqlIndex]) -> None:
    one, _ = machines
    engine_with(one, "rác", "rác", "rác")
    three, two = documents("rác", "rác", "rác")[2], documents("rác", "rác")[1]
    new = Document("new", Thing.COMMENT, MATTER, "rác", place={"number": 9})
    one.index(lambda: [IndexChange(new.group, (new,)), IndexChange(three.group), IndexChange(two.group, (two,))])
    assert numbers(one, "rac") == [9, 2, 1]


def test_a_text_with_more_words_than_fit_is_found_by_the_first(
    machines: tuple[PostgresqlIndex, PostgresqlIndex],
) -> None:
    one, _ = machines
    endless = "mở đầu " + " ".join(f"{number:09d}abcdefghijklmnopq" for number in range(50_000)) + " kết thúc"
    put(engine_with(one, "rác"), documents(endless))
    assert numbers(one, "mo dau") == [1] and numbers(one, "ket thuc") == []


def test_an_earlier_release_leaves_the_index_of_a_later_one_alone(
    machines: tuple[PostgresqlIndex, PostgresqlIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, later = machines
    engine_with(earlier, "rác")
    with monkeypatch.context() as patch:
        patch.setattr(postgresql_tables, "VERSION", postgresql_tables.VERSION + 1)
        engine_with(later, "nước")
        version = later.version()
    with pytest.raises(IndexBusy):
        put(earlier, documents("rác"))
    with pytest.raises(IndexBusy):
        earlier.rebuild(lambda: documents("rác"))
    with pytest.raises(Missing):
        earlier.query(terms("rac"), SearchFilters(), 1)
    monkeypatch.setattr(postgresql_tables, "VERSION", postgresql_tables.VERSION + 1)
    assert later.version() == version
    later.forget()


def test_a_site_on_postgresql_takes_it_by_itself_and_its_earlier_index_answers_meanwhile(
    tmp_path: Path, machines: tuple[PostgresqlIndex, PostgresqlIndex], postgresql: Engine
) -> None:
    earlier = engine_with(engine_of("fts5", tmp_path, postgresql), "rác")
    assert not shared(earlier)
    site = engine_of("auto", tmp_path, postgresql)
    assert shared(site) and shared(engine_of("postgresql", tmp_path, postgresql))
    assert not site.ready() and numbers(site, "rac") == [1]
    site.rebuild(lambda: documents("nước"))
    assert (numbers(site, "nuoc"), site.ready(), earlier.ready()) == ([1], True, False)


def test_what_is_asked_twice_is_one_clause() -> None:
    where, expanded = Where(), with_groups(GROUPS, terms("rac"))
    [*_narrowed, everything] = conditions.orders(expanded)
    asked = [where.of(condition, ["f:thing"]) for condition in everything]
    assert asked[0] != asked[1] and len(set(asked)) == len(asked) - 1


def test_on_another_database_it_cannot_be_chosen(tmp_path: Path) -> None:
    own = connect(f"sqlite:///{tmp_path}/x.sqlite")
    with pytest.raises(ValueError, match="needs a PostgreSQL"):
        engine_of("postgresql", tmp_path, own)
    own.dispose()
    assert "postgresql" in config.SEARCH_ENGINES


def test_no_backup_holds_it(
    machines: tuple[PostgresqlIndex, PostgresqlIndex], postgresql: Engine, tmp_path: Path
) -> None:
    one, _ = machines
    engine_with(one, "rác")
    dump.dump(postgresql.url.render_as_string(hide_password=False), tmp_path / "copy")
    said = (tmp_path / "copy").read_bytes()
    assert b"consult_search" not in said and b"outbox_message" in said
