"""What a request carries: its database session, who acts, and the instant it reached us."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult import clock
from consult.db import Database
from consult.files.damaged import DamageRecord
from consult.files.store import FileStore
from consult.keys.ring import KeyRing
from consult.ledger.service import Signer
from consult.policy import ANYBODY, Actor
from consult.session_secret import Secrets
from consult.web.arrival import arrived_at as arriving

ARRIVED = "consult.arrived_at"
LANGUAGE = "consult.language"

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Arrival:
    """Notes when a request first reached us, before any lock, and reads the language from the address.

    `/en/…` is the English site: the prefix becomes the script's name, so that every address made stays in it.
    """

    def __init__(self, application: WsgiApp, proxies: int) -> None:
        self.application = application
        self.proxies = proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[ARRIVED] = arriving.instant(environ, self.proxies, clock.now())
        environ[LANGUAGE] = "vi"
        path = environ.get("PATH_INFO", "")
        if path == "/en" or path.startswith("/en/"):
            environ[LANGUAGE] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
        return self.application(environ, start_response)


def database() -> Database:
    """The database of this application."""
    found: Database = current_app.extensions["consult.database"]
    return found


def files() -> FileStore:
    """The store of files by content."""
    store: FileStore = current_app.extensions["consult.files"]
    return store


def damages() -> DamageRecord:
    """What was found damaged among the kept files."""
    found: DamageRecord = current_app.extensions["consult.damages"]
    return found


def signer() -> Signer:
    """The site's name and keys in its ledgers."""
    held: Signer = current_app.extensions["consult.signer"]
    return held


def keys() -> KeyRing:
    """The site's keys, as this process read them when it began."""
    ring: KeyRing = current_app.extensions["consult.keys"]
    return ring


def secrets() -> Secrets:
    """What the site signs its tickets and links with."""
    held: Secrets = current_app.extensions["consult.secrets"]
    return held


def session() -> Session:
    """The request's database session, opened when first asked for and closed when the request ends."""
    if "session" not in g:
        reads = has_request_context() and request.method in {"GET", "HEAD"}
        g.session = database().session(of_one_moment=reads)
    opened: Session = g.session
    return opened


def connection() -> Connection:
    """A connection of the request's own, for what is asked so often that a session would cost more than the asking.
    It reads in one transaction until it is closed, at the latest when the request ends."""
    opened: Connection | None = g.get("connection")
    if opened is None or opened.closed:
        opened = g.connection = database().engine.connect()
    return opened


def written() -> bool:
    """Whether the request's session has committed anything yet."""
    opened: Session | None = g.get("session")
    return opened is not None and bool(opened.info.get("written"))


def close_session() -> None:
    """Ends the request's session, if it has one; what was not committed by then is rolled back."""
    _close("session")


def close_database(_error: BaseException | None = None) -> None:
    """Ends everything that the request has open."""
    _close("session")
    _close("connection")


def arrived_at() -> datetime:
    """When the request reached us: decides what is in time. Its body may still have been coming in after that."""
    now = clock.now()
    return arriving.bounded(request.environ.get(ARRIVED, now), now)


def arrived_before(moment: datetime) -> None:
    """From here on the request reached us at `moment`, if that is earlier: it is the second try of the same."""
    request.environ[ARRIVED] = min(arrived_at(), moment)


def by_program() -> bool:
    """Whether a program asks: every address of the API does."""
    return request.path.startswith("/api/")


def actor() -> Actor:
    """Who is signed in, or anybody. Reads the cookie, so shared public pages must not ask."""
    return current_user.actor if current_user.is_authenticated else ANYBODY


def known_actor() -> Actor:
    """Who is signed in, as far as this request has asked already, or anybody: pages that say no ask no database."""
    known = g.get("_login_user")
    return known.actor if known is not None and known.is_authenticated else ANYBODY


def language() -> str:
    """`vi` or `en`, by the address alone; Vietnamese outside a request."""
    if not has_request_context():
        return "vi"
    spoken: str = request.environ.get(LANGUAGE, "vi")
    return spoken


def _close(name: str) -> None:
    opened: Session | Connection | None = g.pop(name, None)
    if opened is not None:
        # Where the server is gone SQLAlchemy lets go of the connection, and with it went what was not committed: the
        # answer is there all the same.
        with suppress(DBAPIError):
            opened.close()


def register(app: Flask) -> None:
    """Puts the arrival in front of `app` and closes the database behind it."""
    app.wsgi_app = Arrival(app.wsgi_app, app.config["PROXIES"])  # type: ignore[method-assign]
    app.teardown_appcontext(close_database)
