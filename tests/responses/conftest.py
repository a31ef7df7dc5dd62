"""A desk on the site's own database, for tests of pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from tests.application import sign_in
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

Enter = Callable[[str], Browser]


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
