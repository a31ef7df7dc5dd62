"""The names this site answers to: in production its own, and that of this machine for who watches it."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from consult.web import errors

HERE = ("localhost", "127.0.0.1")
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
UNKNOWN = 400

WsgiApp = Callable[..., Iterable[bytes]]


class HostCheck:
    """Refuses a request to any other name before anything is made of it: a link with that name would lead away."""

    def __init__(self, app: Flask, application: WsgiApp, name: str) -> None:
        self.app = app
        self.application = application
        self.name = name

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        names = (self.name, *HERE) if environ.get("PATH_INFO") in WATCHED else (self.name,)
        if host_is_trusted(environ.get("HTTP_HOST", "").lower(), names):
            return self.application(environ, start_response)
        return errors.outside(self.app, UNKNOWN)(environ, start_response)


def register(app: Flask) -> None:
    """Has `app` answer, in production, to the host of CONSULT_SITE_URL alone; where that says none, to all."""
    if app.config["ENVIRONMENT"] == "production":
        name = urlsplit(app.config["SITE_URL"]).hostname or ""
        if name in HERE:
            return
        app.wsgi_app = HostCheck(app, app.wsgi_app, name)  # type: ignore[method-assign]
