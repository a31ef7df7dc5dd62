"""The wordings of an answer that were public before the one that is: a correction stands beside what it corrects, and a
final answer beside the one that did not satisfy."""

from collections.abc import Iterable, Mapping, Sequence
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
    """What the answer said in a version of it, from `at` until `until`."""

    version: int
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
    return earlier_of(session, consultation_id, [(comment_id, way, answer)]).get(comment_id, ())


def earlier_of(
    session: Session, consultation_id: UUID, answered: Iterable[tuple[UUID, CommentWay, PublicAnswerRow | None]]
) -> Mapping[UUID, Sequence[EarlierAnswer]]:
    """The same of several comments, by their ids; one statement for all."""
    corrected = [comment_id for comment_id, way, answer in answered if answer is not None and _corrected(way, answer)]
    if not corrected:
        return {}
    statement = (
        select(ResponseTarget.comment_id, ResponseVersion, ResponsePublication.at)
        .join(ResponseVersion.publications)
        .join(ResponsePublication.targets)
        .where(ResponseTarget.consultation_id == consultation_id, ResponseTarget.comment_id.in_(corrected))
        .order_by(ResponsePublication.at, ResponsePublication.id)
    )
    found: dict[UUID, list[tuple[ResponseVersion, datetime]]] = {}
    for comment_id, version, at in session.execute(statement):
        found.setdefault(comment_id, []).append((version, at))
    return {comment_id: _replaced(published) for comment_id, published in found.items()}


def _corrected(way: CommentWay, answer: PublicAnswerRow) -> bool:
    return answer.text is not None and way is CommentWay.ANSWERED and answer.at != answer.first_at


def _replaced(published: Sequence[tuple[ResponseVersion, datetime]]) -> Sequence[EarlierAnswer]:
    follows = [at for _version, at in published[1:]]
    made = [
        EarlierAnswer(one.version, one.disposition, one.text, one.change, at, until)
        for (one, at), until in zip(published, follows, strict=False)
    ]
    return made[::-1]
