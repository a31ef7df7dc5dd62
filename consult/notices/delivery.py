"""Where mails go: to a mail server, or in development into a folder with one file each."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from consult.files.atomic_write import write_whole

SECONDS_FOR_SERVER = 30
FIRST_FINAL_REFUSAL = 500


class DeliveryFailed(Exception):
    """The mail server did not take a mail now. It names the failure only: no address, since this is kept and logged."""


class RecipientRefused(Exception):
    """The mail server will never take a mail for this recipient; the argument is its code."""


class Delivery(Protocol):
    """A way for mails to leave."""

    def deliver(self, message: EmailMessage, row: UUID) -> None:
        """Sends one mail, known by its row in the outbox. Raises DeliveryFailed or RecipientRefused."""
        ...


@dataclass(frozen=True)
class ToServer:
    """Through SMTP; with STARTTLS the server's certificate is checked."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = True

    def deliver(self, message: EmailMessage, row: UUID) -> None:
        """Sends one mail in a connection of its own."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SECONDS_FOR_SERVER) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max((code for code, _said in refused.recipients.values()), default=0)
            raise (RecipientRefused if code >= FIRST_FINAL_REFUSAL else DeliveryFailed)(str(code)) from None
        except smtplib.SMTPResponseException as refused:
            raise DeliveryFailed(f"{type(refused).__name__} {refused.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as failure:
            raise DeliveryFailed(type(failure).__name__) from None


@dataclass(frozen=True)
class ToFolder:
    """Into a folder, as `<row>.eml`: the same mail sent again is the same file."""

    folder: Path

    def deliver(self, message: EmailMessage, row: UUID) -> None:
        """Writes one mail whole or not at all, for nobody else's eyes."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.folder / f"{row}.eml", message.as_bytes())


def delivery_of(settings: Mapping[str, Any]) -> Delivery:
    """The way out that the settings name: a mail server when there is one."""
    if not settings["SMTP_HOST"]:
        return ToFolder(settings["MAIL_FOLDER"])
    return ToServer(
        settings["SMTP_HOST"],
        settings["SMTP_PORT"],
        settings["SMTP_USER"],
        settings["SMTP_PASSWORD"],
        settings["SMTP_STARTTLS"],
    )
