"""A whole site for tests of pages and commands, and a way to be signed in on it."""

from pathlib import Path
from typing import Any

from flask import Flask

import config
from consult import clock, create_app
from consult.ledger import keys
from consult.people.models import User
from consult.sign_in import sessions
from tests.builders import NOW
from tests.header_rules import CheckedClient
from tests.pages import SITE, Browser

SECRET = "only-for-tests-only-for-tests-only-for-tests"


def settings_of(sqlite_url: str, folder: Path) -> dict[str, Any]:
    """Settings of a site with an empty database and folders of its own under `folder`."""
    given = {
        "CONSULT_ENV": "test",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_INSTANCE": str(folder / "instance"),
        "CONSULT_DATABASE_URL": sqlite_url,
        "CONSULT_SITE_URL": SITE,
    }
    return {**config.settings(given), "DATABASE_SYNCHRONOUS": "OFF"}


def make_app(sqlite_url: str, folder: Path, **settings: Any) -> Flask:
    """The site on an empty database, with files, mail and a ledger key of its own under `folder`."""
    all_settings = {**settings_of(sqlite_url, folder), **settings}
    if not list(Path(all_settings["LEDGER_KEY_FOLDER"]).glob("*.key")):
        keys.create(Path(all_settings["LEDGER_KEY_FOLDER"]), NOW.replace(year=NOW.year - 1))
    app = create_app(all_settings)
    app.test_client_class = CheckedClient
    return app


def sign_in(browser: Browser, user: User) -> None:
    """Signs `user` in on `browser`, without the page and its slow password (`tests/signing_in.py` has that): a real
    sign-in of the database, in a real cookie."""
    app = browser.client.application
    with app.extensions["consult.database"].session() as session:
        token = sessions.begin(session, user.id, "tests", clock.now())
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = token
        kept["_fresh"] = True
