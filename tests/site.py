"""What tests of the site may ask for: databases, the site itself, and a browser on it.

Imported by `tests/conftest.py` for every room that stands on the site; the tests of pure libraries do without it, and
run at once.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ViewportSize
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from consult import create_app, sandbox
from consult.db import Database, connect
from consult.web import flood_control
from tests.application import Begin, end, make_app, settings_of
from tests.compiled import CompiledTemplates, SharedMigrations, share_statements
from tests.database import (
    Databases,
    PostgresDatabases,
    SqliteDatabases,
    check_deferred_keys,
    postgresql_server,
)
from tests.live import DESK, Visitor, chromium, served
from tests.pages import Browser
from tests.read_once import Answers, anew
from tests.registered import SharedBlueprints, SharedMap
from tests.signing_in import quick_passwords
from tests.strict_sqlite import refuse_what_postgresql_refuses

pytest_plugins = ("tests.midnight",)

ENDLESS = 10**12
"""Seconds: so long that the present lies in the first of them."""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def compiled_once(run_folder: Path) -> Iterator[None]:
    """Every site of this process is lent what another has compiled, and its templates those of other processes."""
    share_statements()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", CompiledTemplates(run_folder / "templates"))
        blueprints, migrations = SharedBlueprints(), SharedMigrations()
        patch.setattr(Flask, "url_map_class", SharedMap)
        patch.setattr(
            Flask, "register_blueprint", lambda app, *its, **options: blueprints.register(app, *its, **options)
        )
        patch.setattr(ScriptDirectory, "_load_revisions", lambda folder: migrations.load(folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def files_read_once(run_folder: Path) -> Iterator[None]:
    """What is read in confined processes is read once in a run, but for tests that ask for `reading_anew`."""
    answers = Answers(run_folder / "answers", sandbox._carry_out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_carry_out", answers.of)
        yield


@pytest.fixture
def reading_anew() -> Iterator[None]:
    """Files are read as the site reads them, whatever was read before: for tests of the reading itself."""
    with anew():
        yield


@pytest.fixture(scope="session", autouse=True)
def strict_sqlite() -> None:
    """What a page does on SQLite it does on PostgreSQL."""
    refuse_what_postgresql_refuses()


@pytest.fixture(scope="session", autouse=True)
def passwords_at_once() -> Iterator[None]:
    """Nobody waits for the check of a password."""
    with quick_passwords():
        yield


@pytest.fixture(scope="session", autouse=True)
def one_minute() -> Iterator[None]:
    """No minute of the flood ends while a test counts in it: only the tests of its end have one of sixty seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flood_control, "MINUTE", ENDLESS)
        yield


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Empty SQLite databases, as many as are asked for."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresDatabases]:
    """Empty databases on a PostgreSQL that runs for as long as these tests do."""
    with postgresql_server() as server:
        yield PostgresDatabases(server)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each kind of database in turn: whatever asks for this runs on both."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture(scope="session")
def engine(databases: Databases) -> Iterator[Engine]:
    """One database for all tests that roll back, on both kinds."""
    engine = connect(databases.fresh(), synchronous="OFF")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session for the tests of services and models, on both kinds of database.

    It commits and rolls back as any other, inside one transaction that is undone after the test. Keys that a real
    commit would check are checked at the end.
    """
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        check_deferred_keys(connection)
        transaction.rollback()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of the test's own on both kinds, for what really commits: locks, threads, processes."""
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """The same with its sessions and its queue of writers, for tests with threads."""
    database = Database(database_url, tmp_path, synchronous="OFF")
    yield database
    database.engine.dispose()


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A SQLite database of the test's own, for tests of pages: what they prove does not depend on the kind."""
    url = sqlite_databases.fresh()
    yield url
    sqlite_databases.drop(url)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> dict[str, Any]:
    """Settings of a site with an empty database and folders of its own."""
    return settings_of(sqlite_url, tmp_path)


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole site with an empty database and a ledger key of its own."""
    app = make_app(sqlite_url, tmp_path)
    yield app
    end(app)


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Begins a site with some settings, and ends it after the test."""
    begun: list[Flask] = []

    def begins(settings: dict[str, Any]) -> Flask:
        begun.append(create_app(settings))
        return begun[-1]

    yield begins
    for app in begun:
        end(app)


@pytest.fixture
def app_session(app: Flask) -> Iterator[Session]:
    """A session on the site's own database, for builders: what it commits, the pages show."""
    with app.extensions["consult.database"].session() as session:
        yield session


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app)


@pytest.fixture(scope="session")
def chromium_program() -> Iterator[Chromium]:
    """One Chromium for all journeys of this process."""
    with chromium() as program:
        yield program


@pytest.fixture
def visitor(app: Flask, chromium_program: Chromium) -> Iterator[Callable[..., Visitor]]:
    """Makes people who look at the site with a real browser: `visitor()`, `visitor(javascript=False, screen=PHONE)`."""
    with served(app) as address:
        people: list[Visitor] = []

        def comes(javascript: bool = True, screen: ViewportSize = DESK) -> Visitor:
            people.append(Visitor(chromium_program, address, javascript, screen))
            return people[-1]

        yield comes
        for one in people:
            one.leave()
