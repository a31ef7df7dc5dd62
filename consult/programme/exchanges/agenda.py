"""An agenda made from what is open and late: promises, cases of what people saw, answers to comments, what was passed
on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.models import Consultation
from consult.people.heirs import with_predecessors
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.words import AgendaKind, PromiseKind
from consult.responses.referrals import found as referrals
from consult.responses.referrals.models import Referral
from consult.responses.statistics.answer_times import kept_times

MOST_PROMISES = 100
MOST_REFERRALS = 50
Only = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class AgendaLine:
    """One item as the data have it: of which kind, a key by which it is known again, what it is about, the number that
    its kind explains (days late, how many), and the page that tells more, below the root of the site."""

    kind: AgendaKind
    key: str
    text: str
    count: int
    path: str


def made(session: Session, programme: Programme, now: datetime) -> list[AgendaLine]:
    """What both sides should speak about at the instant `now`: first what waits for a decision, then what is late, then
    what is open; in a programme of many what was promised under it alone, since the rest is spoken about under that of
    two. Eight statements, and those that count the answers of matters that changed."""
    today, own = clock.local_day(now), [Promise.consultation_id == programme.consultation_id]
    found = [
        *_promises(session, own, "promise:{number}", today),
        *(() if programme.further else _apart(session, programme, now, today)),
    ]
    order = list(AgendaKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def _apart(session: Session, programme: Programme, now: datetime, today: date) -> Iterator[AgendaLine]:
    """What the parties owe under no programme."""
    matters = matters_of(session, programme, now)
    yield from _promises(session, _cases(session, programme, today), "case:{slug}:{number}", today)
    yield from _answers(session, matters, today)
    yield from _referrals(session, matters, today)


def matters_of(session: Session, programme: Programme, now: datetime) -> Sequence[Consultation]:
    """The matters that are public at the instant `now` and are answered by a party of today or a body it took over
    from: what both sides answer for."""
    public = Consultation.published_at.is_not(None) & (Consultation.published_at <= now)
    bodies = _bodies(session, programme, clock.local_day(now))
    wanted = select(Consultation).where(public, Consultation.answering_id.in_(bodies))
    return session.scalars(wanted.order_by(Consultation.published_at, Consultation.id)).all()


def _bodies(session: Session, programme: Programme, day: date) -> frozenset[UUID]:
    return frozenset().union(*(with_predecessors(session, party, day) for party in programme.parties))


def _cases(session: Session, programme: Programme, day: date) -> Only:
    """The cases that a party owes or follows."""
    bodies = _bodies(session, programme, day)
    return [Promise.kind == PromiseKind.CASE, Promise.by_id.in_(bodies) | Promise.keeper_id.in_(bodies)]


def _promises(session: Session, only: Only, key: str, today: date) -> Iterator[AgendaLine]:
    """The public promises that have not ended and for which all that holds, the first due in front."""
    open_ = Promise.public_at.is_not(None), Promise.ended_on.is_(None)
    whole = joinedload(Promise.by), joinedload(Promise.matter)
    ordered = select(Promise).where(*open_, *only).order_by(Promise.due_on, Promise.consultation_id, Promise.number)
    found = session.scalars(ordered.options(*whole).limit(MOST_PROMISES)).all()
    waiting = _waiting(session, found)
    for one in found:
        days = (today - one.due_on).days
        kind = AgendaKind.WAITS if one.id in waiting else AgendaKind.LATE if days > 0 else AgendaKind.OPEN
        known = key.format(slug=one.matter.slug, number=one.number)
        yield AgendaLine(kind, known, f"{one.by.name}: {one.text}", abs(days), one.path)


def _waiting(session: Session, found: Sequence[Promise]) -> set[UUID]:
    """Those of which something was said that nobody released or refused yet."""
    open_ = PromiseAct.released_at.is_(None), PromiseAct.refused_at.is_(None)
    own = select(PromiseAct.promise_id).where(PromiseAct.promise_id.in_([one.id for one in found]), *open_)
    matters = PromiseAct.consultation_id.in_({one.consultation_id for one in found})
    return set(session.scalars(own.where(matters))) if found else set()


def _answers(session: Session, matters: Sequence[Consultation], today: date) -> Iterator[AgendaLine]:
    times = kept_times.of(session, matters, today) if matters else {}
    for one in matters:
        late = times[one.id].overdue.total()
        if late:
            yield AgendaLine(AgendaKind.ANSWERS, f"answers:{one.slug}", one.title, late, f"/lay-y-kien/{one.slug}/")


def _referrals(session: Session, matters: Sequence[Consultation], today: date) -> Iterator[AgendaLine]:
    """What another body was asked for by its day and did not answer; which body, where anybody may read it, since the
    minutes are public."""
    titles = {one.id: one for one in matters}
    wanted = select(Referral, referrals.told_expression()).where(
        Referral.consultation_id.in_(titles), *referrals.late(today)
    )
    wanted = wanted.options(joinedload(Referral.comment)).order_by(Referral.due_on, Referral.id).limit(MOST_REFERRALS)
    for one, told in session.execute(wanted) if titles else ():
        matter, number = titles[one.consultation_id], one.comment.number
        text, path = f"{one.body_name}: {matter.title}" if told else matter.title, f"/lay-y-kien/{matter.slug}/"
        yield AgendaLine(AgendaKind.REFERRAL, f"referral:{matter.slug}:{one.number}", text, number, path)
