"""What has happened to public matters, as feeds and followers are told it: read from the facts, nothing is kept.

A new kind of event is a reader in `READERS`, its words `event.<kind>` in both catalogues, and in `followed.txt`; which
mails tell of it says `WANTED` (`followers.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document, IssuedText, Revision
from consult.consultations.matter.calendar import last_day_of
from consult.consultations.models import AnswerExtension, Consultation, PeriodExtension
from consult.consultations.revisions import draft_paths
from consult.notices.following import subjects
from consult.notices.following.subjects import Subject
from consult.responses.models import ResponsePublication, ResponseTarget
from consult.submissions.models import Comment

ISSUED_AT = "ban-hanh/"
MOST = 50
MOST_INSTANTS = 500
"""Publications of answers that are looked at: what is older stands on the pages."""


@dataclass(frozen=True)
class PublicEvent:
    """Something that happened to a matter: `key` tells it from others of its kind, for good; `details` fill its
    words, and `place` is the part of the matter's address where it is read."""

    kind: str
    at: datetime
    matter: Consultation
    key: str
    details: dict[str, Any] = field(default_factory=dict)
    place: str = ""


Matters = dict[UUID, Consultation]
Reader = Callable[[Session, Matters, Subject | None], Iterator[PublicEvent]]


def events_of(session: Session, subject: Subject | None, now: datetime) -> list[PublicEvent]:
    """What happened until `now` to what is followed, or to all public matters; the newest first, at most `MOST`."""
    matters = {one.id: one for one in subjects.matters_of(session, subject, now)}
    found = [event for read in READERS for event in read(session, matters, subject) if event.at <= now]
    return sorted(found, key=lambda one: (one.at, one.kind, one.key), reverse=True)[:MOST]


def answered_on(session: Session, subject: Subject, day: date) -> int:
    """How many comments on a matter or a clause were answered on a local day."""
    answers = _by_day(session, subject, subject.matter).get(day) if subject.matter is not None else None
    return answers.count if answers is not None else 0


def _of_facts(_session: Session, matters: Matters, _subject: Subject | None) -> Iterator[PublicEvent]:
    """Published, concluded, withdrawn: what stands with the matter itself."""
    for one in matters.values():
        if one.published_at is not None:
            yield PublicEvent("published", one.published_at, one, "")
        if one.concluded_at is not None:
            yield PublicEvent("concluded", one.concluded_at, one, "", place="tong-hop/")
        if one.withdrawn_at is not None:
            yield PublicEvent("withdrawn_matter", one.withdrawn_at, one, "", {"reason": one.withdrawn_reason or ""})


def _extended(session: Session, matters: Matters, _subject: Subject | None) -> Iterator[PublicEvent]:
    made = select(PeriodExtension).where(PeriodExtension.consultation_id.in_(matters))
    for one in session.scalars(made.order_by(PeriodExtension.at.desc(), PeriodExtension.id.desc()).limit(MOST)):
        details = {"last_day": last_day_of(one.closes_at), "reason": one.reason}
        yield PublicEvent("extended", one.at, matters[one.consultation_id], str(one.id), details)


def _revised(session: Session, matters: Matters, subject: Subject | None) -> Iterator[PublicEvent]:
    found = (
        select(Revision, Document.number, Document.title)
        .join(Revision.document)
        .where(Revision.consultation_id.in_(matters), Revision.number > 1, Revision.published_at.is_not(None))
        .order_by(Revision.published_at.desc(), Revision.id.desc())
        .limit(MOST)
    )
    about = subject.place.document if subject is not None and subject.place is not None else None
    for one, document, title in session.execute(found):
        if one.published_at is not None and about in (None, document):
            details = {"number": one.number, "document": title}
            place = f"tai-lieu/{document}/{one.number}/"
            yield PublicEvent("revised", one.published_at, matters[one.consultation_id], str(one.id), details, place)


def _answered(session: Session, _matters: Matters, subject: Subject | None) -> Iterator[PublicEvent]:
    """Of one matter or clause alone: who reads of many is told what there is to say something on."""
    if subject is None or subject.matter is None:
        return
    for day, answers in _by_day(session, subject, subject.matter).items():
        details = {"count": answers.count, "day": day}
        yield PublicEvent("answered", answers.last_at, subject.matter, day.isoformat(), details, "y-kien/")


@dataclass(frozen=True)
class DayOfAnswers:
    """How many comments got an answer, and when the last of them did."""

    count: int
    last_at: datetime


def _by_day(session: Session, subject: Subject, matter: Consultation) -> dict[date, DayOfAnswers]:
    """What was answered on each of the last local days; of a clause, with all below it."""
    published = ResponsePublication
    found = (
        select(published.at, func.count(distinct(ResponseTarget.comment_id)))
        .join(published.targets)
        .where(published.consultation_id == matter.id)
        .group_by(published.consultation_id, published.at)
        .order_by(published.at.desc(), published.id.desc())
        .limit(MOST_INSTANTS)
    )
    if subject.line:
        of_line = [
            Comment.provision_id.in_(draft_paths.ids_with_all_below(matter.id, revision_id, path))
            for revision_id, path in subject.line
        ]
        found = found.join(ResponseTarget.comment).where(or_(*of_line))
    days: dict[date, DayOfAnswers] = {}
    for at, count in session.execute(found):
        day = clock.local_day(at)
        days[day] = DayOfAnswers(days[day].count + count, days[day].last_at) if day in days else DayOfAnswers(count, at)
    return days


def _answers_extended(session: Session, matters: Matters, _subject: Subject | None) -> Iterator[PublicEvent]:
    made = select(AnswerExtension).where(AnswerExtension.consultation_id.in_(matters))
    for one in session.scalars(made.order_by(AnswerExtension.at.desc(), AnswerExtension.id.desc()).limit(MOST)):
        details = {"last_day": one.last_day, "reason": one.reason}
        place = "han-tra-loi/"
        yield PublicEvent("answers_extended", one.at, matters[one.consultation_id], str(one.id), details, place)


def _issued(session: Session, matters: Matters, _subject: Subject | None) -> Iterator[PublicEvent]:
    """The text that was issued, and on its day that it is in force."""
    found = select(IssuedText).where(IssuedText.consultation_id.in_(matters))
    for one in session.scalars(found.order_by(IssuedText.recorded_at.desc(), IssuedText.consultation_id).limit(MOST)):
        matter, details = matters[one.consultation_id], {"number": one.number, "day": one.issued_on}
        yield PublicEvent("issued", one.recorded_at, matter, "", details, ISSUED_AT)
        if one.in_force_on is not None:
            at, key = clock.start_of_day(one.in_force_on), one.in_force_on.isoformat()
            told = details | {"day": one.in_force_on}
            yield PublicEvent("in_force", max(at, one.recorded_at), matter, key, told, ISSUED_AT)


READERS: Sequence[Reader] = (_of_facts, _extended, _revised, _answered, _answers_extended, _issued)
