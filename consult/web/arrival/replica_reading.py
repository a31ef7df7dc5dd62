"""Pages that are the same for everybody are read from the replica, where a site has one; whoever is signed in or has
just sent something reads all of them from the primary."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask import Flask, Response, has_request_context, request

from consult import replica
from consult.replica import Reading
from consult.replica.measurement import Replica
from consult.web import context
from consult.web.context import ARRIVED, WsgiApp

SENT = "sent"
"""The end of the name of the cookie by which a browser is known that has just sent something. It says that, and nothing
else."""
MARGIN = 30
"""Seconds that this cookie lasts longer than the replica may be behind."""

Shared = Callable[[str], bool]


class ReplicaReading:
    """The WSGI application that lets the one behind it read from `replica` what is `shared`. What cannot be read there
    after all is read from the primary."""

    def __init__(self, application: WsgiApp, replica: Replica, shared: Shared, cookies: tuple[str, ...]) -> None:
        self.application = application
        self.replica = replica
        self.shared = shared
        self.cookies = cookies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reading = self.replica.reading(environ[ARRIVED]) if self._may(environ) else None
        if reading is None:
            return self.application(environ, start_response)
        told, body = self._read(dict(environ), reading)
        if told[0].startswith("5"):
            self.replica.doubted()
            return self.application(environ, start_response)
        start_response(*told)
        return [body]

    def _may(self, environ: dict[str, Any]) -> bool:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not self.shared(environ.get("PATH_INFO", "")):
            return False
        cookies = environ.get("HTTP_COOKIE", "")
        return not any(f"{name}=" in cookies for name in self.cookies)

    def _read(self, environ: dict[str, Any], reading: Reading) -> tuple[Any, bytes]:
        told: list[Any] = []
        with replica.read_from(reading):
            chunks = self.application(environ, lambda *said: told.append(said))
            try:
                body = b"".join(chunks)
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()
        return told[-1], body


def remember_sent(answer: Response, name: str, seconds: int) -> Response:
    """Has who sent something read from the primary until the replica has it."""
    if request.method == "POST" and answer.status_code < 400 and not context.by_program():
        secure = bool(request.is_secure) or name.startswith("__Host-")
        answer.set_cookie(name, "1", max_age=seconds, secure=secure, httponly=True, samesite="Lax")
    return answer


def _since() -> datetime | None:
    """The moment whose state the page under way shows, when the primary is away."""
    reading = replica.current()
    return reading.since if reading is not None else None


def register(app: Flask, found: Replica | None, shared: Shared) -> None:
    """Puts the choice before `app` and what it keeps of pages, and tells templates of it; nothing without a replica."""
    app.jinja_env.globals.update(
        read_from_copy=lambda: found is not None and has_request_context() and shared(request.path),
        read_as_of=_since,
    )
    if found is None:
        return
    own = app.config["SESSION_COOKIE_NAME"]
    sent = f"{own}-{SENT}"
    app.wsgi_app = ReplicaReading(app.wsgi_app, found, shared, (own, sent))  # type: ignore[method-assign]
    app.after_request(lambda answer: remember_sent(answer, sent, int(found.most_behind) + MARGIN))
