"""Following by mail without an account: asked for, confirmed by whoever reads the mailbox, ended and forgotten."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import Invalid
from consult.notices import mail_limits
from consult.notices.following.subjects import Subject
from consult.notices.models import Follower
from consult.notices.words import OF_PROGRAMMES, Followed
from consult.outbox.service import emit
from consult.people import mail_addresses
from consult.text import one_line

UNCONFIRMED = timedelta(days=7)
"""So long an address waits to be confirmed, and is then forgotten."""
TOKEN_BYTES = 16

_SEVERAL = frozenset({"published", "extended", "concluded", "issued", "in_force", "withdrawn_matter"})
_MATTER = _SEVERAL - {"published"} | {"revised", "answered", "answers_extended", "year_later"}
WANTED: Mapping[Followed, frozenset[str]] = MappingProxyType(
    {Followed.MATTER: _MATTER, Followed.CLAUSE: _MATTER, Followed.AREA: _SEVERAL, Followed.FIELD: _SEVERAL}
    | dict.fromkeys(OF_PROGRAMMES, frozenset())
)
"""Of what who follows is told. Who follows a commune or a field is told what there is to say something on; of
programmes what became public on a day (`programme_mails.py`)."""


def subscribe(session: Session, subject: Subject, address: str, language: str, now: datetime) -> None:
    """Has whoever reads the mailbox `address` asked whether they want to follow. Whether it follows already is told in
    that mail alone. Raises Invalid({"contact": code})."""
    given = one_line(address)
    if wrong := mail_addresses.problem(given) if given else "required":
        raise Invalid({"contact": wrong})
    mailbox = mail_limits.hash_of(given)
    with writing(session, Lock.OUTBOX):
        found = session.scalar(
            select(Follower).where(
                Follower.kind == subject.kind, Follower.subject == subject.subject, Follower.mailbox == mailbox
            )
        )
        if found is None:
            found = Follower(
                id=new_id(), kind=subject.kind, subject=subject.subject, mailbox=mailbox, address=given,
                consultation_id=subject.matter.id if subject.matter is not None else None,
                language=language, token=secrets.token_urlsafe(TOKEN_BYTES), asked_at=now,
            )  # fmt: skip
            session.add(found)
            session.flush()
        emit(session, "follow_asked", now, found.consultation_id, follower=str(found.id))


def by_token(session: Session, token: str) -> Follower | None:
    """Who follows by the token of their mails; None for one that is not, or no more."""
    return session.scalar(select(Follower).where(Follower.token == token))


def confirm(session: Session, token: str, now: datetime) -> bool:
    """Whoever has the mail wants to follow. False when there is nothing to confirm any more."""
    with writing(session, Lock.OUTBOX):
        found = by_token(session, token)
        if found is None:
            return False
        found.confirmed_at = found.confirmed_at or now
    return True


def end(session: Session, token: str, now: datetime) -> None:
    """Nobody follows by this token any more, and the address is gone. Ended twice is ended."""
    with writing(session, Lock.OUTBOX):
        found = by_token(session, token)
        if found is not None:
            emit(session, "following_ended", now, follower=str(found.id))
            session.delete(found)


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Lets addresses go that nobody has confirmed."""
    old = (Follower.confirmed_at.is_(None), Follower.asked_at < now - UNCONFIRMED)
    if session.scalar(select(Follower.id).where(*old).limit(1)) is not None:
        with writing(session, Lock.OUTBOX):
            session.execute(delete(Follower).where(*old))
