"""The log of a matter: append in the act's own transaction. Whoever proves something or signs takes a `Log`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from consult.compiled_statements import Executor
from consult.ledger.checkpoint import parse_checkpoint
from consult.ledger.checkpoint_store import KeptCheckpoint
from consult.ledger.entries import Act
from consult.ledger.log import EntryRow, Log
from consult.ledger.signer import Signer

__all__ = ["Log", "Signer", "append", "require_kept", "signed", "size"]


def append(executor: Executor, consultation_id: UUID, acts: Iterable[Act], now: datetime) -> list[EntryRow]:
    """Adds public acts (made by `entries`) to the log in their order, inside the transaction of the acts themselves."""
    log = Log(executor, consultation_id)
    made = log.append(acts, now)
    log.store()
    return made


def size(executor: Executor, consultation_id: UUID) -> int:
    """How many entries the log of a matter has."""
    return Log(executor, consultation_id).size


@dataclass(frozen=True)
class SignedLog:
    """A log as it stands: how many entries it has, under which origin it is signed, and the checkpoint of that size."""

    size: int
    origin: str
    note: str


def signed(executor: Executor, consultation_id: UUID, now: datetime, signer: Signer) -> SignedLog:
    """The log with the checkpoint of exactly its size, without writing to the database: the one already given to
    people, or one signed now. It is kept outside before this returns. Raises NotSigning."""
    log = Log(executor, consultation_id)
    engine, again = log.connection.engine, partial(Log, consultation_id=consultation_id)
    kept = log.guard.look(engine, again, consultation_id) if log.guard else None
    root = log.root()
    note = log.note_given() or signer.note(consultation_id, log.size, root, now, log.epoch)
    if log.guard and log.size:
        new = KeptCheckpoint(log.epoch, log.size, root, note)
        log.guard.keep(engine, again, consultation_id, kept, new)
    return SignedLog(log.size, signer.origin(consultation_id, log.epoch), note)


def require_kept(executor: Executor, consultation_id: UUID, note: str) -> None:
    """Before a receipt is given again: its checkpoint is kept outside, also when the process that signed it was killed
    between its commit and that. Raises NotSigning."""
    log = Log(executor, consultation_id)
    signed_size = parse_checkpoint(note.rpartition("\n\n")[0] + "\n").size
    if log.guard is None or log.guard.covers(log.connection, consultation_id, log.epoch, signed_size):
        return
    engine, again = log.connection.engine, partial(Log, consultation_id=consultation_id)
    kept = log.guard.look(engine, again, consultation_id)
    new = KeptCheckpoint(log.epoch, signed_size, log.root(signed_size), note)
    log.guard.keep(engine, again, consultation_id, kept, new)
