"""What administrators did: one row each, kept for ever, shown to every administrator."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration.models import AdministrativeAct
from consult.db import Lock, new_id, writing
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.policy import Actor

PAGE = 100


def note(session: Session, act: str, subject: str, actor: Actor, now: datetime, **details: Any) -> None:
    """Adds to the transaction under way that `actor` did `act` to `subject` (a name); `details` are ids and codes."""
    session.add(AdministrativeAct(id=new_id(), at=now, by_id=actor.user_id, act=act, subject=subject, details=details))


def after_discarded(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """matter_discarded: who discarded which matter, noted once under the id of the message."""
    with writing(session, Lock.PEOPLE):
        for message in messages:
            if session.get(AdministrativeAct, message.id) is None:
                told = message.payload
                details = {"organisation": told["lead"], "slug": told["slug"]}
                discarded = AdministrativeAct(
                    id=message.id,
                    at=message.created_at,
                    by_id=UUID(told["by"]),
                    act="matter_discarded",
                    subject=told["title"],
                    details=details,
                )
                session.add(discarded)


def newest(session: Session, skip: int = 0) -> Sequence[tuple[AdministrativeAct, str | None]]:
    """The acts, newest first, a page at a time, each with the name of who did it (None: a command)."""
    rows = session.execute(
        select(AdministrativeAct, User.name)
        .outerjoin(User, User.id == AdministrativeAct.by_id)
        .order_by(AdministrativeAct.at.desc(), AdministrativeAct.id.desc())
        .offset(skip)
        .limit(PAGE)
    )
    return [(act, name) for act, name in rows]


def acts_on(session: Session, names: Collection[str]) -> Sequence[AdministrativeAct]:
    """The acts on one subject, by every name it had, newest first."""
    return session.scalars(
        select(AdministrativeAct)
        .where(AdministrativeAct.subject.in_(names))
        .order_by(AdministrativeAct.at.desc(), AdministrativeAct.id.desc())
        .limit(PAGE)
    ).all()
