"""The address in a mail at which the sender of a paper says once whether it was typed right. It names the submission,
the mail it stood in and whom that went to, is good for some weeks, and leads to nothing but that paper; opening it does
nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from itsdangerous import BadSignature

from consult.session_secret import Secrets

LIFE = timedelta(days=30)
PURPOSE = "whether it was typed right"


@dataclass(frozen=True)
class Link:
    """Which submission, the mark of the mail, and that of the address it went to (`contacts.mark_of`; empty in mails of
    a release that did not note it)."""

    consultation_id: UUID
    submission_id: UUID
    mark: str
    to: str = ""


def address(secrets: Secrets, link: Link, now: datetime) -> str:
    """The last part of the address, good for LIFE from `now` on."""
    said = [link.consultation_id.hex, link.submission_id.hex, link.mark, int(now.timestamp()), link.to]
    written: str = secrets.serializer(PURPOSE).dumps(said)
    return written


def read(secrets: Secrets, given: str, now: datetime) -> Link | None:
    """What an address names; None for one that the site did not make, or that is over."""
    try:
        matter, submission, mark, at, *to = secrets.serializer(PURPOSE).loads(given)
        if not 0 <= now.timestamp() - int(at) < LIFE.total_seconds():
            return None
        return Link(UUID(matter), UUID(submission), str(mark), str(to[0]) if to else "")
    except (BadSignature, ValueError, TypeError):
        return None
