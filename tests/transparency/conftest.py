"""The same site and matter as the tests of the API have, and a site whose database was set back to a backup."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import app, ask, lively, matter
from tests.database import Databases
from tests.transparency.set_back import SetBack, set_back

__all__ = ["app", "ask", "lively", "matter"]


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
