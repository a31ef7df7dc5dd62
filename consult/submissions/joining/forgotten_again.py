"""Whoever joined a comment and took back after a backup how they can be reached is not reached by it again, once the
database was set back to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.closing_list import Closing, ClosingList
from consult.outbox.models import OutboxMessage
from consult.submissions.joining import service
from consult.submissions.models import Joiner

FORGOTTEN = "joiner_forgotten"


class NotedForgetting:
    """Notes in the list outside the database whose contact is forgotten."""

    def __init__(self, listed: ClosingList) -> None:
        self.listed = listed

    def handle(self, _session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After joiner_forgotten. The same again changes nothing. Raises OSError when the place takes nothing: it is
        tried again until it does."""
        self.listed.note(
            [
                Closing(FORGOTTEN, one.consultation_id, UUID(one.payload["joiner"]), one.id, one.created_at.isoformat())
                for one in messages
            ]
        )


def forget_again(session: Session, lines: Iterable[Closing], now: datetime) -> int:
    """Forgets again whom these lines of the list name; gives how many that were."""
    wanted = [one for one in lines if one.kind == FORGOTTEN and one.consultation_id is not None]
    found = [session.get(Joiner, (one.consultation_id, one.id)) for one in wanted]
    back = [one for one in found if one is not None and one.contact]
    for one in back:
        service.forget_contact(session, one, now)
    return len(back)
