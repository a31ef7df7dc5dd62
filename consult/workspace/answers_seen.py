"""Which answers to a letter came since somebody of the body looked at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.people.models import User
from consult.policy import Actor
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome, ending_act
from consult.submissions.models import Submission
from consult.workspace.drafts import person
from consult.workspace.models import LetterLook


@dataclass(frozen=True)
class Look:
    """When somebody looked last, and who."""

    at: datetime
    by: str


def looks(session: Session, submissions: Sequence[Submission]) -> dict[UUID, Look]:
    """When somebody of the body looked last at the answers to each of these letters."""
    rows = session.execute(
        select(LetterLook, User.name)
        .join(User, User.id == LetterLook.by_id)
        .where(
            LetterLook.consultation_id.in_({one.consultation_id for one in submissions}),
            LetterLook.submission_id.in_([one.id for one in submissions]),
        )
        .order_by(LetterLook.at, LetterLook.id)
    )
    return {look.submission_id: Look(look.at, name) for look, name in rows}


def looked(session: Session, consultation: Consultation, submission: Submission, actor: Actor, now: datetime) -> None:
    """The answers that are there have been looked at."""
    key = submission.id
    with writing(session, consultation.id):
        session.add(
            LetterLook(consultation_id=consultation.id, id=new_id(), submission_id=key, at=now, by_id=person(actor))
        )


def new_among(states: Sequence[CommentState], look: Look | None) -> list[int]:
    """The numbers of the comments that were answered since the last look."""
    ended = [(one, ending_act(one.acts)) for one in states if one.outcome is Outcome.ANSWERED]
    return [
        one.comment.number
        for one, act in ended
        if act is not None and act.effective_at is not None and (look is None or act.effective_at > look.at)
    ]
