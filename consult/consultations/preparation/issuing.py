"""The text that was issued: the last revision of the main draft, with the number and day that it was given."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import IssuedText
from consult.consultations.matter import queries
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require

LONGEST_NUMBER = 100


def record_issued(
    session: Session, consultation: Consultation, number: str, day: date, actor: Actor, now: datetime
) -> IssuedText:
    """Records that the newest public revision of the main draft was issued under this number on this day; once more
    where something was written wrong, with every word of it in the log.

    Raises Invalid({"number" | "issued_on": code}), and Refused with the policy's reason.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.ISSUE_TEXT, consultation, now)
        _check(consultation, number, day, now)
        revision = queries.current_revision(session, consultation.id)
        found = session.get(IssuedText, consultation.id) or IssuedText(consultation_id=consultation.id)
        found.revision_id, found.number, found.issued_on = revision.id, number, day
        found.recorded_at, found.by_id = now, by_id
        session.add(found)
        ledger.append(session, consultation.id, [entries.issued(revision.number, number, day)], now)
        outbox.emit(session, "matter_changed", now, consultation.id, change="issued")
        consultation.touch()
        written(session, consultation)
    return found


def issued_of(session: Session, consultation: Consultation) -> IssuedText | None:
    """What was issued, once it is; one statement."""
    return session.get(IssuedText, consultation.id)


def _check(consultation: Consultation, number: str, day: date, now: datetime) -> None:
    errors = {}
    if not number:
        errors["number"] = "required"
    elif len(number) > LONGEST_NUMBER:
        errors["number"] = "too_long"
    if day > clock.local_day(now):
        errors["issued_on"] = "day_to_come"
    elif consultation.published_at is not None and day < clock.local_day(consultation.published_at):
        errors["issued_on"] = "before_publication"
    if errors:
        raise Invalid(errors)
