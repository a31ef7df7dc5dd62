"""The demonstration, loaded once for the tests that look at it."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

import config
from consult import clock, create_app
from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore, KeptCheckpoint
from consult.ledger.site_entries import SITE_LOG
from tests.application import SECRET, end
from tests.pages import SITE

SAID = "said.json"


@dataclass(frozen=True)
class Said:
    """What a command said."""

    exit_code: int
    stdout: str
    output: str


@dataclass
class Loaded:
    """Where the demonstration is, and what the command said when it made it."""

    settings: dict[str, Any]
    said: Said

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.settings["INSTANCE"] / "consult.sqlite"


def settings_of(folder: Path, **more: str) -> dict[str, Any]:
    """The settings of a demonstration under `folder`."""
    given = {
        "CONSULT_ENV": "test",
        "CONSULT_DEMO": "1",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_SITE_URL": SITE,
        **more,
    }
    return {**config.settings(given), "DATABASE_SYNCHRONOUS": "OFF"}


def run_demo(settings: dict[str, Any]) -> Result:
    """What `flask demo` says, on a site of its own that is let go afterwards."""
    app = create_app(settings)
    try:
        return app.test_cli_runner().invoke(args=["demo"])
    finally:
        end(app)


@pytest.fixture(scope="session")
def loaded(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A demonstration made by the command where one was deleted before, of which the last checkpoint of the site's own
    log is left; those who use it leave it as it is. It is made once in a run: each process has a copy."""
    made, own = run_folder / "demo", tmp_path_factory.mktemp("demo") / "own"
    with (run_folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / SAID).exists():
            _make(made)
    shutil.copytree(made, own)
    return Loaded(settings_of(own), Said(**json.loads((own / SAID).read_text())))


def _make(folder: Path) -> None:
    """Makes it, and writes down beside it what the command said."""
    folder.mkdir(exist_ok=True)
    settings = settings_of(folder)
    left = CheckpointStore(settings["CHECKPOINTS_FOLDER"], durable=False)
    left.begin()
    left.keep(SITE_LOG, None, KeptCheckpoint(1, 10_000, bytes(32), "of another demonstration"))
    said = run_demo(settings)
    (folder / SAID).write_text(json.dumps(asdict(Said(said.exit_code, said.stdout, said.output))))


@pytest.fixture
def site(loaded: Loaded) -> Iterator[Flask]:
    """The site of the demonstration."""
    app = create_app(loaded.settings)
    yield app
    end(app)


@pytest.fixture
def own_site(loaded: Loaded, tmp_path: Path) -> Iterator[Flask]:
    """The site of a copy of the demonstration, which the test may spoil, with all that its worker has to do done."""
    shutil.copytree(loaded.settings["INSTANCE"], tmp_path / "instance")
    shutil.copytree(loaded.settings["CHECKPOINTS_FOLDER"], tmp_path / "instance-checkpoints")
    app = create_app({**settings_of(tmp_path), "RATELIMIT_ENABLED": False})
    app.extensions["consult.worker"].prepare(clock.now())
    yield app
    end(app)


@pytest.fixture
def shown(loaded: Loaded) -> Iterator[Session]:
    """A session on the demonstration's database."""
    database = Database(loaded.settings["DATABASE_URL"], loaded.settings["INSTANCE"], "OFF")
    with database.session() as session:
        yield session
    database.engine.dispose()
