"""What somebody still has in hand, told to who is about to take their place away from them."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.relationships import along
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment


def comments_in_hand(session: Session, user_id: UUID | None = None, unit_id: UUID | None = None) -> int:
    """How many comments of all matters wait for an answer and were last given to this person, or to this unit."""
    given = Assignment.user_id == user_id if user_id is not None else Assignment.unit_id == unit_id
    waiting = (
        select(func.count())
        .select_from(Comment)
        .join(Assignment, along(Assignment.comment))
        .where(given, latest_assignment(), outcome_is(Outcome.AWAITING))
    )
    return session.scalar(waiting) or 0
