"""A commendation that is public no more, since who is named does not agree or the programme took it out, is not public
again in a database that was set back to a backup of before."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.db import writing
from consult.ledger.closing_list import Closing, ClosingList
from consult.ledger.guard import NotSigning
from consult.outbox.models import OutboxMessage
from consult.programme.commendations import consents
from consult.programme.commendations.models import Commendation
from consult.submissions.closed_again.service import ClosedAgain

WITHDRAWN = "commendation_withdrawn"


class NotedWithdrawals:
    """Notes in the list outside the database which commendations are public no more."""

    def __init__(self, listed: ClosingList) -> None:
        self.listed = listed

    def handle(self, _session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After commendation_taken_out. The same again changes nothing. Raises OSError when the place takes nothing: it
        is tried again until it does."""
        self.listed.note([_line(one) for one in messages])


def withdraw_again(session: Session, lines: Iterable[Closing], now: datetime) -> ClosedAgain:
    """Takes out again what these lines of the list name; what the log takes no entry of yet is still shown. One that
    was made public again since then is another message, which this database then lacks too, or has."""
    last = {one.id: one for one in lines if one.kind == WITHDRAWN}
    return sum((_withdrawn_again(session, one, now) for one in last.values()), ClosedAgain())


def _withdrawn_again(session: Session, line: Closing, now: datetime) -> ClosedAgain:
    key = line.consultation_id, line.id
    found = session.get(Commendation, key) if line.consultation_id is not None else None
    if found is None or not found.is_public or session.get(OutboxMessage, line.act) is not None:
        session.rollback()
        return ClosedAgain()
    with suppress(NotSigning), writing(session, found.consultation_id):
        session.refresh(found)
        consents.take_out_again(session, found, now)
        return ClosedAgain(closed=1)
    return ClosedAgain(shown=1)


def _line(message: OutboxMessage) -> Closing:
    own_id, at = UUID(message.payload["commendation"]), message.created_at.isoformat()
    return Closing(WITHDRAWN, message.consultation_id, own_id, message.id, at)
