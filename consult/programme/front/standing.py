"""How a programme stands: what was promised under it, what was done, what is late, and under which signed sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.words import Ending
from consult.programme.year.models import Task

MOST = 10
"""Promises of one kind on the front page; the board has all."""


@dataclass(frozen=True)
class Standing:
    """How many promises were done, are open, and of those late."""

    done: int = 0
    open: int = 0
    late: int = 0


def of_programme(session: Session, programme: Programme, today: date) -> Standing:
    """Of all public promises of a programme, as of a local day. One statement."""
    counted = select(*_columns(today)).where(*_public(programme))
    found: Sequence[int] = session.execute(counted).one()
    return Standing(*found)


def by_sentence(session: Session, programme: Programme, today: date) -> Mapping[str, Standing]:
    """Of the public tasks of all years, by the label of the signed sentence that they carry out. One statement."""
    counted = select(Task.sentence, *_columns(today)).select_from(Task).join(Task.promise).where(*_public(programme))
    rows = session.execute(counted.group_by(Task.sentence))
    return {label: Standing(*counts) for label, *counts in rows if label}


def late(session: Session, programme: Programme, today: date) -> Sequence[Promise]:
    """What is late, the oldest day first."""
    open_ = (Promise.ended_on.is_(None), Promise.due_on < today)
    own = select(Promise).where(*_public(programme), *open_).order_by(Promise.due_on, Promise.number)
    return _whole(session, own)


def done(session: Session, programme: Programme) -> Sequence[Promise]:
    """What was done last."""
    own = select(Promise).where(*_public(programme), Promise.ending == Ending.DONE)
    return _whole(session, own.order_by(Promise.ended_on.desc(), Promise.number))


def _whole(session: Session, wanted: Select[Promise]) -> Sequence[Promise]:
    whole = (joinedload(Promise.by), joinedload(Promise.area), joinedload(Promise.matter))
    return session.scalars(wanted.options(*whole).limit(MOST)).all()


def _public(programme: Programme) -> list[ColumnElement[bool]]:
    return [Promise.consultation_id == programme.consultation_id, Promise.public_at.is_not(None)]


def _columns(today: date) -> list[ColumnElement[int]]:
    open_ = Promise.ended_on.is_(None)
    return [
        func.count().filter(Promise.ending == Ending.DONE),
        func.count().filter(open_),
        func.count().filter(open_ & (Promise.due_on < today)),
    ]
