"""The published answers to comments, as their pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from consult.responses.models import Response, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.words import Disposition


@dataclass(frozen=True)
class PublicAnswer:
    """The wording that was published last, and when."""

    number: int
    version: int
    disposition: Disposition
    text: str
    change: str
    change_path: str
    published_at: datetime


def published_to(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, PublicAnswer]:
    """The published answer of each of these comments that has one, in one statement.

    It does not ask whether the comment itself is public: the text of an answer to a comment that is not goes to its
    sender only.
    """
    rows = session.execute(
        select(ResponseTarget.comment_id, Response.number, ResponseVersion, ResponsePublication.at)
        .join(Response, _of(Response, Response.id == ResponseTarget.response_id))
        .join(ResponsePublication, _of(ResponsePublication, ResponsePublication.response_id == Response.id))
        .join(ResponseVersion, _of(ResponseVersion, ResponseVersion.id == ResponsePublication.version_id))
        .where(ResponseTarget.consultation_id == consultation_id, ResponseTarget.comment_id.in_(comment_ids))
        .order_by(ResponsePublication.at, ResponsePublication.id)
    )
    return {
        comment_id: PublicAnswer(
            number=number,
            version=version.version,
            disposition=version.disposition,
            text=version.text,
            change=version.change,
            change_path=version.change_path,
            published_at=at,
        )
        for comment_id, number, version, at in rows
    }


def _of(table: Any, condition: Any) -> Any:
    return and_(table.consultation_id == ResponseTarget.consultation_id, condition)
