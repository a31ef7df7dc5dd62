"""What a person's bodies owe and follow: what is open, late first, and what waits for a decision of theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Actor
from consult.programme import heads, promises
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.words import PromiseActKind

PAGE_SIZE = 50
_ORDER = (Promise.due_on, Promise.consultation_id, Promise.number)
_OPEN = (Promise.public_at.is_not(None), Promise.ended_on.is_(None))
_WHOLE = (joinedload(Promise.by), joinedload(Promise.keeper), joinedload(Promise.area), joinedload(Promise.matter))


@dataclass(frozen=True)
class Counts:
    """Of one programme: how much some bodies owe that is open, how much of it is late, and of how much something waits
    for them to decide."""

    open: int
    late: int
    to_decide: int


@dataclass(frozen=True)
class Narrowed:
    """One programme alone, or what is late alone."""

    consultation_id: UUID | None = None
    late_on: date | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The conditions."""
        found = [] if self.consultation_id is None else [Promise.consultation_id == self.consultation_id]
        return found + ([] if self.late_on is None else [Promise.due_on < self.late_on])


def owed(session: Session, bodies: Collection[UUID], narrowed: Narrowed, page: int = 1) -> Sequence[Promise]:
    """What these bodies owe and is open, by its day; one more than a page holds where there are more."""
    own = select(Promise).where(Promise.by_id.in_(bodies), *_OPEN, *narrowed.where()).options(*_WHOLE)
    return _page(session, own, page)


def followed(session: Session, bodies: Collection[UUID], page: int = 1) -> Sequence[Promise]:
    """What others owe and these bodies follow, by its day; one more than a page holds where there are more."""
    others = Promise.keeper_id.in_(bodies), Promise.by_id.not_in(bodies)
    own = select(Promise).where(*others, *_OPEN).options(*_WHOLE)
    return _page(session, own, page)


def to_decide(session: Session, bodies: Collection[UUID], narrowed: Narrowed, page: int = 1) -> Sequence[Promise]:
    """Promises of which something was said that one of these bodies releases or refuses, the oldest day first; one more
    than a page holds where there are more."""
    waiting = select(PromiseAct.promise_id).join(PromiseAct.promise).where(*_waits(bodies))
    own = select(Promise).where(Promise.id.in_(waiting), *narrowed.where()).options(*_WHOLE)
    return _page(session, own, page)


def counts(session: Session, bodies: Collection[UUID], today: date) -> dict[UUID, Counts]:
    """What these bodies have to do on a local day, by the programme. Two statements; none for nobody's bodies."""
    if not bodies:
        return {}
    late = func.count().filter(Promise.due_on < today)
    own = select(Promise.consultation_id, func.count(), late).where(Promise.by_id.in_(bodies), *_OPEN)
    waits = select(Promise.consultation_id, func.count(Promise.id.distinct())).join(PromiseAct.promise)
    by_programme = (statement.group_by(Promise.consultation_id) for statement in (own, waits.where(*_waits(bodies))))
    owed_rows, waiting_rows = (session.execute(statement).all() for statement in by_programme)
    owing = {key: (open_, over) for key, open_, over in owed_rows}
    waiting = {key: count for key, count in waiting_rows}
    return {key: Counts(*owing.get(key, (0, 0)), waiting.get(key, 0)) for key in dict.fromkeys([*owing, *waiting])}


def readable(session: Session, matter: Consultation, number: int, actor: Actor) -> Promise:
    """A public promise, for who works for the body that owes it or the one that follows it. Raises NotFound."""
    found = promises.promise_of(session, matter.id, number)
    if found.public_at is None or not heads.bodies_of(actor) & {found.by_id, found.keeper_id}:
        raise NotFound
    return found


def _page(session: Session, own: Select[Promise], page: int) -> Sequence[Promise]:
    return session.scalars(own.order_by(*_ORDER).limit(PAGE_SIZE + 1).offset((page - 1) * PAGE_SIZE)).all()


def _waits(bodies: Collection[UUID]) -> list[ColumnElement[bool]]:
    """What was said of an open promise and waits for one of these bodies: an answer for its own, all else for the body
    that follows it."""
    answer = PromiseAct.kind == PromiseActKind.ANSWER
    theirs = or_(and_(answer, Promise.by_id.in_(bodies)), and_(~answer, Promise.keeper_id.in_(bodies)))
    return [PromiseAct.released_at.is_(None), PromiseAct.refused_at.is_(None), theirs, *_OPEN]
