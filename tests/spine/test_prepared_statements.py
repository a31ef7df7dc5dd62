"""What PostgreSQL has planned it keeps for as long as a connection lasts, although reading ends by rolling back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import Cursor
from sqlalchemy import String, bindparam, create_engine, func, literal, select, text
from sqlalchemy.exc import DBAPIError

from consult import postgresql, storage_faults
from consult.compiled_statements import CompiledStatement
from consult.db import Database, Pool
from consult.postgresql import PLANNED_ONCE
from tests.database import PostgresDatabases

pytestmark = pytest.mark.postgres
ASKED = text("SELECT name FROM counter WHERE name = :name").bindparams(name="a")
PREPARED = "SELECT name FROM counter WHERE name = $1::VARCHAR"


@pytest.fixture
def database(postgresql_databases: PostgresDatabases, tmp_path: Path) -> Iterator[Database]:
    """One whose every session has the same connection."""
    url = postgresql_databases.bare()
    made = Database(url, tmp_path, pool=Pool(1, 0))
    with made.engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (name text)"))
    yield made
    made.engine.dispose()
    postgresql_databases.drop(url)


def _read(database: Database, of_one_moment: bool = True) -> None:
    with database.session(of_one_moment) as session:
        session.execute(ASKED).all()


def _prepared(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(text("SELECT statement FROM pg_prepared_statements")))


@pytest.mark.parametrize("of_one_moment", [True, False])
def test_what_page_after_page_reads_is_prepared(database: Database, of_one_moment: bool) -> None:
    for _ in range(4):
        _read(database, of_one_moment)
    assert PREPARED in _prepared(database)


@pytest.mark.parametrize(("options", "kept"), [({}, False), (PLANNED_ONCE, True)])
def test_a_plan_is_kept_for_a_statement_that_says_so(database: Database, options: dict[str, Any], kept: bool) -> None:
    for _ in range(12):
        with database.session(of_one_moment=True) as session:
            session.execute(ASKED.execution_options(**options)).all()
            mode = session.scalar(text("SHOW plan_cache_mode"))
    with database.session() as session:
        asked = text("SELECT generic_plans > 0 FROM pg_prepared_statements WHERE statement = :asked")
        assert session.scalar(asked, {"asked": PREPARED}) is kept
    assert mode == "force_custom_plan"


def test_how_it_plans_is_taken_back_only_where_something_else_is_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round trip less for each page whose last statement keeps its plan."""
    said, execute = [], Cursor.execute

    def note(cursor: Any, query: Any, *given: Any, **options: Any) -> Any:
        said.append(str(query))
        return execute(cursor, query, *given, **options)

    once = ASKED.execution_options(**PLANNED_ONCE)
    compiled = CompiledStatement(once), CompiledStatement(ASKED)
    with database.session() as session:
        monkeypatch.setattr(Cursor, "execute", note)
        session.execute(once).all()
        compiled[0].all(session)
        assert [query for query in said if "SET" in query] == ["SET LOCAL plan_cache_mode TO force_generic_plan"]
        said.clear()
        compiled[1].all(session)
        session.execute(ASKED).all()
        assert [query for query in said if "SET" in query] == ["SET LOCAL plan_cache_mode TO force_custom_plan"]
        session.execute(once).all()
    said.clear()
    with database.session() as session:
        assert session.scalar(text("SHOW plan_cache_mode")) == "force_custom_plan"
    assert not any("SET" in query for query in said)


def test_a_savepoint_that_is_given_up_takes_its_setting_along(database: Database) -> None:
    once = ASKED.execution_options(**PLANNED_ONCE)
    mode = text("SHOW plan_cache_mode")
    with database.session() as session:
        for inside, outside in ((ASKED, once), (once, ASKED)):
            session.execute(outside).all()
            with session.begin_nested() as savepoint:
                session.execute(inside).all()
                savepoint.rollback()
            assert session.scalar(mode) == "force_custom_plan"
            session.execute(once).all()
            assert session.connection().connection.cursor().execute("SHOW plan_cache_mode").fetchone() == (
                "force_generic_plan",
            )


