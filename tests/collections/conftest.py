"""Sites of these tests sign what they receive, and have a collection with branches."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.branches import keys
from consult.people.models import User
from consult.people.words import Role
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_user
from tests.collections.scene import Collecting, collecting
from tests.pages import Browser
from tests.submissions.conftest import settings

__all__ = ["settings"]


@dataclass
class Site:
    """A site with a collection: browsers of its branches by name, of the secretary of its body, and of a stranger."""

    app: Flask
    scene: Collecting
    branches: dict[str, Browser]
    secretary: Browser
    stranger: Browser
    user: User

    def at(self, name: str, rest: str = "") -> str:
        """The address of a page of a branch."""
        return f"/thu-thap/{self.scene.collection.number}/{self.scene.branches[name].number}/{rest}"

    def work(self, rest: str = "") -> str:
        """The address of a page of who collects."""
        return f"/to-chuc/dot-thu-thap/{self.scene.collection.number}/{rest}"


@pytest.fixture
def site(app: Flask, app_session: Session) -> Site:
    """Two branches, open now, on a matter."""
    with app.app_context():
        codes = site_codes()
    scene = collecting(app_session, "Xã A", "Xã B", codes=codes, at=now())
    user = make_user(app_session, scene.front, [Role.DRAFTER], "Lò Thị Mai")
    secretary = Browser(app)
    sign_in(secretary, user)
    browsers = {}
    for name, branch in scene.branches.items():
        browsers[name] = Browser(app)
        browsers[name].get(f"/thu-thap/vao/{keys.of_branch(branch, codes)}/")
    return Site(app, scene, browsers, secretary, Browser(app), user)
