"""What the public sees of answers: the wording published last, and whom it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session, aliased

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.models import Response, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment

Target = tuple[UUID, int, bool]
"""A comment that a response answers: id, number, and whether the public may read it."""


@dataclass(frozen=True)
class PublishedAnswer:
    """An answer in the wording that is public now, to the comments `numbers`; `at` is when that wording was published,
    `first_at` when the first one was.

    `text` and `change` are None when none of its comments may be read by the public: then the answer went to the
    senders only (docs/ledger.md), and only that there is one, with its disposition, is told.
    """

    response_id: UUID
    number: int
    version: int
    disposition: Disposition
    text: str | None
    change: str | None
    change_path: str
    numbers: tuple[int, ...]
    at: datetime
    first_at: datetime
    written_at: datetime


def published_answers(
    session: Session, consultation: Consultation, comment_ids: Iterable[UUID], to_sender: bool = False
) -> dict[UUID, PublishedAnswer]:
    """The published answers to these comments, by the comment's id, in two statements. What has none is not in it.

    With `to_sender` (for the page of who sent the comment, and for the desk) the text is always there.
    """
    asked = list(comment_ids)
    answered = select(ResponseTarget.response_id).where(
        ResponseTarget.consultation_id == consultation.id, ResponseTarget.comment_id.in_(asked)
    )
    return _published(session, consultation.id, ResponsePublication.response_id.in_(answered), set(asked), to_sender)


def all_published(session: Session, consultation: Consultation, to_sender: bool = False) -> dict[UUID, PublishedAnswer]:
    """The same for every comment of the matter."""
    return _published(session, consultation.id, true(), None, to_sender)


def for_senders_alone(readable: Iterable[bool]) -> bool:
    """Whether an answer went to the senders alone: of none of its comments may the public read the text."""
    return not any(readable)


@cache
def for_senders_alone_expression(target: Any) -> ColumnElement[bool]:
    """`for_senders_alone` of the answer that `target` (a ResponseTarget of a statement) names."""
    other = aliased(ResponseTarget)
    return ~(
        select(Comment.id)
        .join(other, along(other.comment))
        .where(along(target.of_response.of_type(other)), readable_expression())
        .correlate(target)
        .exists()
    )


def _published(
    session: Session, consultation_id: UUID, which: ColumnElement[bool], asked: set[UUID] | None, to_sender: bool
) -> dict[UUID, PublishedAnswer]:
    first_at: dict[UUID, datetime] = {}
    latest: dict[UUID, Any] = {}
    for row in session.execute(_publications().where(ResponsePublication.consultation_id == consultation_id, which)):
        first_at.setdefault(row.response_id, row.at)
        latest[row.response_id] = row
    targets = _targets(session, consultation_id, latest) if latest else {}
    found: dict[UUID, PublishedAnswer] = {}
    for response_id, row in latest.items():
        answer = _answer(row, first_at[response_id], targets[response_id], to_sender)
        aimed = (comment_id for comment_id, _number, _readable in targets[response_id])
        found.update({comment_id: answer for comment_id in aimed if asked is None or comment_id in asked})
    return found


def _answer(row: Any, first_at: datetime, targets: list[Target], to_sender: bool) -> PublishedAnswer:
    told = to_sender or not for_senders_alone(readable for _comment, _number, readable in targets)
    version: ResponseVersion = row.ResponseVersion
    return PublishedAnswer(
        response_id=row.response_id,
        number=row.number,
        version=version.version,
        disposition=version.disposition,
        text=version.text if told else None,
        change=version.change if told else None,
        change_path=version.change_path if told else "",
        numbers=tuple(sorted(number for _comment, number, _readable in targets)),
        at=row.at,
        first_at=first_at,
        written_at=version.written_at,
    )


@cache
def _publications() -> Select[UUID, datetime, int, ResponseVersion]:
    published = ResponsePublication
    return (
        select(published.response_id, published.at, Response.number, ResponseVersion)
        .join(published.response)
        .join(published.version)
        .order_by(published.at, published.id)
    )


def _targets(session: Session, consultation_id: UUID, responses: Iterable[UUID]) -> dict[UUID, list[Target]]:
    """Whom each response answers."""
    rows = session.execute(
        select(ResponseTarget.response_id, Comment.id, Comment.number, readable_expression())
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, ResponseTarget.response_id.in_(list(responses)))
    )
    found: dict[UUID, list[Target]] = {}
    for response_id, comment_id, number, readable in rows:
        found.setdefault(response_id, []).append((comment_id, number, bool(readable)))
    return found
