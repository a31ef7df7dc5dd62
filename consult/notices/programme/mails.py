"""The plan of the next year's critiques is due: told to who writes and signs for a Front committee."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.programme import plans
from consult.programme.reminders import due


def after_due(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """plan_due: one mail to each of the people and mailboxes of the body."""
    for message in messages:
        rule, organisation_id = told("plan_due", Whom.PLANNERS), UUID(message.payload["organisation"])
        facts = {"organisation": str(organisation_id), "year": message.payload["year"]}
        # Of a message that was written before there were several a year, the day is not known.
        which = f"plan_due:{organisation_id}:{facts['year']}:{message.payload.get('since', '')}"
        for to in addressees.of_organisation(session, organisation_id, now):
            asked = MailRequest(now, message, f"{which}:{to.mailbox}")
            if rule is not None:
                request_for(session, asked, to, notice=rule.template, **facts)


def values_of(session: Session, message: OutboxMessage) -> dict[str, Any] | None:
    """Whose plan of which year, as long as it is not public."""
    organisation_id, year = UUID(message.payload["organisation"]), message.payload["year"]
    plan = plans.plan_of(session, organisation_id, year)
    if plan is not None and plan.published_at is not None:
        return None
    past = clock.local_day(message.created_at) > due(year)
    return {
        "organisation": organisation_id,
        "year": year,
        "past": past,
        "body": addressees.name_of(session, organisation_id),
    }
