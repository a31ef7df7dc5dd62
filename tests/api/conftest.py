"""The site with a matter in which everything has happened, and a program that asks its API."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.stages import Stage
from tests.application import end, make_app
from tests.builders import make_consultation
from tests.responses.desk_builder import SIGNER
from tests.transparency.lively import Lively, make_lively

Ask = Callable[..., Any]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole site, which signs its logs with the key of the builders."""
    app = make_app(sqlite_url, tmp_path)
    app.extensions["consult.signer"] = SIGNER
    yield app
    end(app)


@pytest.fixture
def lively(app: Flask, app_session: Session) -> Lively:
    """The matter in which everything has happened."""
    return make_lively(app_session, app.extensions["consult.files"])


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    """A matter that is open now."""
    return make_consultation(app_session, Stage.OPEN, now=clock.now())


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Reads an address of the API; raises AssertionError unless it ends in `status`."""

    def asked(path: str, status: int = 200, **query: Any) -> Any:
        answer = app.test_client().get(f"/api/v1{path}", query_string=query)
        assert answer.status_code == status, answer.get_data(as_text=True)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.get_json()

    return asked
