"""Events of the spine, written in the act's own transaction and handled after it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.compiled_statements import PreparedInsert, Where
from consult.db import new_id
from consult.outbox.models import OutboxMessage

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
    where: Where, event: str, now: datetime, consultation_id: UUID | None, payloads: Sequence[Mapping[str, Any]]
) -> None:
    """The same as `emit`, once for each payload, for what everybody waits for: straight into the transaction."""
    row = {"consultation_id": consultation_id, "event": event, "created_at": now, "run_at": now}
    _INSERT.put(where, [{**row, "id": new_id(), "payload": dict(payload)} for payload in payloads])
