"""Disks and databases that fail as real ones do, for tests of what people are told then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

NO_BOUND = 4_294_967_294


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """SQLite finds no room for another page of the database of `app` during the block; what fits into its present
    pages still does."""
    with _with(app, "max_page_count = 1", f"max_page_count = {NO_BOUND}"):
        yield


@contextmanager
def read_only(app: Flask) -> Iterator[None]:
    """The database of `app` takes nothing in during the block, as when its disk was mounted read-only after errors."""
    with _with(app, "query_only = 1", "query_only = 0"):
        yield


@contextmanager
def _with(app: Flask, during: str, afterwards: str) -> Iterator[None]:
    said = during

    def say(connection: Any, *_more: Any) -> None:
        connection.execute(f"PRAGMA {said}")

    event.listen(app.extensions["consult.database"].engine, "checkout", say)
    try:
        yield
    finally:
        said = afterwards
