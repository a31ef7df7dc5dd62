"""Events of the spine, written in the act's own transaction and handled after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from consult.compiled_statements import CompiledInsert, Executor
from consult.db import new_id
from consult.outbox.models import OutboxMessage
from consult.traces import request_marks


@dataclass(slots=True)
class MessageRow:
    """A row of `outbox_message` that nobody has taken up."""

    id: UUID
    consultation_id: UUID | None
    event: str
    payload: dict[str, Any]
    dedupe_key: str | None
    created_at: datetime
    run_at: datetime
    attempts: int = 0


_INSERT = CompiledInsert(OutboxMessage, MessageRow)


def emit(
    executor: Executor,
    event: str,
    now: datetime,
    consultation_id: UUID | None = None,
    dedupe_key: str | None = None,
    run_at: datetime | None = None,
    **payload: Any,
) -> UUID:
    """Writes the event `event` into the transaction under way, to be handled from `run_at` on (at once if None); gives
    the id of its message.

    `payload` holds ids and codes only, never a person's words: handlers read the facts again. `dedupe_key` makes a
    second one of the same key impossible (IntegrityError); handlers derive stable names (a Message-ID) from the id.
    """
    message = MessageRow(new_id(), consultation_id, event, payload, dedupe_key, now, run_at or now)
    _INSERT.insert(executor, [message])
    return request_marks.current().left(message.id)
