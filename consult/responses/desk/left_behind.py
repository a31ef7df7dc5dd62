"""What lies in the hands of somebody who no longer works at the desk: their role ended, or their account is closed.

Nobody else has it in their work, and it is not “given to nobody” either; so who gives work is told of it.
"""

from collections.abc import Collection
from datetime import datetime
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
    lead = and_(Membership.organisation_id == _Matter.lead_id, _Matter.procedure != EIA_STATUTORY)
    working = (
        exists()
        .where(Membership.user_id == Assignment.user_id, Membership.role.in_(DESK_ROLES), Membership.since <= now)
        .where(or_(Membership.until.is_(None), Membership.until > now))
        .where(along(Membership.user), User.disabled_at.is_(None))
        .where(_Matter.id == Assignment.consultation_id)
        .where(or_(lead, Membership.organisation_id == _Matter.answering_id))
        .correlate(Assignment)
    )
    return and_(Assignment.user_id.is_not(None), ~working)


def holders(session: Session, matters: Collection[UUID], now: datetime) -> list[User]:
    """Who has something in hand in these matters that waits for an answer, and no longer works there; by name."""
    if not matters:
        return []
    held = (
        select(Assignment.user_id)
        .join(Assignment.comment)
        .where(Comment.consultation_id.in_(matters), latest_assignment(), outcome_is(Outcome.AWAITING))
        .where(left_expression(now))
    )
    return list(session.scalars(select(User).where(User.id.in_(held)).order_by(User.name, User.id)))
