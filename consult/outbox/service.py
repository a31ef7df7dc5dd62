"""Events of the spine, written in the act's own transaction and handled after it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.db import new_id
from consult.outbox.models import OutboxMessage
from consult.prepared import PreparedInsert

_INSERT = PreparedInsert(OutboxMessage.__table__)  # type: ignore[arg-type]


def emit(
    session: Session,
    event: str,
    now: datetime,
    consultation_id: UUID | None = None,
    dedupe_key: str | None = None,
    **payload: Any,
) -> OutboxMessage:
    """Adds the event `event` to the transaction under way, to be handled from `now` on.

    `payload` holds ids and codes only, never a person's words: handlers read the facts again. `dedupe_key` makes a
    second one of the same key impossible; handlers derive stable names (a Message-ID) from the row's id.
    """
    message = OutboxMessage(
        id=new_id(),
        consultation_id=consultation_id,
        event=event,
        payload=payload,
        dedupe_key=dedupe_key,
        created_at=now,
        run_at=now,
        attempts=0,
    )
    session.add(message)
    return message


def emit_at_once(
    session: Session, event: str, now: datetime, consultation_id: UUID | None = None, **payload: Any
) -> None:
    """The same as `emit` for what everybody waits for: straight into the transaction, past the unit of work."""
    row = {"id": new_id(), "consultation_id": consultation_id, "event": event, "payload": payload}
    _INSERT.put(session, [{**row, "created_at": now, "run_at": now}])
