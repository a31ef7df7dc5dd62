"""After the table of holidays was changed: pages of matters say so, and officers whose due day moved are told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import term_of
from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.notices import addressees
from consult.notices.requests import MailRequest, request
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Action


def after_moved(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """due_day_moved: lets go of the cached pages of the matter, and where its day moved asks for one mail to each of
    its officers at the next full hour: whoever enters the days of Tết does not send a mail for each."""
    for message in messages:
        matter = session.get(Consultation, message.consultation_id)
        if matter is None:
            continue
        with writing(session, matter.id):
            matter.touch()
        if "before" in message.payload:
            _tell(session, matter, message, now)


def values_of(session: Session, message: OutboxMessage) -> Mapping[str, Any] | None:
    """The day before the changes of that hour and the one now; None where they are the same again."""
    matter = session.get(Consultation, message.consultation_id)
    term = term_of(session, matter) if matter is not None else None
    before, after = date.fromisoformat(message.payload["before"]), term.public_day if term is not None else None
    return {"before": before, "after": after} if after is not None and after != before else None


def _tell(session: Session, matter: Consultation, message: OutboxMessage, now: datetime) -> None:
    rule, at = told("due_day_moved", Whom.OFFICERS), _next_hour(now)
    if rule is None:
        return
    facts = {"notice": rule.template, "before": message.payload["before"]}
    for to in addressees.of_desk(session, matter, Role.OFFICER, Action.TRIAGE, now):
        asked = MailRequest(now, message, f"due_day_moved:{matter.id}:{to.mailbox}:{at.isoformat()}")
        with writing(session, Lock.OUTBOX):
            request(session, asked, facts | dict(to.payload), run_at=at)


def _next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
