"""What the worker does for rules: whatever comes goes where the rules say."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.responses.rules import service


def after_received(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """After comment_received: the comments named; commits. The same again changes nothing."""
    numbers: dict[object, set[int]] = {}
    for message in messages:
        numbers.setdefault(message.consultation_id, set()).update(message.payload.get("comments", ()))
    for consultation_id, named in numbers.items():
        matter = session.get(Consultation, consultation_id)
        if matter is not None and service.rules_of(session, matter.id):
            with writing(session, matter.id):
                service.apply(session, matter, named, None, now)


def after_moved(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """After comment_changed: those that stand at another place go where the rules for that say, as far as nobody was
    ever given them; commits."""
    after_received(session, [one for one in messages if one.payload.get("change") == "moved"], now)
