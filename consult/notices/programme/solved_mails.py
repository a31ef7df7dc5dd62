"""Who reported a case that ended is asked by mail whether it is really solved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.programme.sightings import solved, solved_links
from consult.session_secret import Secrets
from consult.submissions.models import Submission
from consult.submissions.words import ContactKind
from consult.text import one_line

NOTICE = "programme/solved"


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """solved_asked: one mail to who sent the submission; a telephone is not asked."""
    rule = told("solved_asked", Whom.SENDER)
    for message in messages:
        facts = message.payload
        submission = session.get(Submission, (message.consultation_id, UUID(facts["submission"])))
        if submission is None or rule is None:
            continue
        for to in addressees.of_submission(session, submission, now):
            if to.by is ContactKind.MAIL:
                asked = MailRequest(now, message, f"solved:{facts['word']}:{to.mailbox}")
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Of which case it is, and when it ended; None once they said something, or are asked no more."""
    word = None
    if message.consultation_id is not None:
        word = solved.word_of(session, message.consultation_id, UUID(message.payload["word"]))
    if word is None or word.said_at is not None or not solved.is_asked(session, word):
        return None
    promise = word.case.promise
    return {
        "number": promise.number, "text": one_line(promise.text)[:200], "place": one_line(word.case.place),
        "ended_on": word.ended_on, "path": promise.path,
    }  # fmt: skip


def with_link(secrets: Secrets, message: OutboxMessage, values: dict[str, Any]) -> dict[str, Any]:
    """The same with the address at which they say it."""
    assert message.consultation_id is not None
    link = solved_links.address(secrets, message.consultation_id, UUID(message.payload["word"]))
    return {**values, "solved": link}
