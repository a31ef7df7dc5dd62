"""After a dialogue over the answers to a letter is called, called anew, or recorded: its sender is told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.submissions.models import Submission


def after_called(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """dialogue_called: tells the people of the body, and whoever else sent the letter, when and where it is held."""
    for message in messages:
        _tell(session, message, "dialogue_called", now)


def after_held(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """dialogue_held: tells them that its minutes are there."""
    for message in messages:
        _tell(session, message, "dialogue_held", now)


def _tell(session: Session, message: OutboxMessage, name: str, now: datetime) -> None:
    rule = told(name, Whom.SENDER)
    submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
    if rule is None or submission is None:
        return
    facts = {"submission": str(submission.id), "dialogue": message.payload["dialogue"]}
    for to in addressees.of_submission(session, submission, now):
        asked = MailRequest(now, message, f"{name}:{message.payload['dialogue']}:{to.mailbox}")
        request_for(session, asked, to, notice=rule.template, **facts, held=name == "dialogue_held")
