"""The log of a matter inside one transaction: read, appended to, proved and signed in few statements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, and_, bindparam, func, or_, select

from consult.compiled_statements import CompiledInsert, CompiledStatement, Executor, connection_of
from consult.ledger import entries, merkle
from consult.ledger.checkpoint_store import KeptCheckpoint
from consult.ledger.entries import Act, written
from consult.ledger.guard import Guard, guard_of
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerEpoch, LedgerNode
from consult.ledger.signer import Signer
from consult.transactions import after_commit

Proved = TypeVar("Proved")


@dataclass(slots=True)
class EntryRow:
    """A row of `ledger_entry`."""

    consultation_id: UUID
    index: int
    kind: str
    at: datetime
    comment_number: int | None
    body: str


@dataclass(slots=True)
class NodeRow:
    """A row of `ledger_node`."""

    consultation_id: UUID
    level: int
    index: int
    hash: bytes


@dataclass(slots=True)
class CheckpointRow:
    """A row of `ledger_checkpoint`."""

    consultation_id: UUID
    size: int
    at: datetime
    note: str


@dataclass(slots=True)
class LedgerEpochRow:
    """A row of `ledger_epoch`."""

    consultation_id: UUID
    number: int
    index: int
    size: int
    root: bytes
    at: datetime


class Log:
    """The log of a matter as it stands in the transaction under way, and what is appended to it here.

    Nodes that were read, or completed by what is appended, are kept: everything that proves new entries is among them
    and the roots of the complete subtrees that the log consists of.
    """

    def __init__(self, executor: Executor, consultation_id: UUID) -> None:
        self.connection = connection_of(executor)
        self.consultation_id = consultation_id
        [(last, epoch)] = _LAST.all(self.connection, consultation=consultation_id)
        self.size = 0 if last is None else last + 1
        self.epoch = epoch or 1
        self.nodes: dict[merkle.Node, bytes] = {}
        self.guard = guard_of(self.connection)
        self.seen: KeptCheckpoint | None = None
        self._grows = False
        self._entries: list[EntryRow] = []
        self._completed: list[NodeRow] = []

    def append(self, acts: Iterable[Act], now: datetime) -> list[EntryRow]:
        """Adds the acts in their order, inside the transaction of the acts themselves; `store` writes them down.
        Raises NotSigning when the database was set back, or an entry is not what was signed."""
        if not self._grows:
            self._read(merkle.peaks(self.size))
            if self.guard is not None:
                self.seen = self.guard.require(self, now)
            self._grows = True
        return [self._next(act, now) for act in acts]

    def begin_epoch(self, number: int, last: KeptCheckpoint, reason: str, now: datetime) -> None:
        """Goes on, in a database that was set back, as the epoch `number`, whose first entry names `last`."""
        self.seen = self.guard.begin_epoch(self, now) if self.guard is not None else None
        self._read(merkle.peaks(self.size))
        self._grows = True
        made = LedgerEpochRow(self.consultation_id, number, self.size, last.size, last.root, now)
        self.append([entries.epoch(number, last.size, last.root, last.note, reason)], now)
        self.epoch = number
        _INSERT_EPOCHS.insert(self.connection, [made])

    def store(self) -> None:
        """Writes what was appended since."""
        _INSERT_ENTRIES.insert(self.connection, self._entries)
        _INSERT_NODES.insert(self.connection, self._completed)
        self._entries.clear()
        self._completed.clear()

    def checkpoint(self, now: datetime, signer: Signer) -> CheckpointRow:
        """Stores what was appended, and the signed checkpoint of the log with it, which has no other yet. It is kept
        outside once the transaction is committed, before whoever began that goes on: they may hand it over."""
        self.store()
        root = self.root()
        note = signer.note(self.consultation_id, self.size, root, now, self.epoch)
        made = CheckpointRow(self.consultation_id, self.size, now, note)
        _INSERT_CHECKPOINTS.insert(self.connection, [made])
        if self.guard is not None:
            new = KeptCheckpoint(self.epoch, self.size, root, note)
            after_commit(self.connection, partial(self._keep, self.guard, self.connection.engine, new))
        return made

    def _keep(self, guard: Guard, engine: Engine, new: KeptCheckpoint) -> None:
        again = partial(Log, consultation_id=self.consultation_id)
        guard.keep(engine, again, self.consultation_id, self.seen, new)

    def note_given(self) -> str | None:
        """The checkpoint of the log as it stands, if one was made."""
        found = _NOTE.first(self.connection, consultation=self.consultation_id, size=self.size)
        return None if found is None else str(found[0])

    def root(self, count: int | None = None) -> bytes:
        """The Merkle root over the first `count` entries, or all."""
        size = self.size if count is None else count
        return self._proved(lambda load: merkle.root(size, load))

    def inclusion(self, index: int, count: int | None = None) -> list[str]:
        """The audit path (hex) of an entry in the tree of the first `count`, or all. Raises ValueError."""
        size = self.size if count is None else count
        return [node.hex() for node in self._proved(lambda load: merkle.inclusion_proof(index, size, load))]

    def consistency(self, first: int, second: int) -> list[str]:
        """The proof (hex) that the first `first` entries begin the log of `second`. Raises ValueError out of range."""
        return [node.hex() for node in self._proved(lambda load: merkle.consistency_proof(first, second, load))]

    def _next(self, act: Act, now: datetime) -> EntryRow:
        """The next entry; it and the subtrees that it completes are noted for `store`."""
        body = written(act, self.size, now)
        completed = merkle.appended_nodes(self.size, merkle.leaf_hash(body), self._load)
        entry = EntryRow(self.consultation_id, self.size, act.kind, now, act.comment_number, body.decode())
        self._entries.append(entry)
        self._completed += [NodeRow(self.consultation_id, *place, value) for place, value in completed.items()]
        self.nodes.update(completed)
        self.size += 1
        return entry

    def _proved(self, prove: Callable[[merkle.Load], Proved]) -> Proved:
        """What `prove` makes of the nodes it asks for. Those not known yet are read in one statement: it is run once
        more, to learn which they are."""
        try:
            return prove(self._load)
        except KeyError:
            asked: dict[merkle.Node, None] = {}

            def note(level: int, index: int) -> bytes:
                asked[level, index] = None
                return bytes(merkle.HASH_BYTES)

            prove(note)
        self._read([place for place in asked if place not in self.nodes])
        return prove(self._load)

    def _load(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def _read(self, places: Sequence[merkle.Node]) -> None:
        if not places:
            return
        names = {name: value for number, place in enumerate(places) for name, value in _named(number, place)}
        rows = _nodes(len(places)).all(self.connection, consultation=self.consultation_id, **names)
        self.nodes.update({(level, index): value for level, index, value in rows})


_INSERT_ENTRIES = CompiledInsert(LedgerEntry, EntryRow)
_INSERT_NODES = CompiledInsert(LedgerNode, NodeRow)
_INSERT_CHECKPOINTS = CompiledInsert(LedgerCheckpoint, CheckpointRow)
_INSERT_EPOCHS = CompiledInsert(LedgerEpoch, LedgerEpochRow)
_LAST = CompiledStatement(
    select(
        select(func.max(LedgerEntry.index))
        .where(LedgerEntry.consultation_id == bindparam("consultation"))
        .scalar_subquery(),
        select(func.max(LedgerEpoch.number))
        .where(LedgerEpoch.consultation_id == bindparam("consultation"))
        .scalar_subquery(),
    )
)
_NOTE = CompiledStatement(
    select(LedgerCheckpoint.note).where(
        LedgerCheckpoint.consultation_id == bindparam("consultation"), LedgerCheckpoint.size == bindparam("size")
    )
)


@cache
def _nodes(count: int) -> CompiledStatement:
    """The statement that reads so many nodes: a proof needs about as many as the size of its log has bits.

    Each alternative names its whole key. SQLite looks such keys up one by one, but would read the nodes of the whole
    log for a list of pairs, or with the matter named once for all.
    """
    wanted = (
        and_(
            LedgerNode.consultation_id == bindparam("consultation"),
            LedgerNode.level == bindparam(f"level_{number}"),
            LedgerNode.index == bindparam(f"index_{number}"),
        )
        for number in range(count)
    )
    return CompiledStatement(select(LedgerNode.level, LedgerNode.index, LedgerNode.hash).where(or_(*wanted)))


def _named(number: int, place: merkle.Node) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"level_{number}", place[0]), (f"index_{number}", place[1])
