"""Messages of a transaction, to be handled after it by the worker: at least once, idempotent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, new_id


class OutboxMessage(Base):
    """A neutral event of the spine (`comment_received`) with what its handlers need to find the facts again."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index(None, "done_at", "run_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[UUID | None]
    event: Mapped[str]
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    claimed_by: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class OutboxWorker(Base):
    """A worker that lives; `host` and `process` are for people. Claims of whom no row is here are void."""

    __tablename__ = "outbox_worker"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    host: Mapped[str]
    process: Mapped[int]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    beats: Mapped[int]
