"""message_requested: tells somebody who left a telephone number, by a message where the site can send one; otherwise,
or when none reaches them, a person of the desk is to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from consult.notices.mail_address import Recipient
from consult.notices.requests import BY_HAND
from consult.notices.sending import mail_values
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, SiteFault
from consult.notices.sending.mail_text import Writer
from consult.notices.telephone.gateway import Gateway, Message, gateway_of
from consult.outbox.failures import OwnFault
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import TRIES
from consult.responses.answers import handing_over
from consult.responses.words import HandedOver
from consult.submissions.sender import calls

CALLED = frozenset({"answered", "letter_answered", "joined_answered", "comment_changed", "matter_withdrawn"})
"""What somebody has to be called for: what was decided of what they said, and what they are asked. The rest is told by
message, where the site sends any; nothing is asked of them, and who says that a draft is new does not call two hundred
people."""
ANSWERED = frozenset({"answered", "letter_answered"})


@dataclass(frozen=True)
class MessageHandler:
    """The handler of message_requested, whose messages are handled one at a time."""

    writer: Writer
    gateway: Gateway | None

    def send(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Sends what was asked for, or has somebody call. Raises DeliveryFailed (tried again) and OwnFault (until it is
        mended)."""
        for message in messages:
            try:
                to = mail_values.recipient_of(session, message)
                if to is not None:
                    self._tell(session, message, to, now)
            except (DeliveryFailed, OwnFault):
                raise
            except Exception as fault:
                raise OwnFault(type(fault).__name__) from fault

    def _tell(self, session: Session, message: OutboxMessage, to: Recipient, now: datetime) -> None:
        if self.gateway is None or message.payload.get(BY_HAND):
            _call(session, message, "", now)
            return
        said = short(self.writer, message.payload["notice"], to.language, to.values)
        try:
            self.gateway.deliver(Message(message.id, to.to, said, to.language))
        except RecipientRefused as refused:
            _call(session, message, f"refused {refused}", now)
        except SiteFault as fault:
            raise OwnFault(str(fault)) from None
        except DeliveryFailed:
            if message.attempts < TRIES:
                raise
            _call(session, message, "put_off", now)
        else:
            _note_answers(session, message, now)


def short(writer: Writer, notice: str, language: str, values: Mapping[str, Any]) -> str:
    """A short message: what the mail has in its subject, and where it is read."""
    place = f"{writer.root(language)}/tra-cuu/"
    return f"{writer.write(notice, language, dict(values)).subject}. {place}"


def _call(session: Session, message: OutboxMessage, why: str, now: datetime) -> None:
    if message.payload["notice"] in CALLED and message.consultation_id is not None:
        calls.promise(session, message.consultation_id, message.id, message.payload, why, now)


def _note_answers(session: Session, message: OutboxMessage, now: datetime) -> None:
    if message.payload["notice"] in ANSWERED and message.consultation_id is not None and "comments" in message.payload:
        numbers = message.payload["comments"]
        handing_over.note(session, message.consultation_id, numbers, HandedOver.TELEPHONE, now)


def messages_of(settings: Mapping[str, Any], folder: Path) -> MessageHandler:
    """The handler that the settings describe, with the templates of mails in `folder`."""
    return MessageHandler(Writer(folder, settings["SITE_NAME"], settings["SITE_URL"]), gateway_of(settings))
