"""What a table holds, as a number of rows and a hash that are the same on every kind of database."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

AT_ONCE = 500
"""Rows that are read at once: those of the widest tables have whole provisions in them."""
WHOLE = 1 << 256


@dataclass(frozen=True)
class Content:
    """How many rows a table has, and the sum of their hashes (SHA-256, modulo 2^256): databases give rows in different
    orders, and sort words differently."""

    rows: int
    total: int

    @property
    def fingerprint(self) -> str:
        """The sum as people compare it."""
        return f"{self.total:064x}"


class Counting:
    """Counts rows that go by."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def through(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Gives on each row as it was."""
        for row in rows:
            self.rows += 1
            self.total = (self.total + hashed(row)) % WHOLE
            yield row

    @property
    def content(self) -> Content:
        """What went by."""
        return Content(self.rows, self.total)


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Every row of a table, as Python has them, a few at a time. Raises LookupError or ValueError for one that cannot
    be read."""
    yield from connection.execute(select(table), execution_options={"yield_per": AT_ONCE})


def content_of(connection: Connection, table: Table) -> Content:
    """What a table holds."""
    counting = Counting()
    for _row in counting.through(rows_of(connection, table)):
        pass
    return counting.content


def hashed(row: Sequence[Any]) -> int:
    """The hash of one row."""
    said = json.dumps(list(row), default=_plain, sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())


def _plain(value: Any) -> str:
    """What JSON has no word for. Codes are texts already, and stay what they are."""
    if isinstance(value, UUID | bytes):
        return value.hex if isinstance(value, UUID) else value.hex()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
