"""How many SQL statements each page takes, counted inside one process at the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

READS = ("SELECT", "WITH")
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects every statement that reaches the driver in the block, whichever way it comes (SQLite only)."""
    seen: list[str] = []

    def watch(raw: Any, *_others: Any) -> None:
        raw.set_trace_callback(seen.append)

    def leave(raw: Any, *_others: Any) -> None:
        if raw is not None:
            raw.set_trace_callback(None)

    # The pool stays: a connection that somebody has out would come back to one that nobody closes any more.
    event.listen(engine, "checkout", watch)
    event.listen(engine, "checkin", leave)
    try:
        yield seen
    finally:
        event.remove(engine, "checkout", watch)
        event.remove(engine, "checkin", leave)


def statements(app: Flask, client: FlaskClient, path: str, **options: Any) -> int:
    """The statements that one request took. Raises RuntimeError when it is answered neither with a page nor, having
    sent something, with the way to its own."""
    with counted(app.extensions["consult.database"].engine) as seen:
        answer = client.open(path, **options)
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return sum(statement.lstrip().upper().startswith(READS + WRITES) for statement in seen)
