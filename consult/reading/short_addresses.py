"""Addresses as people say, write and pass them on: a matter by its name or number alone, in capitals, with the sign
that a chat program took for a part of it. Asked only for what has no page."""

import re
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.policy import ANYBODY, Action, decide

TRAILING = ".,;:!?)]}>*\"'“”’»…|"
"""What chat programs and sentences leave at the end of an address."""

NAME = re.compile(r"/([a-z0-9-]{1,80})/?")
OF_MATTER = re.compile(r"/lay-y-kien/[a-z0-9-]{1,80}_?/?")
LONGEST = 300


def meant(session: Session, path: str, now: datetime) -> str | None:
    """The path of the page that is meant by `path`, which has none; None when there is no such page for everybody."""
    # Who climbs up names nothing.
    if len(path) > LONGEST or "/.." in path:
        return None
    cleaned = path.rstrip(TRAILING + "/ ")
    short = NAME.fullmatch(cleaned.lower())
    if short:
        found = _matter(session, short[1], now)
        return f"/lay-y-kien/{found}/" if found else _other(path, cleaned)
    return _other(path, cleaned)


def _other(path: str, cleaned: str) -> str | None:
    """The same path without what stands at its end, and in small letters where it names a matter alone."""
    known = cleaned.lower() if OF_MATTER.fullmatch(cleaned.lower()) else cleaned
    tidy = f"{known}/"
    return tidy if known and tidy != path and f"{path}/" != tidy else None


def _matter(session: Session, name: str, now: datetime) -> str | None:
    """The address part of the public matter of this name or number."""
    number = name.lstrip("0") if name.isdigit() else ""
    keys = [number.zfill(width) for width in range(1, 7)] if number else []
    query = select(Consultation).where(or_(Consultation.slug == name, Consultation.short_key.in_(keys)))
    found = session.scalars(query.order_by(Consultation.slug != name)).first()
    if found is None or decide(ANYBODY, Action.READ_MATTER, found, now) is not None:
        return None
    return found.slug
