"""What every test may ask for: the real documents, and, in the rooms that stand on it, the site (`tests/site.py`)."""

import gc
import importlib.util
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from consult.files.places import trial
from consult.files.s3 import connections, exchange
from consult.files.s3.address import address_of
from consult.files.s3.client import client_of
from tests import SECRET
from tests.s3_server import ENVIRONMENT, S3Server

CHECKOUT = Path(__file__).resolve().parent.parent
MANY_OBJECTS = 100_000
LONG = ("slow", "browser")
"""Marks of what takes long, the longest first."""
PURE = {"comparison", "outline"}
"""Rooms whose tests need no site: libraries of their own."""
pytest_plugins = ("tests.again",)

# Tests never time: on a busy machine any example may take long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> None:
    """The site is imported by the first test file that stands on it."""
    if module_path.relative_to(CHECKOUT / "tests").parts[0] not in PURE:
        parent.config.pluginmanager.import_plugin("tests.site")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: of several processes none is left alone with it at the end."""
    items.sort(key=lambda item: next((at for at, mark in enumerate(LONG) if item.get_closest_marker(mark)), len(LONG)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: the garbage collector need not look through it while it grows, nor again
    and again afterwards, a third of the time of tests that make a site each. What a test leaves is collected as before,
    only more of it at a time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(MANY_OBJECTS)
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    """The tests' own environment: what the person at this machine has set for the site does not count."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("CONSULT_") and name != "CONSULT_SAMPLES":
                patch.delenv(name)
        patch.setenv("CONSULT_LANG", "vi")
        patch.setenv("CONSULT_ENV", "test")
        patch.setenv("CONSULT_SECRET_KEY", SECRET)
        yield


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real documents. A test that needs it fails without it: a skipped proof proves nothing."""
    folder = Path(os.environ.get("CONSULT_SAMPLES") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.fail(
            f"There are no real documents at {folder}. Point CONSULT_SAMPLES at the folder that holds legal/, eia/, "
            "comments/, areas/ and suites/, or leave these tests out with: pytest -m 'not real'",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """docs/verify_ledger.py as the file that outsiders have: it shares no code with the site."""
    specification = importlib.util.spec_from_file_location("verify_ledger", CHECKOUT / "docs" / "verify_ledger.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["verify_ledger"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def s3_started() -> Iterator[S3Server]:
    """One store of files for the whole run."""
    server = S3Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def s3(s3_started: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """The store of files, empty and well, and in the environment what opens it. Nobody waits between two tries."""
    s3_started.clear()
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(exchange, "PAUSE", 0.0)
    monkeypatch.setattr(connections, "LEFT_ALONE", 0.0)
    monkeypatch.setattr(trial, "TRUSTED_FOR", 0.0)
    yield s3_started
    client_of(address_of(s3_started.url)).exchange.connections.close()
