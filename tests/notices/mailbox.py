"""A mail server that keeps what it gets, and a site that sends to it or into a folder."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

HOST = "127.0.0.1"


class Mailbox:
    """What aiosmtpd hands over; recipients at `refused.invalid` are refused for good, at `busy.invalid` for now."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        """Takes a recipient or not."""
        if address.endswith("@refused.invalid"):
            return "550 5.1.1 no such mailbox"
        if address.endswith("@busy.invalid"):
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Keeps a mail."""
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as a program reads them."""
        return [parsed(envelope.original_content or b"") for envelope in self.envelopes]


@contextmanager
def serving(box: Mailbox) -> Iterator[int]:
    """A mail server on a port of its own."""
    controller = Controller(box, hostname=HOST, port=0)
    # The controller reaches for itself at `port` to see that it is up; the system chooses which.
    controller.port = free_port()
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def parsed(content: bytes) -> EmailMessage:
    """A mail from its bytes."""
    message = BytesParser(policy=SMTP).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def in_folder(folder: Path) -> list[EmailMessage]:
    """The mails of a folder, oldest first."""
    return [parsed(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]


def body_of(message: EmailMessage) -> str:
    """The words of a mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
