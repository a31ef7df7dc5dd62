"""After what was done to comments: who is to get a mail of it, by the rules of `who_is_told.py`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import Lock, writing
from consult.notices import addressees, mail_limits
from consult.notices.addressees import Addressee
from consult.notices.requests import MailRequest, is_contact, request, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Action
from consult.relationships import along
from consult.submissions.comments.outcome import author_left_expression
from consult.submissions.models import Comment, CommentAct, Joiner, Submission
from consult.submissions.words import CommentActKind, SubmissionKind


def after_received(
    session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int = mail_limits.MOST
) -> None:
    """comment_received: tells who sent that it is here, a mail address at most so many times a day; and of a letter
    the officers of the bodies that receive it."""
    for message in messages:
        key = (message.consultation_id, UUID(message.payload["submission"]))
        submission = session.get(Submission, key)
        if submission is not None:
            for to in addressees.of_submission(session, submission, now):
                _tell_received(session, message, submission, to, now, most)
            if submission.kind is not SubmissionKind.COMMENT:
                _tell_of_letter(session, message, submission, now)


def after_answered(
    session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int = mail_limits.MOST
) -> None:
    """answers_published: tells each sender, and who joined them, once which of their comments were answered; beyond
    `most` mails to one address on one day, all in one the next morning."""
    for message in messages:
        numbers = message.payload["comments"]
        for submission, own in _by_submission(session, message.consultation_id, numbers):
            _tell_sender(session, message, "answered", submission, own, now, most)
        for joiner, own in _joined(session, message.consultation_id, numbers).items():
            for to in addressees.of_joiner(joiner):
                asked = MailRequest(now, message, f"answered:{message.id}:joiner:{joiner.id}")
                request_for(session, asked, to, most, notice="joined_answered", comments=own)


NO_ACTS = frozenset({"referred", "referral_answered", "taken_up", "bundled"})
"""What is told of comments without an act on them."""


def after_comment_changed(
    session: Session, messages: Sequence[OutboxMessage], now: datetime, most: int = mail_limits.MOST
) -> None:
    """comment_changed: tells each sender what was decided of their comments, where the rules say so."""
    for message in messages:
        change = message.payload.get("change", "")
        if told(change, Whom.SENDER) is None:
            continue
        numbers = _acted_on(session, message.consultation_id, change, message.payload["comments"])
        for submission, own in _by_submission(session, message.consultation_id, numbers):
            _tell_sender(session, message, change, submission, own, now, most)


def _tell_received(
    session: Session, message: OutboxMessage, submission: Submission, to: Addressee, now: datetime, most: int
) -> None:
    rule = told("received", Whom.SENDER)
    if rule is None:
        return
    contact = is_contact(to)
    asked = MailRequest(
        now, message, f"received:{submission.id}" if contact else f"received:{submission.id}:{to.mailbox}"
    )
    facts = {"notice": rule.template if contact else rule.letter, "submission": str(submission.id)}
    with writing(session, Lock.OUTBOX):
        mail = request(session, asked, facts | dict(to.payload), by=to.by)
        unasked = contact and mail_limits.unasked(submission)
        if mail and unasked and mail_limits.enough(session, to.contact, message.created_at, most):
            mail_limits.leave_out(mail, now)


def _tell_of_letter(session: Session, message: OutboxMessage, submission: Submission, now: datetime) -> None:
    rule, matter = told("received", Whom.OFFICERS), session.get(Consultation, submission.consultation_id)
    if rule is None or matter is None:
        return
    for to in addressees.of_desk(session, matter, Role.OFFICER, Action.TRIAGE, now):
        asked = MailRequest(now, message, f"critique:{submission.id}:{to.mailbox}")
        request_for(session, asked, to, notice=rule.template, submission=str(submission.id))


def _tell_sender(
    session: Session, message: OutboxMessage, name: str, submission: Submission, numbers: list[int], now: datetime,
    most: int,
) -> None:  # fmt: skip
    rule = told(name, Whom.SENDER)
    if rule is None:
        return
    change = {} if name == "answered" else {"change": name}
    for to in addressees.of_submission(session, submission, now):
        contact = is_contact(to)
        key = f"{name}:{message.id}:{submission.id}" + ("" if contact else f":{to.mailbox}")
        facts = {"submission": str(submission.id), "comments": numbers, **change}
        notice = rule.template if contact else rule.letter or rule.template
        asked = MailRequest(now, message, key)
        request_for(session, asked, to, most if contact else None, notice=notice, **facts)


def _by_submission(
    session: Session, consultation_id: UUID | None, numbers: Sequence[int]
) -> list[tuple[Submission, list[int]]]:
    """The submissions of these comments, each with its own; none that its sender has left to those who joined it."""
    rows = session.execute(
        select(Submission, Comment.number)
        .join(Submission.comments)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.number.in_(numbers),
            ~author_left_expression(),
        )
        .order_by(Submission.number, Comment.number)
    )
    return list(_grouped(rows).items())


def _acted_on(session: Session, consultation_id: UUID | None, change: str, numbers: Sequence[int]) -> list[int]:
    """Those of these comments that the act was done to: not the parts of one that was split, and of what was released
    that alone which two people had kept back before, of which the sender was told."""
    if change in NO_ACTS:
        return sorted(numbers)
    by_two = [CommentAct.confirmed_by_id.is_not(None)] if change == CommentActKind.RELEASED else []
    acted = (
        CommentAct.kind == change,
        CommentAct.effective_at.is_not(None),
        Comment.consultation_id == consultation_id,
        Comment.number.in_(numbers),
    )
    return sorted(set(session.scalars(select(Comment.number).join(Comment.acts).where(*acted, *by_two))))


def _joined(session: Session, consultation_id: UUID | None, numbers: Sequence[int]) -> dict[Joiner, list[int]]:
    """Those with a contact who joined one of these comments, or what it was split from, with its numbers."""
    rows = session.execute(
        select(Joiner, Comment.number)
        .join(Comment, or_(along(Joiner.comment), along(Joiner.parts)))
        .where(
            Joiner.consultation_id == consultation_id,
            Comment.consultation_id == consultation_id,
            Comment.number.in_(numbers),
            Joiner.contact_kind.in_(addressees.REACHED_BY),
            Joiner.contact != "",
            Joiner.withdrawn_at.is_(None),
        )
        .order_by(Joiner.number, Comment.number)
    )
    return _grouped(rows)


def _grouped(rows: Iterable[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for key, number in rows:
        found.setdefault(key, []).append(number)
    return found
