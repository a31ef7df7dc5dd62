"""A whole site for tests of pages and commands, and a way to be signed in on it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask

import config
from consult import clock, create_app
from consult.keys.ring import Purpose
from consult.keys.service import make_first
from consult.people.models import User
from consult.sign_in import sessions
from consult.submissions.inputs import Codes
from consult.web.context import Arrival
from tests import SECRET
from tests.builders import NOW
from tests.header_rules import CheckedClient
from tests.pages import SITE, Browser

Begin = Callable[[dict[str, Any]], Flask]
"""Begins a site with some settings, which ends after the test (the fixture `begin`)."""
CODES = Codes((SECRET.encode(),))
LATER_CODES = Codes((b"a key that came later", *CODES.keys))
OWN_NAMES = {"SITE_URL": "https://gopy.tinh.gov.vn", "LEDGER_ORIGIN": "gopy.tinh.gov.vn/ledger"}
A_YEAR_AGO = NOW.replace(year=NOW.year - 1)


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
    own = OWN_NAMES if settings.get("ENVIRONMENT") == "production" else {}
    all_settings = {**settings_of(sqlite_url, folder), **own, **settings}
    make_keys(all_settings["KEYS_FOLDER"])
    app = create_app(all_settings)
    app.test_client_class = CheckedClient
    return app


def arrival_of(app: Flask) -> Arrival:
    """What notes when a request arrived, whatever stands before it."""
    found: Any = app.wsgi_app
    while not isinstance(found, Arrival):
        found = found.application
    return found


def end(app: Flask) -> None:
    """Lets go of what a site holds: its database, and what its worker has going on beside."""
    app.extensions["consult.worker"].close()
    app.extensions["consult.database"].engine.dispose()
    if (found := app.extensions["consult.replica"]) is not None:
        found.primary.dispose()
        found.engine.dispose()


def make_keys(folder: Path, since: datetime = A_YEAR_AGO) -> None:
    """The keys of a site, unless it has them; the one for receipts is known to the builders of tests."""
    make_first(folder, since, {Purpose.RECEIPTS: CODES.keys})


def sign_in(browser: Browser, user: User) -> None:
    """Signs `user` in on `browser`, without the page and its slow password (`tests/signing_in.py` has that): a real
    sign-in of the database, in a real cookie."""
    app = browser.client.application
    with app.extensions["consult.database"].session() as session:
        token = sessions.begin(session, user.id, "tests", clock.now())
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = token
        kept["_fresh"] = True
