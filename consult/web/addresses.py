"""What an address may hold at all: numbers that a database can count to, and no sign that it cannot keep."""

from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """`<int:…>` of at most nine digits: a longer one is nobody's, and would not fit into a column."""

    regex = r"\d{1,9}"


def refuse_nul() -> None:
    """Nothing is found under an address with NUL in it; PostgreSQL could not even look for it."""
    if "\0" in request.path:
        raise NotFound


def register(app: Flask) -> None:
    """Gives `app` its numbers and closes it to NUL."""
    app.url_map.converters["int"] = Number
    app.before_request(refuse_nul)
