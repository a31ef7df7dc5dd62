"""While a body prepares a letter: its reviewer is told that they are asked, and who asked what they said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.workspace.models import DraftReview


def after_review_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """letter_review_asked: tells the reviewer."""
    for message in messages:
        _tell(session, message, "letter_review_asked", Whom.REVIEWER, now)


def after_reviewed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """letter_reviewed: tells who asked."""
    for message in messages:
        _tell(session, message, "letter_reviewed", Whom.ASKER, now)


def _tell(session: Session, message: OutboxMessage, name: str, whom: Whom, now: datetime) -> None:
    rule, key = told(name, whom), (message.consultation_id, UUID(message.payload["review"]))
    review = session.get(DraftReview, key)
    if rule is None or review is None:
        return
    person = session.get_one(User, review.reviewer_id if whom is Whom.REVIEWER else review.asked_by_id)
    asked = MailRequest(now, message, f"{name}:{review.id}")
    facts = {"draft": message.payload["draft"], "review": str(review.id)}
    facts["waits"] = "yes" if whom is Whom.REVIEWER else "no"
    request_for(session, asked, addressees.of_person(person), notice=rule.template, **facts)
