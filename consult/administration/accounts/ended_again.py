"""Accounts that were closed and roles that were ended after a backup are closed and ended again in a database that was
set back to it: who was sent away does not come back in with what they had."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.administration.accounts import access, roles, service
from consult.db import Lock, writing
from consult.errors import Refused
from consult.ledger.closing_list import Closing, ClosingList
from consult.outbox.models import OutboxMessage
from consult.people.models import Membership, User
from consult.people.words import Role
from consult.policy import ANYBODY

CLOSED, OPEN, ENDED = "account_closed", "account_open", "role_ended"
OF_ACCOUNT = frozenset({CLOSED, OPEN})


class NotedAccess:
    """Notes in the list outside the database whose access ended, and whose account was opened again."""

    def __init__(self, listed: ClosingList) -> None:
        self.listed = listed

    def handle(self, session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After access_changed. The same again changes nothing. Raises OSError when the place takes nothing: it
        is tried again until it does."""
        self.listed.note([line for one in messages if (line := _line(session, one)) is not None])


def end_again(session: Session, lines: Iterable[Closing], now: datetime) -> int:
    """Closes and ends again what these lines of the list say, by nobody in person; gives how many that were. The last
    administrator stays: somebody has to let the others in."""
    last: dict[UUID, Closing] = {one.id: one for one in lines if one.kind in OF_ACCOUNT or one.kind == ENDED}
    return sum(_end_again(session, one, now) for one in last.values() if one.kind != OPEN)


def _end_again(session: Session, line: Closing, now: datetime) -> bool:
    if session.get(OutboxMessage, line.act) is not None:
        # This database knows of it, and of whatever came after.
        return False
    with suppress(Refused), writing(session, Lock.PEOPLE):
        if line.kind == CLOSED:
            return _close_again(session, line, now)
        return _end_role_again(session, line, now)
    return False


def _close_again(session: Session, line: Closing, now: datetime) -> bool:
    user = session.get(User, line.id)
    if user is None or user.disabled_at is not None:
        return False
    service.close_again(session, user, now)
    return True


def _end_role_again(session: Session, line: Closing, now: datetime) -> bool:
    held, until = session.get(Membership, line.id), datetime.fromisoformat(line.at)
    if held is None or (held.until is not None and held.until <= until):
        return False
    if held.role is Role.ADMINISTRATOR:
        roles.check_not_last_administrator(session, held.user, now, but=held.id)
    held.until = max(until, held.since)
    access.note_role_end(session, "role_ended", held, ANYBODY, now)
    return True


def _line(session: Session, message: OutboxMessage) -> Closing | None:
    own_id = UUID(message.payload["id"])
    if message.payload["of"] == access.ACCOUNT:
        user = session.get(User, own_id)
        if user is None:
            return None
        at = user.disabled_at or message.created_at
        return Closing(OPEN if user.disabled_at is None else CLOSED, None, own_id, message.id, at.isoformat())
    held = session.get(Membership, own_id)
    if held is None or held.until is None:
        return None
    return Closing(ENDED, None, own_id, message.id, held.until.isoformat())
