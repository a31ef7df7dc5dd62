"""A body takes part in a campaign: told to its people."""

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
from consult.programme.campaigns.models import Campaign
from consult.programme.heads import WORKS
from consult.text import one_line


def after_told(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """campaign_told: one mail to each of the people and mailboxes of the body."""
    rule = told("campaign_told", Whom.TAKING_PART)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"campaign:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Which campaign; None when it is there no more."""
    facts = message.payload
    named = (Campaign.consultation_id == message.consultation_id, Campaign.number == facts["campaign"])
    one = session.scalar(select(Campaign).where(*named))
    if one is None:
        return None
    return {
        "title": one_line(one.title), "body": addressees.name_of(session, UUID(facts["organisation"])),
        "starts_on": one.starts_on, "ends_on": one.ends_on, "slug": one.programme.matter.slug, "number": one.number,
    }  # fmt: skip
