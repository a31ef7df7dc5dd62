"""What a body promised, is due soon or late, or what waits for its decision: told to its people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.programme.heads import WORKS
from consult.programme.promise_models import Promise
from consult.text import one_line


def after_told(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """promises_told: one mail to each of the people and mailboxes of the body."""
    rule = told("promises_told", Whom.PROMISERS)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"promises:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Of which programme, and the promises that are still open and public; None when none is: a case of which no report
    stands any more is told to nobody."""
    matter, facts = session.get(Consultation, message.consultation_id), message.payload
    open_ = select(Promise).where(
        Promise.consultation_id == message.consultation_id, Promise.number.in_(facts["promises"]),
        Promise.ended_on.is_(None), Promise.public_at.is_not(None),
    )  # fmt: skip
    left = session.scalars(open_.order_by(Promise.due_on, Promise.number)).all()
    if matter is None or not left:
        return None
    return {
        "title": one_line(matter.title), "what": facts["what"],
        "body": addressees.name_of(session, UUID(facts["organisation"])),
        "promises": [{"text": one_line(one.text)[:160], "due_on": one.due_on} for one in left],
    }  # fmt: skip
