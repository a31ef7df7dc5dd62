"""Who ended following after a backup gets no mail again from a database that was set back to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.ledger.closing_list import Closing, ClosingList
from consult.notices.models import Follower
from consult.outbox.models import OutboxMessage

ENDED = "following_ended"


class NotedEndings:
    """Notes in the list outside the database who ended following."""

    def __init__(self, listed: ClosingList) -> None:
        self.listed = listed

    def handle(self, _session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
        """After following_ended. The same again changes nothing. Raises OSError when the place takes nothing: it is
        tried again until it does."""
        self.listed.note(
            [
                Closing(ENDED, None, UUID(one.payload["follower"]), one.id, one.created_at.isoformat())
                for one in messages
            ]
        )


def end_again(session: Session, lines: Iterable[Closing]) -> int:
    """Lets the addresses go again that these lines of the list name; gives how many that were. Who follows anew is
    somebody else to the list."""
    ended = {one.id for one in lines if one.kind == ENDED}
    there = session.scalars(select(Follower.id)).all() if ended else []
    back = [one for one in there if one in ended]
    if back:
        with writing(session, Lock.OUTBOX):
            session.execute(delete(Follower).where(Follower.id.in_(back)))
    return len(back)
