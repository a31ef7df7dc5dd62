"""What became public on one day under a programme, or of the promises in a commune or of a body: read from the facts,
and of all that is no promise from the log of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.ledger.models import LedgerEntry
from consult.ledger.programme_entries import OF_PROGRAMMES
from consult.notices.following.subjects import Subject
from consult.notices.words import Followed
from consult.people.heirs import with_predecessors
from consult.people.territory import areas_within
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.sightings.models import SightingCase, SolvedWord
from consult.programme.words import Ending
from consult.text import one_line

MOST = 500
"""Of each kind on one day: more is told by the page."""
LONGEST = 160
_WHOLE = (joinedload(Promise.by), joinedload(Promise.matter))
_BESIDE = frozenset(kind for kind in OF_PROGRAMMES if not kind.startswith(("promise_", "case_")))


@dataclass(frozen=True)
class Happened:
    """One thing: `key` tells it from all others, for whoever follows several things; `kind` is the code of its words;
    of a promise what it says, who owes it until when (a local day) and where it is read; of all else how many."""

    key: str
    kind: str
    text: str = ""
    body: str = ""
    due_on: date | None = None
    path: str = ""
    count: int = 1


def on_day(session: Session, subject: Subject, day: date) -> list[Happened]:
    """All of one local day, what became late first. A constant number of statements."""
    narrowed = (_of(session, subject, day), Promise.public_at.is_not(None))
    found = [*_late(session, narrowed, day), *_made(session, narrowed, day), *_said(session, narrowed, day)]
    found += [*_reopened(session, narrowed, day), *_ended(session, narrowed, day)]
    return found + (_beside(session, UUID(subject.subject), day) if subject.kind is Followed.PROGRAMME else [])


Narrowed = tuple[ColumnElement[bool], ...]


def _of(session: Session, subject: Subject, day: date) -> ColumnElement[bool]:
    kept = UUID(subject.subject)
    if subject.kind is Followed.PROGRAMME:
        return Promise.consultation_id == kept
    if subject.kind is Followed.PROMISES_OF_AREA:
        return Promise.area_id.in_(areas_within(session, kept, day))
    return Promise.by_id.in_(with_predecessors(session, kept, day))


def _span(day: date) -> tuple[datetime, datetime]:
    return clock.start_of_day(day), clock.start_of_day(day + timedelta(days=1))


def _late(session: Session, narrowed: Narrowed, day: date) -> Iterator[Happened]:
    wanted = select(Promise).where(*narrowed, Promise.due_on == day, Promise.ended_on.is_(None)).options(*_WHOLE)
    for one in session.scalars(wanted.order_by(Promise.number).limit(MOST)):
        yield _promise(one, f"late:{one.id}:{day}", "late")


def _made(session: Session, narrowed: Narrowed, day: date) -> Iterator[Happened]:
    begins, ends = _span(day)
    wanted = select(Promise).where(*narrowed, Promise.public_at >= begins, Promise.public_at < ends).options(*_WHOLE)
    for one in session.scalars(wanted.order_by(Promise.number).limit(MOST)):
        yield _promise(one, f"made:{one.id}", "made")


def _said(session: Session, narrowed: Narrowed, day: date) -> Iterator[Happened]:
    begins, ends = _span(day)
    released = (PromiseAct.released_at >= begins, PromiseAct.released_at < ends)
    wanted = select(PromiseAct.id, PromiseAct.kind, Promise).join(PromiseAct.promise).where(*narrowed, *released)
    for key, kind, one in session.execute(
        wanted.options(*_WHOLE).order_by(PromiseAct.released_at, PromiseAct.id).limit(MOST)
    ):
        yield _promise(one, f"said:{key}", kind.value)


def _reopened(session: Session, narrowed: Narrowed, day: date) -> Iterator[Happened]:
    begins, ends = _span(day)
    said = (SolvedWord.said_at >= begins, SolvedWord.said_at < ends, SolvedWord.due_on.is_not(None))
    wanted = select(SolvedWord.id, Promise).join(SolvedWord.case).join(SightingCase.promise).where(*narrowed, *said)
    for key, one in session.execute(wanted.options(*_WHOLE).limit(MOST)):
        yield _promise(one, f"reopened:{key}", "reopened")


def _ended(session: Session, narrowed: Narrowed, day: date) -> Iterator[Happened]:
    """What was taken out of a plan or goes on elsewhere; that something was done is told as it was said."""
    gone = Promise.ending.in_((Ending.WITHDRAWN, Ending.TAKEN_OVER))
    wanted = select(Promise).where(*narrowed, Promise.ended_on == day, gone).options(*_WHOLE)
    for one in session.scalars(wanted.order_by(Promise.number).limit(MOST)):
        yield _promise(one, f"ended:{one.id}", one.ending.value if one.ending else "")


def _beside(session: Session, matter: UUID, day: date) -> list[Happened]:
    begins, ends = _span(day)
    own = (LedgerEntry.consultation_id == matter, LedgerEntry.at >= begins, LedgerEntry.at < ends)
    counted = select(LedgerEntry.kind, func.count()).where(*own, LedgerEntry.kind.in_(_BESIDE))
    rows = session.execute(counted.group_by(LedgerEntry.kind).order_by(LedgerEntry.kind))
    return [Happened(f"log:{matter}:{kind}:{day}", kind, count=count) for kind, count in rows]


def _promise(one: Promise, key: str, kind: str) -> Happened:
    text = one_line(one.text)
    short = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    return Happened(key, kind, short, one.by.name, one.due_on, one.path)
