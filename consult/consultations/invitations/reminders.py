"""When those who have not replied are to be reminded: an event that waits for its morning."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations import rules
from consult.consultations.models import Consultation
from consult.outbox import service as outbox
from consult.outbox.models import OutboxMessage

MORNING = timedelta(hours=8)


def schedule(session: Session, consultation: Consultation, reply_by: date | None, now: datetime) -> None:
    """Has those reminded who were asked to reply by this day, once for all of them; whom, is read on that morning. A
    letter that leaves no time for it reminds nobody. Call inside `writing`."""
    if reply_by is None:
        return
    at = clock.start_of_day(rules.reminded_on(consultation, reply_by)) + MORNING
    key = f"replies_due:{consultation.id}:{reply_by.isoformat()}"
    if at <= now or session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)) is not None:
        return
    outbox.emit(session, "replies_due", now, consultation.id, dedupe_key=key, run_at=at, day=reply_by.isoformat())
