"""A later day for the answers of a matter: told to everybody with its reason before the day of before is over."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import AnswerExtension, Consultation
from consult.consultations.preparation.publication import check_reason
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.policy import Action, Actor, require


def extend_answers(
    session: Session, consultation: Consultation, last_day: date, reason: str, actor: Actor, now: datetime
) -> AnswerExtension:
    """Gives the answers of a matter until a later day. What is late already stays late: no extension undoes that.

    Raises Invalid({"last_day" | "reason": code}), Refused("no_answer_term" | "answer_term_over" | the policy's reason).
    """
    by_id = person(actor)
    check_reason(reason)
    with writing(session, consultation.id):
        require(actor, Action.EXTEND_ANSWERS, consultation, now)
        present = present_day(session, consultation, clock.local_day(now))
        if present is None:
            raise Refused("no_answer_term")
        if present < clock.local_day(now):
            raise Refused("answer_term_over")
        if last_day <= present:
            raise Invalid({"last_day": "not_later_than_now"})
        extension = AnswerExtension(
            id=new_id(), consultation_id=consultation.id, last_day=last_day, reason=reason, at=now, by_id=by_id
        )
        session.add(extension)
        ledger.append(session, consultation.id, [entries.answers_extended(calendar.end_of(last_day), reason)], now)
        emit(session, "matter_changed", now, consultation.id, change="answers_extended", extension=str(extension.id))
        consultation.touch()
        written(session, consultation)
    return extension


def present_day(session: Session, consultation: Consultation, today: date) -> date | None:
    """Until when what comes in during the public period should be answered, or where each comment has a day of its own
    the local day `today`: whatever is not late by then is moved. None where no rule or no end says so."""
    term = term_of(session, consultation)
    if term is None:
        return None
    return today if term.each else term.public_day
