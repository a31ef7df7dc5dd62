"""One mail as it goes over the wire: its words are data everywhere, never headers."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from consult.people import mail_addresses
from consult.text import one_line


class BadAddress(Exception):
    """What stands as an address is none, or more than one."""


@dataclass(frozen=True)
class Letter:
    """What is to be said to one person. `id` is that of the message in the outbox, which makes it recognisable when it
    comes twice; `written_at` the instant it was asked for."""

    id: UUID
    to: str
    language: str
    subject: str
    body: str
    written_at: datetime


@dataclass(frozen=True)
class Sender:
    """From whom mails come: `address` as in the setting, "Name <a@b>" or "a@b"."""

    address: str
    site_url: str

    @property
    def host(self) -> str:
        """The domain that Message-IDs end in."""
        given = parseaddr(self.address)[1].rpartition("@")[2]
        return given or urlsplit(self.site_url).hostname or "localhost"

    @property
    def header(self) -> Address:
        """What stands in From; without a setting, an address at the site's own host that nobody reads."""
        name, address = parseaddr(self.address)
        return _address(address or f"no-reply@{self.host}", name)


def message_of(letter: Letter, sender: Sender) -> EmailMessage:
    """The mail for `letter`, the same bytes whenever it is made again. Raises BadAddress."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender.header
    message["To"] = _address(letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id}@{sender.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, charset="utf-8", cte="base64")
    message["Content-Language"] = letter.language
    return message


def _address(typed: str, name: str = "") -> Address:
    if len(typed) > mail_addresses.LONGEST:
        raise BadAddress
    try:
        address = Address(display_name=one_line(name), addr_spec=typed)
    except (MessageError, ValueError, IndexError) as bad:
        raise BadAddress from bad
    # What is written in another way than it is read leads to somebody's mailbox under a name that is not counted.
    if (
        address.addr_spec != typed
        or not address.username
        or "." not in address.domain
        and address.domain != "localhost"
    ):
        raise BadAddress
    return address
