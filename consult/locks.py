"""What an act keeps to itself while it lasts, and in which order. On PostgreSQL these are locks of the transaction; on
SQLite all writers stand in one queue, and only the order is looked after."""

import hashlib
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, TextClause, text


class Lock(StrEnum):
    """What an act outside any matter keeps to itself, since no head row stands for it."""

    REFERENCE = "reference"
    """The calendar, legal profiles, areas, and facts about the installation."""

    PEOPLE = "people"
    """Organisations, units, accounts, roles and sign-ins: who ends one reads the others."""

    MATTERS = "matters"
    """The keys and addresses of matters, which no two may share."""

    COLLECTIONS = "collections"
    """What is gathered from below: its numbers, and whether a collection is open."""

    OUTBOX = "outbox"
    """Messages that may stand there once only, and whose turn it is to handle one."""


MATTER = "matter"
LOCK_ORDER = (Lock.REFERENCE, Lock.PEOPLE, Lock.MATTERS, Lock.COLLECTIONS, MATTER, Lock.OUTBOX)
"""An act that takes several locks takes them in this order, so that no two wait for each other: what a new matter
stands on before the matter, what was gathered before the letter it is put into, and what a matter has told last."""


def take(connection: Connection, of: UUID | Lock, held: list[UUID | Lock]) -> None:
    """Waits for the lock `of`, which lasts until the transaction ends, and adds it to those `held`.

    Raises RuntimeError out of order and AssertionError for a second matter, on SQLite too: there nothing would go
    wrong, and nobody would notice.
    """
    if of in held:
        return
    if any(_place(one) == _place(of) for one in held):
        raise AssertionError(
            f"{of!r} would be a second head lock beside {held!r}: which of two comes first has no order"
        )
    if held and _place(of) < _place(held[-1]):
        raise RuntimeError(f"{of!r} is locked before {held[-1]!r}, not after it")
    held.append(of)
    if connection.dialect.name == "postgresql":
        connection.execute(_statement(of))


def _place(of: UUID | Lock) -> int:
    return LOCK_ORDER.index(of if isinstance(of, Lock) else MATTER)


def _statement(of: UUID | Lock) -> TextClause:
    if isinstance(of, Lock):
        key = int.from_bytes(hashlib.sha256(f"consult {of}".encode()).digest()[:8], signed=True)
        return text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=key)
    return text("SELECT id FROM consultation WHERE id = :id FOR UPDATE").bindparams(id=of)