def test_what_is_read_past_a_session_takes_nothing_away(database: Database) -> None:
    for _ in range(4):
        _read(database)
    raw = database.engine.raw_connection()
    raw.cursor().execute("SELECT 1")
    raw.close()
    assert PREPARED in _prepared(database)


def test_what_was_not_committed_is_gone(database: Database) -> None:
    with database.session() as session:
        session.execute(text("INSERT INTO counter VALUES ('a')"))
    with database.session() as session:
        assert session.scalars(ASKED).all() == []


def test_after_a_failure_everything_is_prepared_anew(database: Database) -> None:
    for _ in range(4):
        _read(database)
    with database.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("SELECT 1 / 0"))
    assert _prepared(database) == []


def test_a_column_of_another_type_is_refused_to_one_reader_and_read_by_the_next(
    database: Database, tmp_path: Path
) -> None:
    """A machine that goes on while another one upgrades the schema."""
    for _ in range(4):
        _read(database)
    other = Database(database.engine.url.render_as_string(hide_password=False), tmp_path)
    with other.engine.begin() as connection:
        connection.execute(text("ALTER TABLE counter ALTER COLUMN name TYPE varchar(40)"))
    other.engine.dispose()
    with pytest.raises(DBAPIError, match="must not change result type"):
        _read(database)
    _read(database)


def test_a_connection_that_the_server_ended_fails_as_such(database: Database) -> None:
    with database.engine.connect() as connection, pytest.raises(DBAPIError, match="terminat"):
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    _read(database)


def test_one_that_ended_under_a_compiled_statement_is_let_go_without_a_word(database: Database) -> None:
    """The session is closed by whoever tells of the failure: that must not fail once more."""
    ending = CompiledStatement(select(func.pg_terminate_backend(func.pg_backend_pid())))
    with database.session() as session:
        with pytest.raises(DBAPIError, match="terminat") as failed:
            ending.first(session)
        session.close()
    assert storage_faults.unavailable(failed.value)
    _read(database)


def test_one_that_ended_before_a_statement_whose_plan_is_kept_fails_as_such(database: Database) -> None:
    another = create_engine(database.engine.url)
    with database.session() as session:
        own = session.scalar(select(func.pg_backend_pid()))
        with another.connect() as connection:
            connection.execute(select(func.pg_terminate_backend(own)))
        with pytest.raises(DBAPIError) as failed:
            session.execute(ASKED.execution_options(**PLANNED_ONCE)).all()
    another.dispose()
    assert storage_faults.unavailable(failed.value)
    _read(database)


def test_a_connection_that_was_just_in_use_is_not_tried(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Any] = []
    _read(database)
    monkeypatch.setattr(database.engine.dialect, "do_ping", tried.append)
    _read(database)
    assert tried == []
    monkeypatch.setattr(postgresql, "UNTRIED", 0.0)
    _read(database)
    assert len(tried) == 1


def test_a_connection_that_the_server_ended_is_tried_at_once(database: Database) -> None:
    with database.session() as session:
        own = session.scalar(select(func.pg_backend_pid()))
    another = create_engine(database.engine.url)
    with another.connect() as connection:
        connection.execute(select(func.pg_terminate_backend(own, 10_000)))
    another.dispose()
    with database.session() as session:
        assert session.scalar(select(func.pg_backend_pid())) != own


def test_what_is_asked_by_itself_is_a_transaction_by_itself(database: Database) -> None:
    begun_with_it = CompiledStatement(select(func.now() == func.statement_timestamp()))
    failing = CompiledStatement(select(func.setseed(literal(5.0))))
    for _ in range(3):
        assert begun_with_it.first_by_itself(database.engine) == (True,)
        with pytest.raises(KeyError):
            CompiledStatement(select(bindparam("given", type_=String))).first_by_itself(database.engine)
        with database.session() as session:
            session.execute(ASKED)
            assert session.scalar(select(func.now() == func.statement_timestamp())) is False
        with pytest.raises(DBAPIError):
            failing.first_by_itself(database.engine)
