"""What the guard of a view says to somebody, without all that stands around it: the way through the server, the cookie
and the page that tells of a refusal take five times as long, and are the same for all."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, request
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from consult.errors import NotFound, Refused
from consult.shown import Changed
from consult.sign_in.views_session import Person, load
from consult.web.context import by_program
from consult.web.errors import STATUS
from consult.web.queries import PARKED

LED_TO_SIGN_IN = 302


class Remembering(Session):
    """A session on a database that nobody changes: what was found under an address is found again without asking."""

    def scalar(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """What a session finds."""
        if not params or set(params) != {"slug"}:
            return super().scalar(statement, params, **options)
        found = self.info.setdefault(statement, {})
        if params["slug"] not in found:
            found[params["slug"]] = super().scalar(statement, params, **options)
        return found[params["slug"]]


Told = defaultdict[tuple[str, str], set[int]]
"""With which statuses beside 200 a route, by its method, has answered whole requests."""


class Guards:
    """The guards of all views of a site, as they stand before whoever came in on `client`. They read by `session`,
    which stays open: nobody may change what they read."""

    def __init__(self, app: Flask, session: Remembering, client: FlaskClient, told: Told | None = None) -> None:
        self.app = app
        self.session = session
        self.client = client
        self.told = defaultdict(set) if told is None else told
        self.cookies = {"Cookie": client.get("/healthz").request.headers.get("Cookie", "")}
        self.person = self._signed_in(client)

    def _signed_in(self, client: FlaskClient) -> Person | None:
        with client.session_transaction() as kept:
            token = kept.get("_user_id")
        with self.app.test_request_context():
            return load(token) if token else None

    def open(self, address: str, method: str = "GET") -> TestResponse | None:
        """The whole answer; None for a refusal with a status with which this route was seen to refuse before."""
        told = self.told[self._route(address, method), method]
        if told and self.refusal(address, method) in told:
            return None
        answer = self.client.open(address, method=method)
        told |= {answer.status_code} - {200}
        if f"?{PARKED}=" in answer.headers.get("Location", ""):
            # What was sent gets its answer at an address of its own; the guard says at once which it is.
            told |= {self.refusal(address, method) or answer.status_code}
        return answer

    def _route(self, address: str, method: str) -> str:
        try:
            return str(self.app.url_map.bind("localhost").match(urlsplit(address).path, method, return_rule=True)[0])
        except HTTPException:
            return ""

    def refusal(self, address: str, method: str) -> int | None:
        """The status of a refusal that tells no more than why; None where a view answers, shows what has changed, or
        fails otherwise: that is for a whole request."""
        with self.app.test_request_context(address, method=method, headers=self.cookies):
            g._login_user = self.person or self.app.login_manager.anonymous_user()  # type: ignore[attr-defined]
            g.session = self.session
            try:
                self.app.make_response(self.app.dispatch_request()).close()
                return None
            except Exception as error:
                return _status_of(error)
            finally:
                g.pop("session", None)


def _status_of(error: Exception) -> int | None:
    if isinstance(error, Changed):
        # Its page shows both sides of what was acted on: that is to be read, whoever is told it.
        return None
    if isinstance(error, Refused):
        led = error.reason == "sign_in_needed" and request.method == "GET" and not by_program()
        return LED_TO_SIGN_IN if led else STATUS.get(error.reason, 409)
    if isinstance(error, NotFound):
        return 404
    return error.code if isinstance(error, HTTPException) else None
