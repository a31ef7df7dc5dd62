"""A site with a department whose people are signed in, for the tests of preparation pages."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
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
def desk(app: Flask, app_session: Session) -> Desk:
    """Somebody who may prepare and publish, on a site with rules and bodies."""
    make_rules(app_session)
    department = make_organisation(app_session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiệp và Môi trường")
    committee = make_organisation(app_session, OrganisationKind.PEOPLES_COMMITTEE, name="Ủy ban nhân dân tỉnh")
    publisher = make_user(app_session, department, [Role.OFFICER, Role.PUBLISHER])
    browser = Browser(app)
    sign_in(browser, publisher)
    return Desk(app, app_session, browser, department, committee, publisher)
