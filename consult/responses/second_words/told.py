"""Second words as they are read: what was said, the dialogues over it, and whether the final answer is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.relationships import along
from consult.responses.models import ResponsePublication, ResponseVersion
from consult.responses.second_words.models import AnswerRemark, Dialogue, DialoguePoint
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment


@dataclass(frozen=True)
class PointTold:
    """A dialogue with what came of one point there; `moved` is one that never took place, since another was called
    over this point, or another point of it."""

    dialogue: Dialogue
    point: DialoguePoint
    moved: bool

    @property
    def held(self) -> bool:
        """Whether its minutes are there."""
        return self.dialogue.recorded_at is not None

    @property
    def waits(self) -> bool:
        """Whether it is called and not recorded yet."""
        return not self.held and not self.moved


@dataclass(frozen=True)
class SecondWord:
    """What a body says of one answer, with the dialogues over it, the first first; `answered` tells whether a later
    version of the answer is public, which is the final answer where the first did not satisfy."""

    remark: AnswerRemark
    dialogues: Sequence[PointTold]
    answered: bool

    @property
    def said_at(self) -> datetime | None:
        """When it reached the body responsible: a paper when it was received, however much later it was entered."""
        return self.remark.paper.received_at if self.remark.paper else self.remark.signed_at

    @property
    def satisfied(self) -> bool:
        """Whether the answer satisfied."""
        return self.remark.verdict is Verdict.SATISFIED

    @property
    def unsatisfied(self) -> bool:
        """Whether it did not."""
        return self.remark.verdict is Verdict.UNSATISFIED

    @property
    def waits(self) -> bool:
        """Whether a final answer is owed."""
        return self.unsatisfied and not self.answered

    @property
    def open_dialogue(self) -> Dialogue | None:
        """The dialogue that the final answer waits for."""
        return next((one.dialogue for one in self.dialogues if one.waits), None)

    @property
    def due(self) -> date | None:
        """Until the end of which local day the final answer is owed; a dialogue moves it unless it was late by then."""
        due = self.remark.answer_by
        for one in self.dialogues:
            if due is not None and clock.local_day(one.dialogue.called_at) <= due:
                due = max(due, one.dialogue.answer_by)
        return due if self.unsatisfied else None

    def days_late(self, now: datetime) -> int:
        """By how many local days the final answer is late; 0 when it is not, or is there."""
        due = self.due
        return max(0, (clock.local_day(now) - due).days) if self.waits and due is not None else 0


def second_words(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, SecondWord]:
    """What anybody may read of second words on the answers to these comments, by comment: one statement, and one more
    where there are some. Whether a comment itself may be read is asked by who asks."""
    return _told(session, AnswerRemark.consultation_id == consultation_id, AnswerRemark.comment_id.in_(comment_ids))


@cache
def answered_expression() -> ColumnElement[bool]:
    """Whether a version of the answer is public that is later than the one an AnswerRemark was signed beside."""
    return (
        select(ResponseVersion.id)
        .join(ResponseVersion.publications)
        .join(ResponsePublication.targets)
        .where(along(AnswerRemark.targets), ResponseVersion.version > AnswerRemark.version)
        .correlate(AnswerRemark)
        .exists()
    )


def _told(session: Session, *which: ColumnElement[bool]) -> dict[UUID, SecondWord]:
    signed = select(AnswerRemark, answered_expression()).where(*which, AnswerRemark.signed_at.is_not(None))
    with_papers = signed.options(joinedload(AnswerRemark.paper))
    rows = session.execute(with_papers.order_by(AnswerRemark.comment_id)).all()
    if not rows:
        return {}
    held = _dialogues(session, rows[0][0].consultation_id, [remark.comment_id for remark, _answered in rows])
    return {
        remark.comment_id: SecondWord(remark, held.get(remark.comment_id, ()), bool(answered))
        for remark, answered in rows
    }


def _dialogues(session: Session, consultation_id: UUID, comment_ids: list[UUID]) -> dict[UUID, list[PointTold]]:
    """All of the same letters are looked at: one that was called anew over one point is held over none."""
    letters = select(Comment.submission_id).where(
        Comment.consultation_id == consultation_id, Comment.id.in_(comment_ids)
    )
    rows = session.execute(
        select(DialoguePoint, Dialogue)
        .join(DialoguePoint.dialogue)
        .where(Dialogue.consultation_id == consultation_id, Dialogue.submission_id.in_(letters))
        .order_by(Dialogue.number, DialoguePoint.comment_id)
    ).all()
    last = {point.comment_id: dialogue.number for point, dialogue in rows}
    again = {dialogue.number for point, dialogue in rows if dialogue.number < last[point.comment_id]}
    found: dict[UUID, list[PointTold]] = {}
    for point, dialogue in rows:
        moved = dialogue.recorded_at is None and dialogue.number in again
        found.setdefault(point.comment_id, []).append(PointTold(dialogue, point, moved))
    return found
