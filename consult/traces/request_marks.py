"""What this thread is at: one request, or one part of the worker's work, with the id under which its lines are found.

The id is never kept in the database: it would tie what somebody sent without a name to the line of a request. Lines are
joined the other way round: that of a request names the messages that it left for the worker, and the worker's lines
name the message they are about.
"""

import logging
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event

ID_BYTES = 8
WELL_FORMED = re.compile(r"[0-9a-f]{16,32}")
"""Ids as we make them, and as nginx does ($request_id)."""
READ_ALOUD = 10**9
"""So many different codes are read on the telephone: nine digits."""

MOST_NAMED = 20
"""So many messages stand in one line."""

lines = logging.getLogger("consult.lines")
"""One line for each request and each part of the worker's work; nothing is written to it unless lines are JSON."""


@dataclass(slots=True)
class Mark:
    """What is known of a request: its id, the rule of its route, whether a kept page answered it or it made one to be
    kept, how many statements it ran, and which messages it left for the worker."""

    id: str = ""
    rule: str = ""
    kept: bool = False
    made: bool = False
    statements: int = 0
    messages: list[str] = field(default_factory=list)

    @property
    def incident(self) -> str:
        """The id as a person reads it on the telephone: nine digits; empty without an id."""
        if not self.id:
            return ""
        digits = f"{int(self.id, 16) % READ_ALOUD:09d}"
        return "-".join((digits[:3], digits[3:6], digits[6:]))

    def left(self, message: UUID) -> UUID:
        """Notes a message that it left for the worker, and gives it back."""
        self.messages.append(str(message))
        return message


class _Held(threading.local):
    def __init__(self) -> None:
        self.mark = Mark()


_held = _Held()


def current() -> Mark:
    """The mark of what this thread is at; one without an id when it is at nothing."""
    return _held.mark


def begin(given: str = "", rule: str = "") -> Mark:
    """A new mark for this thread, by the id `given` where that is well-formed, otherwise by one of its own."""
    _held.mark = Mark(given if WELL_FORMED.fullmatch(given) else secrets.token_hex(ID_BYTES), rule)
    return _held.mark


@contextmanager
def of(mark: Mark) -> Iterator[None]:
    """What is done inside is done for another request than this thread's own."""
    own, _held.mark = _held.mark, mark
    try:
        yield
    finally:
        _held.mark = own


def end() -> None:
    """What this thread was at is over."""
    _held.mark = Mark()


def tell(**facts: Any) -> None:
    """Writes one line with the id of what this thread is at. `facts` are numbers and codes of ours, never words of
    anybody's."""
    lines.info("", extra={"facts": facts})


@contextmanager
def part(event: str, messages: Sequence[UUID]) -> Iterator[list[Exception]]:
    """One part of the worker's work, under an id of its own and with a line that names its messages. What is given is
    filled inside with what went wrong."""
    mark, begun, failures = begin(rule=event), time.monotonic(), list[Exception]()
    yield failures
    spent = round(1000 * (time.monotonic() - begun), 1)
    handled = [str(message) for message in messages[:MOST_NAMED]]
    tell(
        worker=event, handles=handled, count=len(messages), ms=spent, statements=mark.statements,
        failed=[type(failure).__name__ for failure in failures], messages=mark.messages[:MOST_NAMED],
    )  # fmt: skip
    end()


def ran_statement() -> None:
    """Counts a statement."""
    _held.mark.statements += 1


def count_statements(engine: Engine) -> None:
    """Has what SQLAlchemy runs on `engine` counted."""
    event.listen(engine, "before_cursor_execute", _ran)


def _ran(*_what: Any) -> None:
    _held.mark.statements += 1
