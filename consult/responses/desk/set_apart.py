"""What is set apart is read by those alone who deal with it, and each reading is recorded: who opened which text when.

A text that looks like a denunciation is set apart at once by one person; two end that (it is released by two), or it is
passed on. Its own clock runs from then: Luật Tố cáo 25/2018 Điều 24 gives five working days to pass on what another
authority is to deal with; how many this desk takes is the province's rule (`CONSULT_SET_ASIDE_DAYS`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Roll
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound
from consult.policy import Action, Actor, require
from consult.responses.triage_models import SetApartReading
from consult.submissions.comments import comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.visible import is_set_apart, waits_for_check
from consult.submissions.models import Comment

OPEN_FOR = timedelta(hours=1)
"""So long a text that somebody opened stays open to them; then they open it again."""


@dataclass(frozen=True)
class SetApart:
    """How a comment that is set apart stands: until which local day it should be dealt with (None once it was passed
    on), and who read it, the first first."""

    due_on: date | None
    readings: Sequence[SetApartReading]


def open_text(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """Opens a text that is set apart to who deals with it, and records that. Raises NotFound, also for one that is not
    set apart; Refused with the policy's reason."""
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        one = comment_state.read(session, consultation.id, [number])[0]
        if not is_set_apart(one.outcome, one.visibility):
            raise NotFound
        session.add(
            SetApartReading(
                consultation_id=consultation.id, id=new_id(), comment_id=one.comment.id, at=now, by_id=person(actor)
            )
        )


def unread(
    session: Session, consultation: Consultation, numbers: Collection[int], actor: Actor, now: datetime
) -> set[int]:
    """Which of these comments `actor` has not opened within the hour, whether they are set apart or not. One
    statement."""
    opened = (
        select(Comment.number)
        .join(SetApartReading.comment)
        .where(Comment.consultation_id == consultation.id, Comment.number.in_(numbers))
        .where(SetApartReading.by_id == actor.user_id, SetApartReading.at > now - OPEN_FOR)
    )
    return set(numbers) - set(session.scalars(opened))


def has_opened(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> bool:
    """Whether `actor` has opened this comment within the hour."""
    return not unread(session, consultation, [number], actor, now)


def has_opened_sent(
    session: Session, consultation: Consultation, submission_id: UUID, actor: Actor, now: datetime
) -> bool:
    """Whether `actor` has opened a comment of this submission within the hour."""
    numbers = session.scalars(
        select(Comment.number).where(Comment.consultation_id == consultation.id, Comment.submission_id == submission_id)
    ).all()
    return len(unread(session, consultation, numbers, actor, now)) < len(numbers)


def standing(session: Session, one: CommentState, days: int) -> SetApart | None:
    """How a comment stands that is set apart; None for another. `days` are working days."""
    if not is_set_apart(one.outcome, one.visibility):
        return None
    rows = session.scalars(
        select(SetApartReading)
        .where(
            SetApartReading.consultation_id == one.comment.consultation_id,
            SetApartReading.comment_id == one.comment.id,
        )
        .options(joinedload(SetApartReading.by))
        .order_by(SetApartReading.at, SetApartReading.id)
    ).all()
    return SetApart(_due(session, one, days), rows)


def _due(session: Session, one: CommentState, days: int) -> date | None:
    act = one.deciding_act
    waits = waits_for_check(one.outcome, one.visibility)
    if not waits or act is None or act.effective_at is None:
        return None
    first, off = clock.local_day(act.effective_at), calendar.holidays(session)
    return calendar.last_day(first, days, DayUnit.WORKING_DAY, off, Roll.NEXT_WORKING_DAY)
