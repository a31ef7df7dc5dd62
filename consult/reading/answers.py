"""What the public sees of the desk's work on comments: published answers, and who has a comment in hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from consult.people.models import Unit
from consult.responses.models import Assignment, Response, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition
from consult.submissions.models import Comment


@dataclass(frozen=True)
class PublicAnswer:
    """The latest published answer to a comment; `change_path` is the provision of the newest draft where it shows."""

    response: int
    version: int
    disposition: Disposition
    text: str
    change: str
    change_path: str
    at: datetime


@dataclass(frozen=True)
class InHand:
    """Since when a unit has a comment; a person's name is never told."""

    at: datetime
    unit: str


def published_answers(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, PublicAnswer]:
    """The published answer of each of these comments that has one, in one statement."""
    rows = session.execute(
        select(
            ResponseTarget.comment_id,
            Response.number,
            ResponseVersion.version,
            ResponseVersion.disposition,
            ResponseVersion.text,
            ResponseVersion.change,
            ResponseVersion.change_path,
            ResponsePublication.at,
        )
        .join(Response, _same(Response, Response.id == ResponseTarget.response_id))
        .join(ResponsePublication, _same(ResponsePublication, ResponsePublication.response_id == Response.id))
        .join(ResponseVersion, _same(ResponseVersion, ResponseVersion.id == ResponsePublication.version_id))
        .where(
            ResponseTarget.consultation_id == consultation_id,
            ResponseTarget.comment_id.in_(list(comment_ids)),
        )
        .order_by(ResponsePublication.at, ResponsePublication.id)
    )
    # The latest publication comes last and stays.
    return {row[0]: PublicAnswer(*row[1:]) for row in rows}


def in_hand(session: Session, consultation_id: UUID, comment_id: UUID) -> InHand | None:
    """Who has a comment in hand since when, by the latest word; None while nobody does."""
    row = session.execute(
        select(Assignment.at, Assignment.unit_id, Assignment.user_id, Unit.name)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.consultation_id == consultation_id, Assignment.comment_id == comment_id)
        .order_by(Assignment.at.desc(), Assignment.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or (row.unit_id is None and row.user_id is None):
        return None
    return InHand(row.at, row.name or "")


def latest_disposition() -> Any:
    """The disposition of the published answer to a comment, as a column of a statement on Comment."""
    return (
        select(ResponseVersion.disposition)
        .join(ResponsePublication, _same_version())
        .join(
            ResponseTarget,
            and_(
                ResponseTarget.consultation_id == ResponsePublication.consultation_id,
                ResponseTarget.response_id == ResponsePublication.response_id,
            ),
        )
        .where(ResponseTarget.consultation_id == Comment.consultation_id, ResponseTarget.comment_id == Comment.id)
        .order_by(ResponsePublication.at.desc(), ResponsePublication.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def assigned_expression() -> ColumnElement[bool]:
    """Whether a comment was ever given to a unit or person, in a statement on Comment."""
    return exists().where(Assignment.consultation_id == Comment.consultation_id, Assignment.comment_id == Comment.id)


def _same(table: Any, condition: Any) -> Any:
    return and_(table.consultation_id == ResponseTarget.consultation_id, condition)


def _same_version() -> Any:
    return and_(
        ResponsePublication.consultation_id == ResponseVersion.consultation_id,
        ResponsePublication.version_id == ResponseVersion.id,
    )
