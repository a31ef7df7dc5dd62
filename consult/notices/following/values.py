"""What the mails to a follower need to know, read anew whenever one is written."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult.command_line.words import say_in
from consult.consultations.document_models import IssuedText, Revision
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import AnswerExtension, Consultation, PeriodExtension
from consult.db import Lock, writing
from consult.notices.following import issued_text, programme_mails, public_events, subjects
from consult.notices.following.subjects import Subject
from consult.notices.mail_address import Recipient, Values
from consult.notices.models import Follower
from consult.outbox.models import OutboxMessage
from consult.submissions import anchors
from consult.text import one_line


def recipient_of(session: Session, message: OutboxMessage, now: datetime) -> Recipient | None:
    """Who follows; None when they do not any more, or what they follow or would be told of is gone."""
    follower = session.get(Follower, UUID(message.payload["follower"]))
    told = follower is not None and (message.payload["notice"] == "follow_asked" or follower.confirmed_at is not None)
    subject = subjects.of_follower(session, follower, now) if follower is not None and told else None
    values = _values(session, message, follower, subject, now) if follower and subject else None
    if follower is None or subject is None or values is None:
        return None
    values |= {
        "kind": follower.kind.value,
        "subject_name": _name(subject, follower.language),
        "subject_key": subject.key,
        "token": follower.token,
        "confirmed": follower.confirmed_at is not None,
    }
    return Recipient(follower.address, follower.language, values, f"/theo-doi/thu/{follower.token}/thoi/")


def forget(session: Session, message: OutboxMessage) -> None:
    """Of a mail to a follower that will never arrive: nobody follows by that address."""
    if "follower" in message.payload:
        with writing(session, Lock.OUTBOX):
            session.execute(delete(Follower).where(Follower.id == UUID(message.payload["follower"])))


def _name(subject: Subject, language: str) -> str:
    """What is followed, as mails name it."""
    if subject.matter is None:
        return subject.name
    title = one_line(subject.matter.title)
    if subject.place is None:
        return title
    place = anchors.label_of(subject.place, lambda code, **values: say_in(language, code, values))
    return f"{place}, {title}"


def _values(
    session: Session, message: OutboxMessage, follower: Follower, subject: Subject, now: datetime
) -> Values | None:
    """What happened, of the matter that it happened to."""
    payload = message.payload
    if payload["notice"] == "follow_asked":
        return {}
    if "programme_day" in payload:
        return programme_mails.values_of(session, follower, date.fromisoformat(payload["programme_day"]), now)
    matter = session.get(Consultation, message.consultation_id)
    if matter is None:
        return None
    values: Values = {"title": one_line(matter.title), "slug": matter.slug, "change": payload["change"]}
    values |= {"reason": matter.withdrawn_reason or "", "closes_on": None, "last_day": None, "number": 0, "count": 0}
    if matter.closes_at is not None:
        values["closes_on"] = last_day_of(matter.closes_at)
    if payload["change"] in ("issued", "in_force", "year_later"):
        told = issued_text.values_of(session.get(IssuedText, matter.id), payload)
        return values | told if told is not None else None
    if "extension" in payload:
        return _of_extension(session, matter.id, UUID(payload["extension"]), values)
    if "revision" in payload:
        draft = session.get(Revision, (matter.id, UUID(payload["revision"])))
        return values | {"number": draft.number} if draft is not None else None
    if "day" in payload:
        count = public_events.answered_on(session, subject, date.fromisoformat(payload["day"]))
        return values | {"count": count, "on": date.fromisoformat(payload["day"])} if count else None
    return values


def _of_extension(session: Session, matter_id: UUID, key: UUID, values: Values) -> Values | None:
    """A later end of a period, or a later day for the answers."""
    made = session.get(PeriodExtension, (matter_id, key)) or session.get(AnswerExtension, (matter_id, key))
    if made is None:
        return None
    last_day = made.last_day if isinstance(made, AnswerExtension) else last_day_of(made.closes_at)
    return values | {"last_day": last_day, "reason": made.reason}
