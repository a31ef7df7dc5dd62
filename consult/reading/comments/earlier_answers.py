"""The wordings of an answer that were public before the one that is: a correction stands beside what it corrects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.reading.comments.progress import CommentWay
from consult.reading.comments.rows import PublicAnswerRow
from consult.responses.models import ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition


@dataclass(frozen=True)
class EarlierAnswer:
    """What the answer said from `at` until `until`."""

    disposition: Disposition
    text: str
    change: str
    at: datetime
    until: datetime


def earlier_answers(
    session: Session, consultation_id: UUID, comment_id: UUID, way: CommentWay, answer: PublicAnswerRow | None
) -> Sequence[EarlierAnswer]:
    """Of a comment that is answered, the newest first; none where the answer was never corrected, or went to senders
    alone. One statement, and only where there was a correction."""
    if answer is None or answer.text is None or way is not CommentWay.ANSWERED or answer.at == answer.first_at:
        return ()
    statement = (
        select(ResponseVersion, ResponsePublication.at)
        .join(ResponseVersion.publications)
        .join(ResponsePublication.targets)
        .where(ResponseTarget.consultation_id == consultation_id, ResponseTarget.comment_id == comment_id)
        .order_by(ResponsePublication.at, ResponsePublication.id)
    )
    found = session.execute(statement).all()
    follows = [row.at for row in found[1:]]
    made = [
        EarlierAnswer(one.disposition, one.text, one.change, at, until)
        for (one, at), until in zip(found, follows, strict=False)
    ]
    return made[::-1]
