"""What the worker does for the words of comments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage
from consult.responses.kept_words import keeping
from consult.responses.kept_words.finding import SAY_THE_SAME
from consult.submissions.models import Comment


def after_comments(session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
    """After comment_received and comment_changed: the comments named; commits. The same again changes nothing."""
    numbers: dict[UUID, set[int]] = {}
    for message in messages:
        if message.consultation_id is not None and message.payload.get("change") not in SAY_THE_SAME:
            numbers.setdefault(message.consultation_id, set()).update(message.payload.get("comments", ()))
    for consultation_id, named in numbers.items():
        keeping.follow(session, consultation_id, sorted(named))


def prepare(session: Session, _now: datetime) -> None:
    """When the worker starts: the words of all comments that are not kept, as before there were any."""
    for consultation_id in session.scalars(select(Comment.consultation_id).distinct()).all():
        keeping.follow(session, consultation_id, keeping.unknown(session, consultation_id))
