"""One mail as it goes over the wire: its words are data everywhere, never headers."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, UniqueAddressHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from consult.people import mail_addresses
from consult.text import one_line

NOBODY = "localhost"


class BadAddress(Exception):
    """What stands as the address of a recipient is none, or more than one."""


class BadSender(Exception):
    """The site's own sender is none: a setting to be mended, whoever the mail is for."""


class WirePolicy(EmailPolicy):
    """Folds subjects and senders so that they are read as they were written: the library loses blanks between the
    encoded words of RFC 2047, and may break an address that is longer than a line."""

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        return self._lines(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as bytes."""
        lines = self._lines(name, value)
        return lines.encode("ascii") if lines else super().fold_binary(name, value)

    def _lines(self, name: str, value: str) -> str:
        said = str(value)
        if isinstance(value, UniqueAddressHeader):
            [address] = value.addresses
            shown = f"{encoded(address.display_name, name)}{self.linesep} " if address.display_name else ""
            return f"{name}: {shown}<{address.addr_spec}>{self.linesep}"
        if name == "Subject" and not said.isascii():
            return f"{name}: {encoded(said, name)}{self.linesep}"
        return ""


WIRE = WirePolicy(**{name: getattr(SMTP, name) for name in ("linesep", "max_line_length")})


def encoded(words: str, header: str) -> str:
    """Words as a row of encoded words (RFC 2047), each within a line, blanks within them; decoded they are the same."""
    return Header(words, "utf-8", header_name=header).encode(linesep="\r\n")


@dataclass(frozen=True)
class Letter:
    """What is to be said to one person. `id` is that of the message in the outbox, which makes it recognisable when it
    comes twice; `written_at` the instant it was asked for. `leave` is the address by which who gets it ends them."""

    id: UUID
    to: str
    language: str
    subject: str
    body: str
    written_at: datetime
    leave: str = ""


@dataclass(frozen=True)
class Sender:
    """From whom mails come: `address` as in the setting, "Name <a@b>" or "a@b"."""

    address: str
    site_url: str

    @property
    def host(self) -> str:
        """The domain that Message-IDs end in."""
        return self.header.domain

    @property
    def header(self) -> Address:
        """What stands in From; without a setting, an address at the site's own host that nobody reads. Raises
        BadSender."""
        host = urlsplit(self.site_url).hostname or NOBODY
        own = f"no-reply@{host}"
        try:
            name, address = mail_addresses.of_sender(self.address or own)
            return Address(one_line(name), addr_spec=mail_addresses.for_server(address))
        except ValueError:
            if self.address:
                raise BadSender from None
            # A machine of its own, which sends into a folder: `check_sender` lets no mail server have this.
            return Address(addr_spec=f"no-reply@{NOBODY}")


def message_of(letter: Letter, sender: Sender) -> EmailMessage:
    """The mail for `letter`, the same bytes whenever it is made again. Raises BadAddress and BadSender."""
    message = EmailMessage(policy=WIRE)
    message["From"] = sender.header
    message["To"] = _recipient(letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id}@{sender.host}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.leave:
        # RFC 8058: a program that ends it does so by POST, and nobody by opening the address.
        message["List-Unsubscribe"] = f"<{letter.leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body, charset="utf-8", cte="base64")
    message["Content-Language"] = letter.language
    return message


def _recipient(typed: str) -> Address:
    try:
        return Address(addr_spec=mail_addresses.for_server(typed))
    except ValueError as bad:
        raise BadAddress from bad
