"""After an event: who is to get a mail. One row of the outbox for each: each is sent, and tried again, alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.models import Membership
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.state import author_left_expression
from consult.submissions.words import ContactKind


def after_received(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """comment_received: tells senders who left a mail address that it is here."""
    for message in messages:
        submission_id = message.payload["submission"]
        wanted = (
            Submission.consultation_id == message.consultation_id,
            Submission.id == UUID(submission_id),
        )
        for submission in _reachable(session, wanted):
            _request(session, now, message, f"received:{submission.id}", notice="received", submission=submission_id)


def after_answered(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """answers_published: tells each sender, and who joined them, once which of their comments were answered."""
    for message in messages:
        numbers = message.payload["comments"]
        answered = _numbers_by_submission(session, message.consultation_id, numbers)
        wanted = (Submission.consultation_id == message.consultation_id, Submission.id.in_(list(answered)))
        for submission in _reachable(session, wanted):
            key = f"answered:{message.id}:{submission.id}"
            facts = {"submission": str(submission.id), "comments": answered[submission.id]}
            _request(session, now, message, key, notice="answered", **facts)
        for joiner_id, own in _joined(session, message.consultation_id, numbers).items():
            key = f"answered:{message.id}:joiner:{joiner_id}"
            _request(session, now, message, key, notice="joined_answered", joiner=str(joiner_id), comments=own)


def after_invited(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_invited: sends the link by which a person sets their password."""
    for message in messages:
        key = f"invited:{message.id}"
        _request(session, now, message, key, notice="invited", user_id=str(message.payload["user_id"]))


def after_mail_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """account_mail_changed: tells both addresses, the one of before too: its owner may not have asked for this."""
    for message in messages:
        for which in ("old", "new"):
            facts = {"correction": message.payload["correction"], "which": which}
            _request(session, now, message, f"mail_changed:{message.id}:{which}", notice="mail_changed", **facts)


def after_listening_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """listening_asked: tells the people of the body that a voice waits to be written down."""
    for message in messages:
        held = select(Membership).where(Membership.organisation_id == UUID(message.payload["organisation"]))
        people = {one.user_id for one in session.scalars(held) if one.in_force(now)}
        for user_id in sorted(people):
            facts = {"user_id": str(user_id), "number": message.payload["number"]}
            _request(session, now, message, f"listening:{message.id}:{user_id}", notice="listening", **facts)


def _request(session: Session, now: datetime, cause: OutboxMessage, key: str, **payload: Any) -> None:
    """Asks for one mail, unless it was asked for when this event was handled before."""
    with writing(session):
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key)) is None:
            emit(session, "mail_requested", now, cause.consultation_id, dedupe_key=key, **payload)


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


def _joined(session: Session, consultation_id: UUID | None, numbers: Sequence[int]) -> dict[UUID, list[int]]:
    """Those with a mail address who joined one of these comments, or what it was split from, with its numbers."""
    rows = session.execute(
        select(Joiner.id, Comment.number)
        .join(
            Comment,
            (Comment.consultation_id == Joiner.consultation_id)
            & or_(Comment.id == Joiner.comment_id, Comment.split_from_id == Joiner.comment_id),
        )
        .where(
            Joiner.consultation_id == consultation_id,
            Comment.number.in_(numbers),
            Joiner.contact_kind == ContactKind.MAIL,
            Joiner.contact != "",
            Joiner.withdrawn_at.is_(None),
        )
        .order_by(Joiner.number, Comment.number)
    )
    return _grouped(rows)


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    for key, number in rows:
        found.setdefault(key, []).append(number)
    return found
