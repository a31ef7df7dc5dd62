"""The log of a matter: append in the act's own transaction. Whoever proves something or signs takes a `Log`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from consult.compiled_statements import Executor
from consult.ledger.entries import Act
from consult.ledger.log import EntryRow, Log
from consult.ledger.signer import Signer

__all__ = ["Log", "Signer", "append", "signed_note", "size"]


def append(executor: Executor, consultation_id: UUID, acts: Iterable[Act], now: datetime) -> list[EntryRow]:
    """Adds public acts (made by `entries`) to the log in their order, inside the transaction of the acts themselves."""
    log = Log(executor, consultation_id)
    made = log.append(acts, now)
    log.store()
    return made


def size(executor: Executor, consultation_id: UUID) -> int:
    """How many entries the log of a matter has."""
    return Log(executor, consultation_id).size


def signed_note(executor: Executor, consultation_id: UUID, now: datetime, signer: Signer) -> tuple[int, str]:
    """The size of the log and the checkpoint of exactly that size, without writing anything: the one already given to
    people, or one signed now, which is not kept."""
    log = Log(executor, consultation_id)
    return log.size, log.note_given() or signer.note(consultation_id, log.size, log.root(), now)
