"""The same site and matter as the tests of the API have, and a site whose database was set back to a backup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.db import Database
from consult.files.store import FileStore
from tests.api.conftest import app, ask, lively, matter
from tests.database import Databases
from tests.transparency.set_back import SetBack, set_back

__all__ = ["app", "ask", "lively", "matter"]


@pytest.fixture(scope="module")
def session_of_file(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session on a database that the tests of a file share: a scene is laid in it once, and each test takes back
    what it changed."""
    url = databases.fresh()
    database = Database(url, tmp_path_factory.mktemp("of-file"), synchronous="OFF")
    with database.session() as session:
        yield session
    database.engine.dispose()
    databases.drop(url)


@pytest.fixture(scope="module")
def files_of_file(tmp_path_factory: pytest.TempPathFactory) -> FileStore:
    """The files beside it."""
    return FileStore(tmp_path_factory.mktemp("files"))


@pytest.fixture
def urls(databases: Databases) -> Iterator[tuple[str, str]]:
    """A database as the migrations leave it, before, and one without tables, after."""
    urls = databases.upgraded(), databases.bare()
    yield urls
    for url in urls:
        databases.drop(url)


@pytest.fixture
def restored(urls: tuple[str, str], tmp_path: Path) -> Iterator[SetBack]:
    """The site after the restore."""
    with set_back(urls, tmp_path) as made:
        yield made
