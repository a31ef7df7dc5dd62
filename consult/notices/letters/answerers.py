"""Who has to give a final answer to what does not satisfy: who wrote the answer, in whose hands the comment is, who
approves; of an ĐTM that its investor answers, the investor's officers. None of them need know whose letter it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.people.models import User
from consult.people.words import Role
from consult.policy import Action, investor_answers
from consult.relationships import along
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment, ResponseTarget, ResponseVersion
from consult.responses.second_words.models import AnswerRemark
from consult.submissions.models import Comment


def of_comments(session: Session, matter: Consultation, numbers: Sequence[int], now: datetime) -> list[Addressee]:
    """Those of these comments, each mailbox once."""
    people = [addressees.of_person(one) for one in _writers(session, matter, numbers) if one.disabled_at is None]
    hands = [to for unit, user in _hands(session, matter, numbers)
             for to in addressees.of_hands(session, unit, user, now)]  # fmt: skip
    leaders = addressees.of_desk(session, matter, Role.LEADER, Action.APPROVE_ANSWER, now)
    officers: list[Addressee] = []
    if investor_answers(matter):
        officers = addressees.of_desk(session, matter, Role.OFFICER, Action.DRAFT_ANSWER, now)
    return addressees.once([*people, *hands, *leaders, *officers])


def _writers(session: Session, matter: Consultation, numbers: Sequence[int]) -> Sequence[User]:
    """Who wrote the wordings that did not satisfy."""
    said = select(ResponseVersion.written_by_id).join(ResponseVersion.targets).join(ResponseTarget.comment)
    beside = along(AnswerRemark.comment) & (ResponseVersion.version == AnswerRemark.version)
    wrote = said.join(AnswerRemark, beside).where(Comment.consultation_id == matter.id, Comment.number.in_(numbers))
    return session.scalars(select(User).where(User.id.in_(wrote)).order_by(User.id)).all()


def _hands(session: Session, matter: Consultation, numbers: Sequence[int]) -> list[tuple[UUID | None, UUID | None]]:
    """Units and people in whose hands the comments are."""
    own = (Comment.consultation_id == matter.id, Comment.number.in_(numbers), latest_assignment())
    held = select(Assignment.unit_id, Assignment.user_id).join(Assignment.comment).where(*own).distinct()
    return [(row.unit_id, row.user_id) for row in session.execute(held)]
