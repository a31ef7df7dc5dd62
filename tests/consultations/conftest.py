"""A site with a department whose people are signed in, for the tests of preparation pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from tests.application import make_app, sign_in
from tests.builders import make_organisation, make_rules, make_user
from tests.pages import Browser


@dataclass
class Desk:
    """A department with a publisher signed in on `browser`, and the bodies around it."""

    app: Flask
    session: Session
    browser: Browser
    department: Organisation
    committee: Organisation
    publisher: User


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site with a ledger key of its own."""
    app = make_app(sqlite_url, tmp_path)
    yield app
    app.extensions["consult.database"].engine.dispose()


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """Somebody who may prepare and publish, on a site with rules and bodies."""
    make_rules(app_session)
    department = make_organisation(app_session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiệp và Môi trường")
    committee = make_organisation(app_session, OrganisationKind.PEOPLES_COMMITTEE, name="Ủy ban nhân dân tỉnh")
    publisher = make_user(app_session, department, [Role.OFFICER, Role.PUBLISHER])
    browser = Browser(app)
    sign_in(browser, publisher)
    return Desk(app, app_session, browser, department, committee, publisher)
