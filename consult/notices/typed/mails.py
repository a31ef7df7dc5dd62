"""Mails about papers that somebody typed: who sent one is asked whether it is right, and told what came of that."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, is_contact, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.session_secret import Secrets
from consult.submissions.models import Submission
from consult.submissions.sender import contacts, typing_checks, typing_links
from consult.submissions.sender.typing_links import Link
from consult.submissions.words import ContactKind

SETTLED = "typed/settled"
ASKING = frozenset({"received", SETTLED})
"""Mails that ask whether a paper was typed right."""


def after_settled(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """typing_settled: tells who sent the paper, where they left a mail address."""
    rule = told("typing_settled", Whom.SENDER)
    for message in messages:
        submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
        if submission is None or rule is None:
            continue
        for to in addressees.of_submission(session, submission, now):
            if is_contact(to) and to.by is ContactKind.MAIL:
                asked = MailRequest(now, message, f"typing_settled:{message.id}:{to.mailbox}")
                request_for(session, asked, to, notice=rule.template, submission=str(submission.id))


def values(session: Session, message: OutboxMessage, secrets: Secrets, now: datetime) -> dict[str, str]:
    """`check`: the end of the address at which the sender says whether it was typed right, good once; empty for what
    was typed from no scan. `settled`: what the desk noted when it looked at it again."""
    submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
    if submission is None or not typing_checks.scans_of(session, submission):
        return {"check": "", "settled": ""}
    check = typing_checks.latest(session, submission)
    to = contacts.mark_of(submission.id, contacts.contact_of(session, submission))
    link = Link(submission.consultation_id, submission.id, message.id.hex, to)
    return {
        "check": typing_links.address(secrets, link, now),
        "settled": check.settled_reason if check is not None else "",
    }
