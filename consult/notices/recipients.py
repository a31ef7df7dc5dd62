"""After an event: who is to get a mail. One row of the outbox for each: each is sent, and tried again, alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.notices import mail_limits
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.models import Membership
from consult.relationships import along
from consult.submissions.comments.outcome import author_left_expression
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import ContactKind


def after_received(
    session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int = mail_limits.MOST
) -> None:
    """comment_received: tells senders who left a mail address that it is here, at most so many times a day."""
    for message in messages:
        submission_id = message.payload["submission"]
        wanted = (
            Submission.consultation_id == message.consultation_id,
            Submission.id == UUID(submission_id),
        )
        for submission in _reachable(session, wanted):
            asked = _Asked(now, message, f"received:{submission.id}")
            with writing(session, Lock.OUTBOX):
                mail = _request(session, asked, notice="received", submission=submission_id)
                if (
                    mail
                    and mail_limits.unasked(submission)
                    and mail_limits.enough(session, submission.contact, now, most)
                ):
                    mail_limits.leave_out(mail, now)


def after_answered(
    session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int = mail_limits.MOST
) -> None:
    """answers_published: tells each sender, and who joined them, once which of their comments were answered; beyond
    `most` mails to one address on one day, all in one the next morning."""
    for message in messages:
        numbers = message.payload["comments"]
        answered = _numbers_by_submission(session, message.consultation_id, numbers)
        wanted = (Submission.consultation_id == message.consultation_id, Submission.id.in_(list(answered)))
        for submission in _reachable(session, wanted):
            asked = _Asked(now, message, f"answered:{message.id}:{submission.id}")
            facts = {"submission": str(submission.id), "comments": answered[submission.id]}
            _request_answered(session, asked, submission.contact, most, notice="answered", **facts)
        for joiner, own in _joined(session, message.consultation_id, numbers).items():
            asked = _Asked(now, message, f"answered:{message.id}:joiner:{joiner.id}")
            facts = {"joiner": str(joiner.id), "comments": own}
            _request_answered(session, asked, joiner.contact, most, notice="joined_answered", **facts)


def after_invited(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_invited: sends the link by which a person sets their password."""
    for message in messages:
        with writing(session, Lock.OUTBOX):
            asked = _Asked(now, message, f"invited:{message.id}")
            _request(session, asked, notice="invited", user_id=str(message.payload["user_id"]))


def after_account_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_changed: tells somebody that their password or second factor is another, whoever changed it."""
    for message in messages:
        change_id = str(message.payload["change_id"])
        with writing(session, Lock.OUTBOX):
            asked = _Asked(now, message, f"account_changed:{change_id}")
            _request(session, asked, notice="account_changed", change_id=change_id)


def after_mail_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_mail_changed: tells both addresses, the one of before too: its owner may not have asked for this."""
    for message in messages:
        for which in ("old", "new"):
            facts = {"correction": message.payload["correction"], "which": which}
            with writing(session, Lock.OUTBOX):
                asked = _Asked(now, message, f"mail_changed:{message.id}:{which}")
                _request(session, asked, notice="mail_changed", **facts)


def after_listening_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """listening_asked: tells the people of the body that a voice waits to be written down."""
    for message in messages:
        held = select(Membership).where(Membership.organisation_id == UUID(message.payload["organisation"]))
        people = {one.user_id for one in session.scalars(held) if one.in_force(now)}
        for user_id in sorted(people):
            facts = {"user_id": str(user_id), "number": message.payload["number"]}
            with writing(session, Lock.OUTBOX):
                _request(
                    session, _Asked(now, message, f"listening:{message.id}:{user_id}"), notice="listening", **facts
                )


@dataclass(frozen=True)
class _Asked:
    """When a mail is asked for, because of which event, and by which name it is known again."""

    now: datetime
    cause: OutboxMessage
    key: str


def _request(session: Session, asked: _Asked, **payload: Any) -> OutboxMessage | None:
    """Asks for one mail, in the transaction under way, unless it was asked for when this event was handled before."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == asked.key)) is not None:
        return None
    mail = emit(session, "mail_requested", asked.now, asked.cause.consultation_id, dedupe_key=asked.key, **payload)
    return session.get_one(OutboxMessage, mail)


def _request_answered(session: Session, asked: _Asked, contact: str, most: int, **payload: Any) -> None:
    with writing(session, Lock.OUTBOX):
        mail = _request(session, asked, **payload)
        if mail and mail_limits.enough(session, contact, asked.now, most):
            mail_limits.gather(session, mail, contact, asked.now)


def _reachable(session: Session, wanted: Sequence[ColumnElement[bool]]) -> list[Submission]:
    return list(
        session.scalars(
            select(Submission)
            .where(*wanted, Submission.contact_kind == ContactKind.MAIL, Submission.contact != "")
            .order_by(Submission.number)
        )
    )


def _numbers_by_submission(
    session: Session, consultation_id: UUID | None, numbers: Sequence[int]
) -> dict[UUID, list[int]]:
    rows = session.execute(
        select(Comment.submission_id, Comment.number)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers), ~author_left_expression())
        .order_by(Comment.number)
    )
    return _grouped(rows)


class _Joined(NamedTuple):
    """Who joined, and where they are told."""

    id: UUID
    contact: str


def _joined(session: Session, consultation_id: UUID | None, numbers: Sequence[int]) -> dict[_Joined, list[int]]:
    """Those with a mail address who joined one of these comments, or what it was split from, with its numbers."""
    rows = session.execute(
        select(Joiner.id, Joiner.contact, Comment.number)
        .join(Comment, or_(along(Joiner.comment), along(Joiner.parts)))
        .where(
            Joiner.consultation_id == consultation_id,
            Comment.consultation_id == consultation_id,
            Comment.number.in_(numbers),
            Joiner.contact_kind == ContactKind.MAIL,
            Joiner.contact != "",
            Joiner.withdrawn_at.is_(None),
        )
        .order_by(Joiner.number, Comment.number)
    )
    return _grouped((_Joined(joiner_id, contact), number) for joiner_id, contact, number in rows)


def _grouped(rows: Iterable[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for key, number in rows:
        found.setdefault(key, []).append(number)
    return found
