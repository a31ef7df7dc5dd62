"""After new codes were given at the desk: the sender is told, so that nobody takes over what they sent unnoticed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.submissions.models import Submission


def after_codes_issued(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """codes_issued: tells whoever is told of the submission, once for each time."""
    rule = told("codes_issued", Whom.SENDER)
    for message in messages:
        submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
        if submission is None or rule is None:
            continue
        for to in addressees.of_submission(session, submission, now):
            asked = MailRequest(now, message, f"codes_issued:{message.id}:{to.mailbox}")
            request_for(session, asked, to, notice=rule.template, submission=str(submission.id))
