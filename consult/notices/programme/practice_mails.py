"""A body asks to copy a model: told to the people of the body that leads it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.programme.heads import WORKS
from consult.programme.practices.models import Practice
from consult.text import one_line


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """practice_asked: one mail to each of the people and mailboxes of the body that leads the model."""
    rule = told("practice_asked", Whom.COPIED)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"practice_asked:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Which model, and who asks; None when it is there no more."""
    facts = message.payload
    named = (Practice.consultation_id == message.consultation_id, Practice.number == facts["practice"])
    one = session.scalar(select(Practice).where(*named))
    if one is None:
        return None
    return {
        "title": one_line(one.title), "asked_by": addressees.name_of(session, UUID(facts["asked_by"])),
        "slug": one.programme.matter.slug, "number": one.number,
    }  # fmt: skip
