"""What lies in the hands of somebody who no longer works at the desk: their role ended, or their account is closed.

Nobody else has it in their work, and it is not “given to nobody” either; so who gives work is told of it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Membership, User
from consult.people.words import DESK_ROLES
from consult.policy.actors import EIA_STATUTORY
from consult.relationships import along, under_name
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment

_Matter = under_name(Consultation, "matter_given")


def left_expression(now: datetime) -> ColumnElement[bool]:
    """Whether an assignment is to a person who at the instant `now` works at no desk of those who answer its matter,
    in a statement on Assignment."""
    return and_(
        Assignment.user_id.is_not(None), ~_works(Assignment, Assignment.user_id, Assignment.consultation_id, now)
    )


def holders(session: Session, matters: Collection[UUID], now: datetime) -> list[User]:
    """Who has something in hand in these matters that waits for an answer, and no longer works there; by name."""
    if not (gone := _gone(session, matters, now)):
        return []
    held = (
        select(Assignment.user_id)
        .join(Assignment.comment)
        .where(Comment.consultation_id.in_(matters), Assignment.user_id.in_(gone), left_expression(now))
        .where(latest_assignment(), outcome_is(Outcome.AWAITING))
    )
    return list(session.scalars(select(User).where(User.id.in_(held)).order_by(User.name, User.id)))


def anybody(session: Session, matters: Collection[UUID], now: datetime) -> bool:
    """Whether anything was ever given to somebody who left: where nobody did, no comment has to be looked at."""
    return bool(_gone(session, matters, now))


def _gone(session: Session, matters: Collection[UUID], now: datetime) -> set[UUID]:
    own = Assignment.consultation_id.in_(matters), Assignment.user_id.is_not(None)
    given = select(Assignment.user_id, Assignment.consultation_id).where(*own).distinct().subquery()
    left = select(given.c.user_id).where(~_works(given, given.c.user_id, given.c.consultation_id, now))
    return set(session.scalars(left)) if matters else set()


def _works(among: Any, user_id: Any, matter: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a person of `among` works at a desk of the matter's answering body, or of its lead where that answers."""
    lead = and_(Membership.organisation_id == _Matter.lead_id, _Matter.procedure != EIA_STATUTORY)
    return (
        exists()
        .where(Membership.user_id == user_id, Membership.role.in_(DESK_ROLES), Membership.since <= now)
        .where(or_(Membership.until.is_(None), Membership.until > now))
        .where(along(Membership.user), User.disabled_at.is_(None))
        .where(_Matter.id == matter, or_(lead, Membership.organisation_id == _Matter.answering_id))
        .correlate(among)
    )
