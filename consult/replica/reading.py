"""What the page under way is read from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine


@dataclass(frozen=True)
class Reading:
    """What a page is read from. `since` is the moment whose state it shows, when nobody can say that it is the present
    one: the primary does not answer. None otherwise."""

    engine: Engine
    since: datetime | None = None


_reading: ContextVar[Reading | None] = ContextVar("consult_reading", default=None)


def current() -> Reading | None:
    """What the page under way is read from; None for the primary."""
    return _reading.get()


def engine_of(primary: Engine) -> Engine:
    """The engine that the page under way is read from: `primary` where nothing else was said."""
    reading = _reading.get()
    return reading.engine if reading is not None else primary


@contextmanager
def read_from(reading: Reading | None) -> Iterator[None]:
    """Everything that is read within is read from there."""
    token = _reading.set(reading)
    try:
        yield
    finally:
        _reading.reset(token)
