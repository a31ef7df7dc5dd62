"""A whole site for tests of pages and commands, and a way to be signed in on it."""

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask_login import LoginManager, UserMixin

import config
from consult import create_app
from consult.ledger import keys
from consult.people.models import User
from consult.policy import Actor, Seat
from consult.web import context
from tests.builders import NOW
from tests.pages import SITE, Browser

SECRET = "only-for-tests-only-for-tests-only-for-tests"


def make_app(sqlite_url: str, folder: Path, **settings: Any) -> Flask:
    """The site on an empty database, with files, mail and a ledger key of its own under `folder`."""
    given = {
        "CONSULT_ENV": "test",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_DATABASE_URL": sqlite_url,
        "CONSULT_SITE_URL": SITE,
    }
    all_settings = {**config.settings(given), "DATABASE_SYNCHRONOUS": "OFF", **settings}
    if not list(Path(all_settings["LEDGER_KEY_FOLDER"]).glob("*.key")):
        keys.create(Path(all_settings["LEDGER_KEY_FOLDER"]), NOW.replace(year=NOW.year - 1))
    return create_app(all_settings)


class SignedIn(UserMixin):
    """A person as the pages meet them."""

    def __init__(self, user: User) -> None:
        self.id = str(user.id)
        self.actor = Actor(user.id, user.name, tuple(_seats(user)))


def sign_in(browser: Browser, user: User) -> None:
    """Signs `user` in on `browser`, without the sign-in page: what the pages then show is what the roles allow."""
    app = browser.client.application
    manager = getattr(app, "login_manager", None) or LoginManager(app)
    manager.user_loader(_load)
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = str(user.id)
        kept["_fresh"] = True


def _load(user_id: str) -> SignedIn | None:
    user = context.session().get(User, UUID(user_id))
    return SignedIn(user) if user is not None else None


def _seats(user: User) -> list[Seat]:
    return [
        Seat(
            membership.organisation_id,
            membership.organisation.kind,
            membership.organisation.level,
            membership.role,
            membership.unit_id,
        )
        for membership in user.memberships
    ]
