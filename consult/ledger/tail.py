"""The growing end of a log inside one transaction: many entries, their proofs and the checkpoint in few statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.compiled_statements import Prepared, PreparedInsert, Where, unkept
from consult.db import Base
from consult.ledger import merkle
from consult.ledger.checkpoint import Checkpoint, current_key, sign_checkpoint
from consult.ledger.entries import Act, written
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerNode
from consult.ledger.service import Signer


class Tail:
    """What is needed to append to the log of a matter: its size and the roots of its complete subtrees, read once.

    Everything that proves the entries appended here is among those roots and the nodes that the entries complete.
    """

    def __init__(self, where: Where, consultation_id: UUID) -> None:
        self.connection = where.connection() if isinstance(where, Session) else where
        self.consultation_id = consultation_id
        [(last,)] = _LAST.all(self.connection, consultation=consultation_id)
        self.size = 0 if last is None else last + 1
        self.nodes = self._read(_peaks(self.size))
        self.entries: list[dict[str, Any]] = []
        self.completed: list[dict[str, Any]] = []

    def append(self, acts: Iterable[Act], now: datetime) -> list[LedgerEntry]:
        """Adds the acts in their order, inside the transaction of the acts themselves; `store` writes them down."""
        return [self._next(act, now) for act in acts]

    def store(self) -> None:
        """Writes what was appended straight into the transaction: a unit of work would cost more than the rows."""
        for table, rows in ((LedgerEntry, self.entries), (LedgerNode, self.completed)):
            _INSERTS[table].put(self.connection, rows)
            rows.clear()

    def checkpoint(self, now: datetime, signer: Signer) -> LedgerCheckpoint:
        """The signed checkpoint of the log with all that was appended here, which has no other yet."""
        statement = Checkpoint(signer.origin(self.consultation_id), self.size, merkle.root(self.size, self._load))
        note = sign_checkpoint(statement, current_key(signer.keys, now).private_key)
        values = {"consultation_id": self.consultation_id, "size": self.size, "at": now, "note": note}
        _INSERTS[LedgerCheckpoint].put(self.connection, [values])
        return unkept(LedgerCheckpoint, **values)

    def inclusion(self, index: int) -> list[str]:
        """The audit path (hex) of an entry appended here, in the log as it is now."""
        return [node.hex() for node in merkle.inclusion_proof(index, self.size, self._load)]

    def _next(self, act: Act, now: datetime) -> LedgerEntry:
        """The next entry; it and the subtrees that it completes are noted for `store`."""
        body = written(act, self.size, now)
        completed = merkle.appended_nodes(self.size, merkle.leaf_hash(body), self._load)
        entry = {
            "consultation_id": self.consultation_id,
            "index": self.size,
            "kind": act.kind,
            "at": now,
            "comment_number": act.comment_number,
            "body": body.decode(),
        }
        self.entries.append(entry)
        self.completed += [
            {"consultation_id": self.consultation_id, "level": level, "index": index, "hash": value}
            for (level, index), value in completed.items()
        ]
        self.nodes.update(completed)
        self.size += 1
        return unkept(LedgerEntry, **entry)

    def _load(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def _read(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        if not places:
            return {}
        asked = {
            name: value
            for number, place in enumerate(places)
            for name, value in zip(_names(number), place, strict=True)
        }
        rows = _nodes(len(places)).all(self.connection, consultation=self.consultation_id, **asked)
        return {(level, index): value for level, index, value in rows}


_INSERTS: dict[type[Base], PreparedInsert] = {
    table: PreparedInsert(Base.metadata.tables[table.__tablename__])
    for table in (LedgerEntry, LedgerNode, LedgerCheckpoint)
}
_LAST = Prepared(select(func.max(LedgerEntry.index)).where(LedgerEntry.consultation_id == bindparam("consultation")))


@cache
def _nodes(count: int) -> Prepared:
    """The statement that reads so many nodes: a log of n entries has at most as many peaks as n has bits.

    Each alternative names its whole key. SQLite looks such keys up one by one, but would read the nodes of the whole
    log for a list of pairs, or with the matter named once for all.
    """
    wanted = (
        and_(
            LedgerNode.consultation_id == bindparam("consultation"),
            LedgerNode.level == bindparam(level),
            LedgerNode.index == bindparam(index),
        )
        for level, index in map(_names, range(count))
    )
    return Prepared(select(LedgerNode.level, LedgerNode.index, LedgerNode.hash).where(or_(*wanted)))


def _names(number: int) -> tuple[str, str]:
    return f"level_{number}", f"index_{number}"


def append_all(session: Session, consultation_id: UUID, acts: Iterable[Act], now: datetime) -> list[LedgerEntry]:
    """Adds several acts to the log at once, inside the transaction of the acts themselves."""
    tail = Tail(session, consultation_id)
    made = tail.append(acts, now)
    tail.store()
    return made


def _peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees that a log of `size` entries consists of, as (level, index): one for each bit of it."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]
