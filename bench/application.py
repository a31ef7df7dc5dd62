"""The site as it is deployed, and beside it in the same processes the empty Flask view it is measured by."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from consult import create_app

EMPTY = "/bench/empty/"


def empty_app() -> Flask:
    """Flask with one view and nothing else: no page cache, no headers, no database."""
    app = Flask("bench")

    @app.get(EMPTY)
    def empty() -> str:
        return "ok"

    return app


def measured_app() -> Flask:
    """The whole site, with the empty application at one address that it does not use itself."""
    app, empty = create_app(), empty_app()
    site = app.wsgi_app

    def either(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return (empty.wsgi_app if environ["PATH_INFO"] == EMPTY else site)(environ, start_response)

    app.wsgi_app = either  # type: ignore[method-assign]
    return app
