"""For whom somebody stands in at an instant: what is in the hands of who is away is in theirs as well."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.people.models import Membership


def stands_in_for(session: Session, user_id: UUID | None, now: datetime) -> frozenset[UUID]:
    """The people whose place `user_id` takes at `now`; one statement, and none for nobody."""
    if user_id is None:
        return frozenset()
    held = select(Membership.deputy_for_id).where(
        Membership.user_id == user_id,
        Membership.deputy_for_id.is_not(None),
        Membership.since <= now,
        or_(Membership.until.is_(None), Membership.until > now),
    )
    return frozenset(one for one in session.scalars(held) if one is not None)
