"""The way to the real server: what the tests' browsers ask goes over a socket, as nginx would pass it on."""

import socket
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import Client, TestResponse

from consult import clock
from consult.people.models import User
from consult.sign_in import sessions
from tests.header_rules import problems_in
from tests.pages import SITE, Browser
from tests.spine.server import Server

NAME = "gopy.tinh-thu.vn"
HOP_BY_HOP = {"connection", "transfer-encoding"}
LONGEST = 30


class Wire:
    """A WSGI application that asks the real server, under the name of the site and over what passes for TLS."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        site = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        address = quote(environ["PATH_INFO"].encode("latin-1"))
        if environ["QUERY_STRING"]:
            address += f"?{environ['QUERY_STRING']}"
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        site.request(environ["REQUEST_METHOD"], address, body or None, passed_on(environ))
        answer = site.getresponse()
        start_response(f"{answer.status} {answer.reason}", told(answer))
        whole = answer.read()
        site.close()
        return [whole]

    def test_client(self) -> Client:
        """Somebody with cookies of their own."""
        return CheckedWire(self, TestResponse)


class CheckedWire(Client):
    """Looks at the headers of every answer, as they came over the wire."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """The answer, when its headers are what headers may be."""
        answer = super().open(*arguments, **options)
        assert problems_in(answer.headers) == [], answer.request.path
        return answer


def passed_on(environ: dict[str, Any]) -> dict[str, str]:
    """The headers of a request as our nginx sends them on."""
    headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = environ["CONTENT_TYPE"]
    if "ORIGIN" in headers:
        headers["ORIGIN"] = headers["ORIGIN"].replace(SITE, f"https://{NAME}")
    return {**headers, "HOST": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


def told(answer: HTTPResponse) -> list[tuple[str, str]]:
    """The headers of an answer but those of the connection; the reader of them must have found no fault."""
    message: Message = answer.msg
    assert not message.defects, message.defects
    return [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP]


@dataclass
class RealSite:
    """The site behind the real server, and the application in this process that set it up and looks at its rows."""

    app: Flask
    server: Server
    lively: str
    """The address of a matter in which everything has happened."""

    def browser(self) -> Browser:
        """Somebody who is not signed in."""
        return Browser(Wire(self.server.port))  # type: ignore[arg-type]

    def session(self) -> Session:
        """A session on the site's database."""
        session: Session = self.app.extensions["consult.database"].session()
        return session

    def signed_in(self, user: User) -> Browser:
        """Somebody with the cookie of a sign-in."""
        with self.session() as session:
            token = sessions.begin(session, user.id, "tests", clock.now())
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        browser = self.browser()
        kept = signer.dumps({"_user_id": token, "_fresh": True})
        browser.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], kept, domain=urlsplit(SITE).netloc)
        return browser

    def connection(self) -> socket.socket:
        """A connection of one's own."""
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=LONGEST)

    def raw(self, *pieces: bytes) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of the answer to what is sent by hand, piece by piece."""
        with self.connection() as own:
            for piece in pieces:
                own.sendall(piece)
            return answer_on(own)


def answer_on(connection: socket.socket) -> tuple[int, dict[str, str], str]:
    """What comes next on a connection, read to its end."""
    with closing(HTTPResponse(connection)) as answer:
        answer.begin()
        body = answer.read().decode()
    assert problems_in(answer.getheaders()) == []
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def get(path: str, host: str = NAME, *more: str) -> bytes:
    """A request by hand."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "X-Forwarded-Proto: https", *more, "", ""]
    return "\r\n".join(lines).encode()
