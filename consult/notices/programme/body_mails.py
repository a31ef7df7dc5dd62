"""What a body is told of campaigns it takes part in, and of proposals of its own to commend somebody. No name is in a
mail."""

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
from consult.programme.commendations.models import Commendation
from consult.programme.heads import WORKS
from consult.text import one_line


def after_campaign(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """campaign_told: one mail to each of the people and mailboxes of the body."""
    rule = told("campaign_told", Whom.TAKING_PART)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"campaign:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def campaign_values(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
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


def after_commendation(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """commendation_answered: one mail to each of the people and mailboxes of the body."""
    rule = told("commendation_answered", Whom.PROPOSERS)
    for message in messages:
        facts = message.payload
        for to in addressees.of_organisation(session, UUID(facts["organisation"]), now, WORKS):
            asked = MailRequest(now, message, f"commendation:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def commendation_values(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Which proposal, and whether it was refused; None when it is there no more."""
    facts = message.payload
    named = (Commendation.consultation_id == message.consultation_id, Commendation.number == facts["commendation"])
    one = session.scalar(select(Commendation).where(*named))
    if one is None:
        return None
    return {
        "body": addressees.name_of(session, UUID(facts["organisation"])), "refused": one.refused_at is not None,
        "slug": one.programme.matter.slug, "number": one.number,
    }  # fmt: skip
