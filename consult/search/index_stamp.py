"""How a comment stands in the database, as a short text: what was indexed in the same state may be shown as it is.

Versions, acts and transcripts are only ever added, so that counting them tells whether anything was. An act that is
ahead of the log (`outcome.AHEAD_OF_LOG`) makes room for one after which nothing more is read.
"""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement
from consult.relationships import along
from consult.search.engines.seam import PAGE_SIZE
from consult.submissions.comments import visible
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.receiving.models import Transcript
from consult.submissions.words import CommentActKind


def _counted(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(*conditions).correlate(Comment).scalar_subquery()


# A publication of its answer counts by itself, so that what was indexed before there were such acts is still known.
_answers = CommentAct.kind == CommentActKind.ANSWERED


@cache
def _stamps() -> Select[*tuple[Any, ...]]:
    return select(
        Comment.id,
        _counted(CommentVersion, along(Comment.versions)),
        _counted(CommentAct, along(Comment.acts), CommentAct.effective_at.is_not(None), ~_answers),
        _counted(Transcript, along(Transcript.comment), Transcript.checked_at.is_not(None)),
        visible.count_passed_on_beside(),
        _counted(CommentAct, along(Comment.acts), CommentAct.effective_at.is_not(None), _answers),
    )


def _some(start: str) -> list[Any]:
    return [bindparam(f"{start}{number}", type_=Uuid()) for number in range(PAGE_SIZE)]


_OF_A_PAGE = CompiledStatement(
    _stamps().where(Comment.consultation_id.in_(_some("matter")), Comment.id.in_(_some("comment")))
)


def stamps_of(session: Session, consultation_id: UUID, numbers: Collection[int]) -> dict[UUID, str]:
    """How each of the comments of a matter with these numbers stands, by its id, in one statement."""
    wanted = _stamps().where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
    return {row[0]: _stamp(row[1:]) for row in session.execute(wanted)}


def stamps_of_page(session: Session, comments: Sequence[tuple[UUID, UUID]]) -> dict[UUID, str]:
    """The same for at most PAGE_SIZE comments, each with its matter."""
    if not comments:
        return {}
    values: dict[str, UUID] = {}
    for number in range(PAGE_SIZE):
        # The statement always names as many: what is missing is asked twice.
        matter, comment = comments[number % len(comments)]
        values |= {f"matter{number}": matter, f"comment{number}": comment}
    return {row[0]: _stamp(row[1:]) for row in _OF_A_PAGE.all(session, **values)}


def _stamp(counts: Sequence[int]) -> str:
    return ".".join(str(count) for count in counts)
