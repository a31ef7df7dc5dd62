"""Which tags there are, on how many comments each, and which a comment has."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.responses.triage_models import CommentTag, Tag


@dataclass(frozen=True)
class CountedTag:
    """A tag, and how many comments have it."""

    number: int
    name: str
    count: int


def counted(session: Session, consultation_id: UUID) -> list[CountedTag]:
    """The tags of a matter by name, in one statement."""
    how_many = (
        select(CommentTag.tag_id, func.count().label("count"))
        .where(CommentTag.consultation_id == consultation_id)
        .group_by(CommentTag.tag_id)
        .subquery()
    )
    rows = session.execute(
        select(Tag.number, Tag.name, func.coalesce(how_many.c.count, 0))
        .outerjoin(how_many, how_many.c.tag_id == Tag.id)
        .where(Tag.consultation_id == consultation_id)
        .order_by(Tag.folded)
    )
    return [CountedTag(*row) for row in rows]


def of_comments(session: Session, consultation_id: UUID, comment_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The names of the tags of these comments, by the comment's id; those without any are not in it. One statement."""
    found: dict[UUID, list[str]] = {}
    if not comment_ids:
        return found
    rows = session.execute(
        select(CommentTag.comment_id, Tag.name)
        .join(CommentTag.tag)
        .where(CommentTag.consultation_id == consultation_id, CommentTag.comment_id.in_(comment_ids))
        .order_by(Tag.folded)
    )
    for comment_id, name in rows:
        found.setdefault(comment_id, []).append(name)
    return found
