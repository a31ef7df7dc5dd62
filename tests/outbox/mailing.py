"""A handler that writes real mails into a folder, and one that is killed after its work."""

import os
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consult.notices.sending.delivery import ToFolder
from consult.notices.sending.mail import Letter, Sender, message_of
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import Handler

SENDER = Sender("Cổng góp ý <gop-y@example.invalid>", "https://example.invalid")


def mailing(folder: Path) -> Handler:
    """A handler that writes a mail for each message."""

    def handle(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        for message in messages:
            letter = Letter(message.id, "a@example.invalid", "vi", "Thư", "Nội dung", message.created_at)
            ToFolder(folder).deliver(message_of(letter, SENDER), message.id)

    return handle


def then_killed(handler: Handler) -> Handler:
    """The same, and then the process is gone before it can acknowledge."""

    def handle(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        handler(session, messages, now)
        os.kill(os.getpid(), signal.SIGKILL)

    return handle
