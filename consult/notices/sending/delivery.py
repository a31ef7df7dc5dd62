"""Where mails go: to a mail server, or in development into a folder with one file each."""

import re
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from consult import outgoing
from consult.files.atomic_write import write_whole

SECONDS_FOR_SERVER = 30
"""How long a mail server may take for one answer."""
SECONDS_FOR_MAIL = 90.0
"""How long it may take for one mail in all."""
FIRST_FINAL_REFUSAL = 500
NOT_OF_RECIPIENT = frozenset({502, 503, 504, 521, 530, 534, 535, 538})
"""Answers to a recipient that say nothing of them: the command is unknown or came too early, or a sign-in is wanted."""
_ENHANCED = re.compile(rb"\s*5\.(\d{1,3})\.\d{1,3}\b")
_OF_RECIPIENT = frozenset({b"1", b"2"})
"""RFC 3463: 5.1.x tells of the address, 5.2.x of the mailbox; 5.7.x that this server may not send there at all."""


class DeliveryFailed(Exception):
    """The mail server did not take a mail now. It names the failure only: no address, since this is kept and logged."""


class SiteFault(DeliveryFailed):
    """The site or its mail server is not in order, whoever the mail is for: no server under that name, no connection, a
    sign-in, certificate or sender that is refused. No recipient is to blame, and it is tried until it is mended."""


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
            with outgoing.line(self.host, self.port, SECONDS_FOR_MAIL) as line:
                line.settimeout(SECONDS_FOR_SERVER)
                with _OnLine(line, self.host, self.port) as server:
                    self._send(server, message)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(refused) from None
        except smtplib.SMTPResponseException as refused:
            raise SiteFault(f"{type(refused).__name__} {refused.smtp_code}") from None
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            # ValueError: a name of a server, user or password that cannot be written down for it.
            raise SiteFault(type(failure).__name__) from None

    def _send(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if self.starttls:
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        server.send_message(message)


class _OnLine(smtplib.SMTP):
    """The library's client on a line that was opened already, and that ends in time."""

    def __init__(self, line: socket.socket, host: str, port: int) -> None:
        self.line = line
        super().__init__(host, port, timeout=SECONDS_FOR_SERVER)

    def _get_socket(self, _host: str, _port: int, _timeout: float) -> socket.socket:
        return self.line


def _refusal(refused: smtplib.SMTPRecipientsRefused) -> Exception:
    """What it means that the one recipient was refused."""
    [(code, said)] = refused.recipients.values()
    if code < FIRST_FINAL_REFUSAL:
        return DeliveryFailed(str(code))
    told = _ENHANCED.match(said)
    own = told[1] not in _OF_RECIPIENT if told else code in NOT_OF_RECIPIENT
    return SiteFault(f"recipient {code}") if own else RecipientRefused(str(code))


@dataclass(frozen=True)
class ToFolder:
    """Into a folder, as `<row>.eml`: the same mail sent again is the same file."""

    folder: Path

    def deliver(self, message: EmailMessage, row: UUID) -> None:
        """Writes one mail whole or not at all, for nobody else's eyes."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / f"{row}.eml", message.as_bytes())
        except OSError as failure:
            raise SiteFault(type(failure).__name__) from None


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
