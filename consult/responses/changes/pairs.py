"""What people said and what came of it, in a few pairs: a comment that anybody may read, beside what it changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.db import writing
from consult.errors import Invalid
from consult.policy import Action, Actor, require
from consult.responses.changes.followed import FollowedPoint, followed
from consult.responses.models import ChosenPair
from consult.submissions.models import Comment

FEWEST, MOST = 3, 5


def candidates(session: Session, consultation: Consultation) -> list[FollowedPoint]:
    """The comments that may be shown: public, accepted at least in part, and their clause reads otherwise since."""
    newest = queries.current_revision(session, consultation.id)
    points = followed(session, consultation, successors.line_to(session, newest))
    return [one for one in points if one.readable and one.changed]


def choose(session: Session, consultation: Consultation, numbers: Sequence[int], actor: Actor, now: datetime) -> None:
    """Shows these comments and no others, in this order; none takes the block away.

    Raises Invalid({"number": "not_so_many" | "not_a_choice"}), and the policy's reason.
    """
    by_id = person(actor)
    wanted = list(dict.fromkeys(numbers))
    with writing(session, consultation.id):
        require(actor, Action.CHOOSE_PAIRS, consultation, now)
        known = {one.number for one in candidates(session, consultation)}
        if not known.issuperset(wanted):
            raise Invalid({"number": "not_a_choice"})
        if wanted and not min(FEWEST, len(known)) <= len(wanted) <= MOST:
            raise Invalid({"number": "not_so_many"})
        ids = _ids(session, consultation, wanted)
        session.execute(delete(ChosenPair).where(ChosenPair.consultation_id == consultation.id))
        session.add_all(
            ChosenPair(consultation_id=consultation.id, comment_id=ids[number], position=place, at=now, by_id=by_id)
            for place, number in enumerate(wanted)
        )
        consultation.touch()
        written(session, consultation)


def chosen_numbers(session: Session, consultation: Consultation) -> list[int]:
    """The numbers of the comments that were chosen, in their order. One statement."""
    return list(
        session.scalars(
            select(Comment.number)
            .select_from(ChosenPair)
            .join(ChosenPair.comment)
            .where(ChosenPair.consultation_id == consultation.id)
            .order_by(ChosenPair.position, ChosenPair.comment_id)
        )
    )


def chosen(session: Session, consultation: Consultation) -> list[FollowedPoint]:
    """The pairs as they stand now, without those whose comment is public no more, or whose clause reads as it did."""
    numbers = chosen_numbers(session, consultation)
    if not numbers:
        return []
    found = {one.number: one for one in candidates(session, consultation)}
    return [found[number] for number in numbers if number in found]


def _ids(session: Session, consultation: Consultation, numbers: Sequence[int]) -> dict[int, object]:
    rows = session.execute(
        select(Comment.number, Comment.id).where(
            Comment.consultation_id == consultation.id, Comment.number.in_(numbers)
        )
    )
    return {number: key for number, key in rows}
