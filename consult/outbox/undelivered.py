"""Mails that did not arrive: given up, or waiting for a repair of the site. Whose they are is read from their ids; the
rooms above find the names and addresses."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from consult.outbox.failures import OwnFault, PermanentFailure
from consult.outbox.models import OutboxMessage

MAIL = "mail_requested"
MOST = 500
"""So many are listed at once; what is sent again or set aside makes room for the next."""
OF_PEOPLE = ("user_id", "about")
_CODE = re.compile(r"\b\d{3}\b")


class WhyUndelivered(StrEnum):
    """Why a mail did not arrive."""

    REFUSED = "refused"
    BAD_ADDRESS = "bad_address"
    PUT_OFF = "put_off"
    OWN_FAULT = "own_fault"
    OTHER = "other"


@dataclass(frozen=True)
class UndeliveredLine:
    """What is told of a mail beside what it is about: by which template, why, with which answer, since when."""

    notice: str
    why: WhyUndelivered
    code: str
    at: datetime


def line_of(message: OutboxMessage) -> UndeliveredLine:
    """The line that tells of a mail."""
    notice: str = message.payload["notice"]
    return UndeliveredLine(notice, why(message), code_of(message), message.given_up_at or message.created_at)


def why(message: OutboxMessage) -> WhyUndelivered:
    """Why it did not arrive, by what the worker kept of the last try."""
    kind, _, said = (message.last_error or "").partition(":")
    if kind in (PermanentFailure.__name__, "Hopeless"):
        return WhyUndelivered.BAD_ADDRESS if "bad_address" in said else WhyUndelivered.REFUSED
    known = {
        OwnFault.__name__: WhyUndelivered.OWN_FAULT,
        "DeliveryFailed": WhyUndelivered.PUT_OFF,
        "NotTaken": WhyUndelivered.PUT_OFF,
    }
    return known.get(kind, WhyUndelivered.OTHER)


def code_of(message: OutboxMessage) -> str:
    """What the mail server answered, as its code of three figures; empty where it said nothing."""
    found = _CODE.search(message.last_error or "")
    return found[0] if found else ""


def of_matter(session: Session, consultation_id: UUID) -> Sequence[OutboxMessage]:
    """The mails on one matter that did not arrive, the newest first."""
    return _found(session, OutboxMessage.consultation_id == consultation_id)


def of_submission(session: Session, consultation_id: UUID, submission_id: UUID) -> Sequence[OutboxMessage]:
    """Those about one submission, to whoever sent it."""
    return _found(session, OutboxMessage.consultation_id == consultation_id, _named("submission", [submission_id]))


def of_people(session: Session, users: Collection[UUID], units: Collection[UUID] = ()) -> Sequence[OutboxMessage]:
    """Those to people who sign in, or about their accounts, and to mailboxes of units."""
    return _found(session, or_(*(_named(name, users) for name in OF_PEOPLE), _named("unit_id", units)))


def about(session: Session, name: str, ids: Collection[UUID]) -> Sequence[OutboxMessage]:
    """Those whose facts name one of these as `name`, outside any matter."""
    return _found(session, _named(name, ids), OutboxMessage.consultation_id.is_(None))


def to_staff(session: Session) -> Sequence[OutboxMessage]:
    """Those to all people who sign in and all units: none to who left an address with a comment."""
    return _found(session, _is_to_staff())


def count_to_senders(session: Session) -> int:
    """How many did not arrive at addresses that were left with comments; the desks of the matters see them."""
    return session.scalar(select(func.count()).select_from(_standing(~_is_to_staff()).subquery())) or 0


def send_again(session: Session, ids: Collection[UUID], now: datetime) -> None:
    """Has these mails sent anew, as if they had never been tried; in the transaction under way."""
    _change(session, ids, given_up_at=None, attempts=0, claimed_by=None, run_at=now, last_error=None)


def set_aside(session: Session, ids: Collection[UUID], now: datetime) -> None:
    """Has these mails listed no more: whoever they are for was told otherwise. The rows stay, and say why they did not
    arrive; in the transaction under way."""
    _change(session, ids, done_at=now, given_up_at=func.coalesce(OutboxMessage.given_up_at, now))


def _found(session: Session, *which: ColumnElement[bool]) -> Sequence[OutboxMessage]:
    newest = (OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
    return session.scalars(_standing(*which).order_by(*newest).limit(MOST)).all()


def _standing(*which: ColumnElement[bool]) -> Select[OutboxMessage]:
    # What did not arrive was never done: by `done_at` the index has those few at once.
    failed = or_(OutboxMessage.given_up_at.is_not(None), OutboxMessage.last_error.startswith(OwnFault.__name__))
    mails = (OutboxMessage.done_at.is_(None), failed, OutboxMessage.event == MAIL)
    # Who follows a matter left no address with the desk: nobody there sees it.
    return select(OutboxMessage).where(*mails, _named_nobody("follower"), *which)


def _named_nobody(name: str) -> ColumnElement[bool]:
    nobody: ColumnElement[bool] = OutboxMessage.payload[name].as_string().is_(None)
    return nobody


def _named(name: str, ids: Collection[UUID]) -> ColumnElement[bool]:
    named: ColumnElement[bool] = OutboxMessage.payload[name].as_string().in_([str(one) for one in ids])
    return named


@cache
def _is_to_staff() -> ColumnElement[bool]:
    return or_(*(OutboxMessage.payload[name].as_string().is_not(None) for name in (*OF_PEOPLE, "unit_id")))


def _change(session: Session, ids: Collection[UUID], **values: Any) -> None:
    named = and_(OutboxMessage.id.in_(ids), OutboxMessage.done_at.is_(None), OutboxMessage.event == MAIL)
    session.execute(update(OutboxMessage).where(named).values(**values))
