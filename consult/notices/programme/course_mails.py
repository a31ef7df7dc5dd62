"""A body is invited to a course: told to its people."""

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
from consult.programme.training.models import Course
from consult.text import one_line


def after_told(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """course_told: one mail to each of the people and mailboxes of the body."""
    rule = told("course_told", Whom.INVITED)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"course:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Which course; None when it is there no more."""
    facts = message.payload
    named = (Course.consultation_id == message.consultation_id, Course.number == facts["course"])
    one = session.scalar(select(Course).where(*named))
    if one is None:
        return None
    return {
        "title": one_line(one.title), "body": addressees.name_of(session, UUID(facts["organisation"])),
        "place": one_line(one.place), "starts_on": one.starts_on, "ends_on": one.ends_on,
        "slug": one.programme.matter.slug, "number": one.number,
    }  # fmt: skip
