"""The address at which a mailbox says once whether what was issued works: it names the matter and bears a mark that
only the site could make; neither leads to the mailbox."""

import hmac
from uuid import UUID

from itsdangerous import BadSignature

from consult.notices.mail_limits import hash_of
from consult.session_secret import Secrets

PURPOSE = "whether it works"


def address(secrets: Secrets, matter_id: UUID, mailbox: str) -> str:
    """The last part of the address for a mailbox, the same however often it is made."""
    said = f"{PURPOSE}:{matter_id}:{hash_of(mailbox)}".encode()
    mark = hmac.digest(secrets.newest.encode(), said, "sha256").hex()
    return secrets.serializer(PURPOSE).dumps([str(matter_id), mark])


def read(secrets: Secrets, given: str) -> tuple[UUID, str] | None:
    """The matter and the mark; None for an address that the site did not make."""
    try:
        matter_id, mark = secrets.serializer(PURPOSE).loads(given)
        return UUID(matter_id), str(mark)
    except (BadSignature, ValueError, TypeError):
        return None
