"""Whether stored entries still are what was signed: their bytes hashed again, and held against the tree."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from consult.compiled_statements import CompiledStatement, Executor
from consult.ledger import merkle
from consult.ledger.checkpoint_store import KeptCheckpoint
from consult.ledger.models import LedgerEntry, LedgerNode

WINDOW = 64
"""So many entries are hashed again before each signature: all of a small log; of a large one the newest, and others in
turn."""
SLICE = 1_000
"""So many at a time when all of a log are, so that nobody waits for it."""


def windows(size: int, turn: int) -> list[tuple[int, int]]:
    """The ranges of entries to look at before the signature of this `turn`, in a log of `size`."""
    if size <= WINDOW:
        return [(0, size)] if size else []
    half = WINDOW // 2
    start = turn * half % (size - half)
    return [(start, min(start + half, size - half)), (size - half, size)]


def first_bad(executor: Executor, consultation_id: UUID, start: int, stop: int) -> int | None:
    """The first entry from `start` to `stop`, exclusive, that is missing or does not have the hash of its leaf."""
    try:
        stored = _STORED.all(executor, consultation=consultation_id, start=start, stop=stop)
    except DBAPIError:
        # A bit may make what SQLite cannot read as text: then it tells of no other entry either.
        if stop - start == 1:
            return start
        parts = (first_bad(executor, consultation_id, index, index + 1) for index in range(start, stop))
        return next((found for found in parts if found is not None), None)
    good = {index for index, leaf, body in stored if isinstance(body, str) and leaf == _leaf(body)}
    return None if len(good) == stop - start else next(index for index in range(start, stop) if index not in good)


def _leaf(body: str) -> bytes:
    return merkle.leaf_hash(body.encode("utf-8", "surrogatepass"))


def slices(size: int) -> Iterator[tuple[int, int]]:
    """The whole of a log, in parts."""
    for start in range(0, size, SLICE):
        yield start, min(start + SLICE, size)


def root_of_bodies(executor: Executor, consultation_id: UUID, size: int) -> bytes:
    """The root of the first `size` entries, made from their bytes alone. Raises LookupError when one is missing."""
    nodes: dict[merkle.Node, bytes] = {}

    def load(level: int, index: int) -> bytes:
        return nodes[level, index]

    for start, stop in slices(size):
        stored = _BODIES.all(executor, consultation=consultation_id, start=start, stop=stop)
        bodies = {index: body for index, body in stored}
        for index in range(start, stop):
            nodes.update(merkle.appended_nodes(index, _leaf(bodies[index]), load))
        # All that a longer log needs of those before.
        nodes = {place: nodes[place] for place in merkle.peaks(stop)}
    return merkle.root(size, load)


def leads_to(executor: Executor, consultation_id: UUID, kept: KeptCheckpoint) -> bool:
    """Whether the bytes of the entries lead to the root of a checkpoint."""
    return root_of_bodies(executor, consultation_id, kept.size) == kept.root


_BODIES = CompiledStatement(
    select(LedgerEntry.index, LedgerEntry.body).where(
        LedgerEntry.consultation_id == bindparam("consultation"),
        LedgerEntry.index >= bindparam("start"),
        LedgerEntry.index < bindparam("stop"),
    )
)
_STORED = CompiledStatement(
    select(LedgerNode.index, LedgerNode.hash, LedgerEntry.body)
    .outerjoin(LedgerNode.entry)
    .where(
        LedgerNode.consultation_id == bindparam("consultation"),
        LedgerNode.level == 0,
        LedgerNode.index >= bindparam("start"),
        LedgerNode.index < bindparam("stop"),
    )
)
