"""A site of SQLite is carried over to a real PostgreSQL: all of it, once, or nothing."""

import fcntl
from collections.abc import Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult import schema
from consult.consultations.models import Consultation
from consult.db import Database, Lock, connect, writing
from consult.errors import Unavailable
from consult.ledger.models import LedgerEntry
from consult.models import metadata
from consult.relocation.contents import Content, content_of
from consult.relocation.failures import NotMoved
from consult.relocation.places import shown
from consult.relocation.service import move
from tests.api.conftest import app, lively, matter
from tests.builders import make_organisation
from tests.database import PostgresDatabases
from tests.transparency.lively import Lively

__all__ = ["app", "lively", "matter"]

pytestmark = pytest.mark.postgres
TABLES = metadata.sorted_tables


@pytest.fixture
def target(postgresql_databases: PostgresDatabases) -> Iterator[str]:
    """A PostgreSQL database with the schema of this release and no row."""
    url = postgresql_databases.fresh()
    yield url
    postgresql_databases.drop(url)


def moved(app: Flask, target: str) -> Result:
    """What the command says."""
    return app.test_cli_runner().invoke(args=["move-to-postgresql"], env={"CONSULT_MOVE_TO": target})


def rows(url: str) -> int:
    """How many rows a database has."""
    engine = connect(url)
    with engine.connect() as connection:
        counted = sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES)
    engine.dispose()
    return counted


def opened(app: Flask) -> Database:
    """The database that the site leaves."""
    database: Database = app.extensions["consult.database"]
    return database


def do_nothing(*_told: object) -> None:
    """Looks at nothing, and tells nobody."""


def test_everything_is_there_and_holds(app: Flask, lively: Lively, target: str) -> None:
    said = moved(app, target)
    assert said.exit_code == 0, said.output
    assert "Đã chuyển" in said.output and "Tất cả đều khớp (số đợt đã kiểm tra: 1)" in said.output
    engine = connect(target)
    with opened(app).engine.connect() as here, engine.connect() as there:
        assert {table.name: content_of(here, table) for table in TABLES} == {
            table.name: content_of(there, table) for table in TABLES
        }
        assert there.scalar(select(func.count()).select_from(LedgerEntry))
    engine.dispose()


def test_a_second_time_finds_all_of_it_and_adds_nothing(app: Flask, matter: Consultation, target: str) -> None:
    assert not move(opened(app), target, TABLES, do_nothing, do_nothing).before
    held = rows(target)
    assert move(opened(app), target, TABLES, do_nothing, do_nothing).before
    assert rows(target) == held


def test_who_is_killed_in_the_middle_begins_again_from_nothing(app: Flask, matter: Consultation, target: str) -> None:
    def killed(table: str, _found: Content) -> None:
        if table == "consultation":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(opened(app), target, TABLES, do_nothing, killed)
    assert rows(target) == 0
    move(opened(app), target, TABLES, do_nothing, do_nothing)
    assert rows(target) == rows(app.config["DATABASE_URL"])


def test_the_file_takes_no_more_writes_and_the_site_says_where_it_went(
    app: Flask, app_session: Session, matter: Consultation, target: str
) -> None:
    move(opened(app), target, TABLES, do_nothing, do_nothing)
    with pytest.raises(Unavailable, match="storage_unavailable"), writing(app_session, Lock.REFERENCE):
        pass
    ready = app.test_client().get("/readyz")
    assert (ready.status_code, ready.get_json()["database"]) == (503, False)
    assert "postgresql+psycopg://" in app.test_cli_runner().invoke(args=["check"]).output


def test_what_fails_after_all_is_there_leaves_no_two_sites(
    app: Flask, matter: Consultation, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are committed: a file that went on taking writes would be a second site."""

    def away(_url: str) -> None:
        raise OperationalError("ANALYZE", None, Exception("away"))

    monkeypatch.setattr(schema, "count_anew", away)
    with pytest.raises(NotMoved):
        move(opened(app), target, TABLES, do_nothing, do_nothing)
    assert rows(target) and opened(app).lock.closed_for()  # type: ignore[union-attr]


def test_a_password_is_shown_nowhere_wherever_it_stands() -> None:
    for url in ("postgresql+psycopg://a:hidden@b/c", "postgresql+psycopg://a@/c?host=b&password=hidden"):
        assert "hidden" not in shown(url) and "b" in shown(url)


def test_what_does_not_hold_is_not_moved(app: Flask, app_session: Session, lively: Lively, target: str) -> None:
    app_session.execute(text("UPDATE comment_version SET text = text || 'x'"))
    app_session.commit()
    said = moved(app, target)
    assert said.exit_code == 1 and "Không khớp" in said.output
    assert rows(target) == 0
    assert opened(app).lock.closed_for() == ""  # type: ignore[union-attr]


def test_the_database_of_another_site_stays_as_it_is(app: Flask, matter: Consultation, target: str) -> None:
    engine = connect(target)
    with Session(engine) as there:
        make_organisation(there)
        there.commit()
    engine.dispose()
    with pytest.raises(NotMoved, match="another_site"):
        move(opened(app), target, TABLES, do_nothing, do_nothing)
    assert rows(target) == 1


def test_a_site_that_is_being_written_is_left_alone(app: Flask, matter: Consultation, target: str) -> None:
    with (app.config["INSTANCE"] / "write.lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        said = moved(app, target)
    assert said.exit_code == 1 and "đang được ghi" in said.output
    assert rows(target) == 0


def test_a_row_that_postgresql_refuses_is_named_and_nothing_is_there(
    app: Flask, app_session: Session, matter: Consultation, target: str
) -> None:
    app_session.execute(text("UPDATE organisation SET name = 'a' || char(0)"))
    app_session.commit()
    with pytest.raises(NotMoved, match="organisation"):
        move(opened(app), target, TABLES, do_nothing, do_nothing)
    assert rows(target) == 0


def test_a_row_that_names_one_that_is_gone_is_not_moved(app: Flask, matter: Consultation, target: str) -> None:
    with opened(app).engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM organisation")
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(NotMoved):
        move(opened(app), target, TABLES, do_nothing, do_nothing)
    assert rows(target) == 0


@pytest.mark.parametrize("target", ["sqlite:////tmp/other.sqlite", "postgresql+psycopg2://x/y", "nonsense"])
def test_only_postgresql_is_a_target(app: Flask, target: str) -> None:
    said = moved(app, target)
    assert said.exit_code == 1 and "postgresql+psycopg://" in said.output


def test_no_table_counts_by_itself() -> None:
    # Then the numbers would have to be carried over beside the rows.
    assert not [table.name for table in TABLES if table.autoincrement_column is not None]
