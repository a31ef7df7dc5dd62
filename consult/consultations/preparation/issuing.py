"""The text that was issued: the last revision of the main draft, with the number and day that it was given."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import IssuedText
from consult.consultations.matter import calendar, queries
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require

LONGEST_NUMBER = 100
MORNING = timedelta(hours=7)


def record_issued(
    session: Session, consultation: Consultation, number: str, day: date, actor: Actor, now: datetime,
    in_force: date | None = None,
) -> IssuedText:  # fmt: skip
    """Records that the newest public revision of the main draft was issued under this number on this day; once more
    where something was written wrong, with every word of it in the log. `in_force` is the day from which it holds:
    where that is to come, everybody who is told of the text is told once more on its morning.

    Raises Invalid({"number" | "issued_on" | "in_force_on": code}), and Refused with the policy's reason.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.ISSUE_TEXT, consultation, now)
        _check(consultation, number, day, in_force, now)
        revision = queries.current_revision(session, consultation.id)
        found = session.get(IssuedText, consultation.id) or IssuedText(consultation_id=consultation.id)
        moved, began = found.in_force_on != in_force, found.in_force_on or found.issued_on
        found.revision_id, found.number, found.issued_on, found.in_force_on = revision.id, number, day, in_force
        found.recorded_at, found.by_id = now, by_id
        session.add(found)
        ledger.append(session, consultation.id, [entries.issued(revision.number, number, day)], now)
        outbox.emit(session, "matter_changed", now, consultation.id, change="issued")
        if moved:
            _note_day(session, consultation, in_force, now)
        if (in_force or day) != began:
            _ask_later(session, consultation, in_force or day, now)
        consultation.touch()
        written(session, consultation)
    return found


def issued_of(session: Session, consultation: Consultation) -> IssuedText | None:
    """What was issued, once it is; one statement."""
    return session.get(IssuedText, consultation.id)


def _note_day(session: Session, consultation: Consultation, day: date | None, now: datetime) -> None:
    """Puts the day from which the text holds into the log, and has it told on its morning where that is to come. A day
    that was another one before is told by its own event, which finds that the text says otherwise by then."""
    ledger.append(session, consultation.id, [entries.in_force(day)], now)
    if day is not None and day > clock.local_day(now):
        morning = clock.start_of_day(day) + MORNING
        outbox.emit(
            session, "matter_changed", now, consultation.id, run_at=morning, change="in_force", in_force=day.isoformat()
        )


def _ask_later(session: Session, consultation: Consultation, began: date, now: datetime) -> None:
    """Has those who are told of the text asked a year after it began whether it works; a day that was another one
    before is found to be so by then."""
    later = calendar.same_day_next_year(began)
    morning = max(now, clock.start_of_day(later) + MORNING)
    told = began.isoformat()
    outbox.emit(session, "matter_changed", now, consultation.id, run_at=morning, change="year_later", year_of=told)


def _check(consultation: Consultation, number: str, day: date, in_force: date | None, now: datetime) -> None:
    errors = {}
    if not number:
        errors["number"] = "required"
    elif len(number) > LONGEST_NUMBER:
        errors["number"] = "too_long"
    if day > clock.local_day(now):
        errors["issued_on"] = "day_to_come"
    elif consultation.published_at is not None and day < clock.local_day(consultation.published_at):
        errors["issued_on"] = "before_publication"
    if in_force is not None and in_force < day:
        errors["in_force_on"] = "before_issue"
    if errors:
        raise Invalid(errors)
