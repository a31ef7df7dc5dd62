"""A desk on the site's own database, for tests of pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from tests.application import make_app, sign_in
from tests.pages import Browser
from tests.responses.desk import Desk, make_desk

Enter = Callable[[str], Browser]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole site with a key for its ledgers: papers get a receipt."""
    app = make_app(sqlite_url, tmp_path)
    yield app
    app.extensions["consult.database"].engine.dispose()


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter whose period and term for answering are over, seen from now: pages read the real clock."""
    return make_desk(app_session, now=clock.now(), opened_before=70)


@pytest.fixture
def enter(app: Flask, desk: Desk) -> Enter:
    """Somebody of the desk (`officer`, `leader` …) at a browser."""

    def comes(who: str) -> Browser:
        browser = Browser(app)
        sign_in(browser, desk.people[who])
        return browser

    return comes
