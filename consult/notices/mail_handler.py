"""mail_requested: reads the facts again, writes one mail and hands it over. What is gone by then is not sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import mail_limits
from consult.notices.delivery import Delivery, RecipientRefused, delivery_of
from consult.notices.mail import BadAddress, Letter, Sender, message_of
from consult.notices.mail_text import Writer
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import PermanentFailure
from consult.people.models import Correction, User
from consult.session_secret import Secrets, secrets_of
from consult.sign_in import invitations
from consult.sign_in.models import AccountChange
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.words import ContactKind

TokenOf = Callable[[User, datetime], str]
"""Makes the token of a link by which a person sets their password, good from an instant on."""


@dataclass(frozen=True)
class Recipient:
    """To whom, in which language, and what the words need to know."""

    to: str
    language: str
    values: dict[str, Any]


@dataclass(frozen=True)
class MailHandler:
    """The handler of mail_requested, whose messages are handled one at a time."""

    writer: Writer
    sender: Sender
    delivery: Delivery
    token_of: TokenOf

    def send(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Sends the mails asked for. Raises DeliveryFailed (tried again later) or PermanentFailure."""
        for message in messages:
            addressed = self._addressed(session, message, now)
            if addressed is not None:
                self._send(message, addressed)

    def _send(self, message: OutboxMessage, addressed: Recipient) -> None:
        words = self.writer.write(message.payload["notice"], addressed.language, addressed.values)
        letter = Letter(message.id, addressed.to, addressed.language, words.subject, words.body, message.created_at)
        try:
            mail = message_of(letter, self.sender)
        except BadAddress:
            raise PermanentFailure("bad_address") from None
        try:
            self.delivery.deliver(mail, message.id)
        except RecipientRefused as refused:
            raise PermanentFailure(f"refused {refused}") from None

    def _addressed(self, session: Session, message: OutboxMessage, now: datetime) -> Recipient | None:
        if message.payload["notice"] == "invited":
            return self._invited(session, UUID(message.payload["user_id"]), now)
        return _FOUND.get(message.payload["notice"], _of_submission)(session, message)

    def _invited(self, session: Session, user_id: UUID, now: datetime) -> Recipient | None:
        user = session.get(User, user_id)
        if user is None or user.disabled_at is not None:
            return None
        return Recipient(user.mail, "vi", {"name": user.name, "token": self.token_of(user, now)})


def sending_of(settings: Mapping[str, Any], folder: Path) -> MailHandler:
    """The handler that the settings describe, with the templates of mails in `folder`."""
    return MailHandler(
        writer=Writer(folder, settings["SITE_NAME"], settings["SITE_URL"]),
        sender=Sender(settings["MAIL_FROM"], settings["SITE_URL"]),
        delivery=delivery_of(settings),
        token_of=partial(_token_of, secrets_of(settings)),
    )


def _token_of(secrets: Secrets, user: User, now: datetime) -> str:
    return invitations.token_of(user, secrets, now)


def _of_account(session: Session, message: OutboxMessage) -> Recipient | None:
    """What somebody is told when how they sign in was changed; nothing by which anybody could sign in."""
    change = session.get(AccountChange, UUID(message.payload["change_id"]))
    if change is None or change.user.disabled_at is not None:
        return None
    by_owner = change.by_id == change.user_id
    values = {"name": change.user.name, "what": change.what, "at": change.at, "by_owner": by_owner}
    return Recipient(change.user.mail, "vi", values)


def _of_changed_mail(session: Session, message: OutboxMessage) -> Recipient | None:
    """What the addresses of a person are told when one took the place of the other."""
    made = session.get(Correction, UUID(message.payload["correction"]))
    user = session.get(User, made.subject_id) if made is not None else None
    if made is None or user is None:
        return None
    to = made.old if message.payload["which"] == "old" else made.new
    return Recipient(to, "vi", {"name": user.name, "new": made.new, "at": made.at})


def _of_submission(session: Session, message: OutboxMessage) -> Recipient | None:
    """What a sender is told: their own numbers and their matter, nothing of anybody else."""
    submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
    if submission is None or submission.contact_kind is not ContactKind.MAIL or not submission.contact:
        return None
    consultation = session.get_one(Consultation, submission.consultation_id)
    numbers = message.payload.get("comments") or _numbers_of(session, submission)
    values = {
        "title": consultation.title,
        "slug": consultation.slug,
        "numbers": numbers,
        "received_at": submission.received_at,
    }
    return Recipient(submission.contact, submission.language, values)


def _of_joiner(session: Session, message: OutboxMessage) -> Recipient | None:
    """What somebody is told who joined a comment and has not taken it back."""
    joiner = session.get(Joiner, (message.consultation_id, UUID(message.payload["joiner"])))
    if joiner is None or joiner.contact_kind is not ContactKind.MAIL or not joiner.contact:
        return None
    consultation = session.get_one(Consultation, joiner.consultation_id)
    values = {"title": consultation.title, "slug": consultation.slug, "numbers": message.payload["comments"]}
    return Recipient(joiner.contact, joiner.language, values)


def _of_listener(session: Session, message: OutboxMessage) -> Recipient | None:
    """What somebody of a body is told that was asked to write down a voice: which one, nothing of who spoke."""
    user = session.get(User, UUID(message.payload["user_id"]))
    if user is None or user.disabled_at is not None or message.consultation_id is None:
        return None
    consultation = session.get_one(Consultation, message.consultation_id)
    number = message.payload["number"]
    values = {"name": user.name, "title": consultation.title, "slug": consultation.slug, "number": number}
    return Recipient(user.mail, "vi", values)


def _numbers_of(session: Session, submission: Submission) -> list[int]:
    """The comments as they were sent: what the desk split off has numbers of its own and is not news to the sender."""
    return list(
        session.scalars(
            select(Comment.number)
            .where(
                Comment.consultation_id == submission.consultation_id,
                Comment.submission_id == submission.id,
                Comment.split_from_id.is_(None),
            )
            .order_by(Comment.number)
        )
    )


def _of_several(session: Session, message: OutboxMessage) -> Recipient | None:
    """What somebody is told in one mail since it would have been too many: what each of those would have said."""
    mails = [
        _FOUND.get(one.payload["notice"], _of_submission)(session, one)
        for one in mail_limits.gathered(session, message)
    ]
    found = [mail for mail in mails if mail is not None]
    if not found:
        return None
    return Recipient(found[0].to, found[0].language, {"matters": [mail.values for mail in found]})


_FOUND: dict[str, Callable[[Session, OutboxMessage], Recipient | None]] = {
    "account_changed": _of_account,
    "mail_changed": _of_changed_mail,
    "joined_answered": _of_joiner,
    "listening": _of_listener,
    "answers": _of_several,
}
