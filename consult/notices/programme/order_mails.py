"""An order of publications, its answer and what was delivered: told to the people of the other body."""

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
from consult.programme.materials.models import MaterialOrder
from consult.text import one_line


def after_told(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """order_told: one mail to each of the people and mailboxes of the body."""
    rule = told("order_told", Whom.ORDERERS)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"order:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """What happened to which order; None when it is there no more."""
    facts = message.payload
    named = (MaterialOrder.consultation_id == message.consultation_id, MaterialOrder.number == facts["order"])
    one = session.scalar(select(MaterialOrder).where(*named))
    if one is None:
        return None
    return {
        "what": facts["what"], "number": one.number, "body": addressees.name_of(session, one.body_id),
        "title": one_line(one.material.title) if one.material else "", "copies": one.copies,
        "specialist": one.specialist, "needed_on": one.needed_on, "answer": one_line(one.answer)[:300],
        "slug": one.programme.matter.slug,
    }  # fmt: skip
