"""What a public page takes from its query, and nothing else: whatever else stands there, in whatever order, twice or
empty, is gone before anything looks at it, so that it neither changes the page nor has it made once more.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask
from werkzeug.exceptions import HTTPException

from consult.web.context import WsgiApp
from consult.web.files import assets

FLAGS = frozenset({"sua", "well"})
"""What counts by being there at all."""

PARKED = "giu"
"""Which page waits for who sent a public form (`consult/web/parked_answers.py`); known at the addresses of those."""
FORMS = ("/tra-cuu/", "/gop-y/", "/cung-y-kien/", "/thu-thap/", "/tap-huan/vao/")

NUMBERS = frozenset({"trang", "truoc"})
LONGEST_NUMBER = 9
FIRST_PAGE = ("trang", "1")


class DeclaredQueries:
    """The WSGI application that leaves in a query what the view behind its address declares (`public(asks=…)`), written
    in one way. Addresses that are nobody's, and those that judge their query themselves (the API), are left alone."""

    def __init__(self, application: WsgiApp, app: Flask) -> None:
        self.application = application
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if query and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            known = self._known(environ)
            if known is not None:
                environ["QUERY_STRING"] = canonical(query, known)
        return self.application(environ, start_response)

    def _known(self, environ: dict[str, Any]) -> Collection[str] | None:
        if environ.get("PATH_INFO", "").startswith(assets.FOLDER):
            return None
        try:
            endpoint, _values = self.app.url_map.bind_to_environ(environ).match(method="GET")
        except HTTPException:
            return None
        known: Collection[str] | None = getattr(self.app.view_functions[endpoint], "asks", None)
        if known is not None and of_a_form(environ.get("PATH_INFO", "")):
            return {*known, PARKED}
        return known


def of_a_form(path: str) -> bool:
    """Whether this is the address of a form that anybody sends without signing in."""
    return any(part in path for part in FORMS)


def canonical(query: str, known: Collection[str]) -> str:
    """The query with what is `known` alone: of each name the first value, in the order of the names; without what is
    empty, zeros before a number, and the first page, which is meant without saying so."""
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in known:
            given.setdefault(name, value)
    written = {name: _number(value) if name in NUMBERS else value for name, value in given.items()}
    kept = ((name, value) for name, value in written.items() if value or name in FLAGS)
    return urlencode(sorted(one for one in kept if one != FIRST_PAGE))


def _number(value: str) -> str:
    """A number as it is written once; what is none, or beyond all pages, stays what it is."""
    plain = value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER
    return str(int(value)) if plain else value
