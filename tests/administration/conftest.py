"""A site with something in it, an installation with nothing, and two administrators."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import Organisation
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from tests.administration.installations import SCAN, Place
from tests.application import end, make_app
from tests.builders import make_actor, make_organisation
from tests.database import Databases
from tests.responses.desk_builder import make_desk


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A site with an open matter, two comments on it, one file and a ledger key."""
    app = make_app(database_url, tmp_path / "live")
    with app.extensions["consult.database"].session() as session:
        make_desk(session, Stage.OPEN).receive("Ý kiến thứ nhất", "Ý kiến thứ hai")
    app.extensions["consult.files"].put(SCAN)
    yield app
    end(app)


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[Place]:
    """An installation with nothing in it."""
    url = databases.bare()
    yield Place(url, tmp_path / "new" / "files", tmp_path / "new" / "ledger-keys")
    databases.drop(url)


@pytest.fixture
def body(session: Session) -> Organisation:
    """A Department."""
    return make_organisation(session)


@pytest.fixture
def one(session: Session, body: Organisation) -> Actor:
    """An administrator: who proposes."""
    return make_actor(session, body, Role.ADMINISTRATOR)


@pytest.fixture
def two(session: Session, body: Organisation) -> Actor:
    """Another one: who confirms."""
    return make_actor(session, body, Role.ADMINISTRATOR)
