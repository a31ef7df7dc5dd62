"""Each answer with where its present wording stands, as a statement: the SQL beside `Answer.state`."""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, false, func, literal, select, true

from consult.relationships import along, under_name
from consult.responses.models import ResponseApproval, ResponseTarget, ResponseVersion
from consult.responses.words import AnswerState

_Other = under_name(ResponseVersion, "other")


def of_matters(consultation_ids: Collection[UUID], *first: ColumnElement[bool]) -> Any:
    """Each answer of these matters that answers a comment: `consultation_id`, `response_id`, `written_by_id` and
    `written_at` (of its present wording), `state`, and `decided_at`: when a leader last said something of that wording.
    `first` is what few ResponseVersions meet, asked before all else."""
    newest = (
        select(func.max(_Other.version))
        .where(along(ResponseVersion.of_response.of_type(_Other)))
        .correlate(ResponseVersion)
        .scalar_subquery()
    )
    return select(
        ResponseVersion.consultation_id,
        ResponseVersion.response_id,
        ResponseVersion.written_by_id,
        ResponseVersion.written_at,
        _state().label("state"),
        _decided(ResponseApproval.at).label("decided_at"),
    ).where(
        ResponseVersion.consultation_id.in_(consultation_ids),
        *first,
        ResponseVersion.version == newest,
        # Asked of each: where PostgreSQL takes it for a join of its own, it holds every answer against every comment.
        _any_target().is_not(None),
    )


def once_sent_back(consultation_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a leader ever sent the answer back, in a statement on ResponseVersion."""
    said = (ResponseApproval.consultation_id.in_(consultation_ids), ResponseApproval.approved == false())
    return ResponseVersion.response_id.in_(select(ResponseApproval.response_id).where(*said))


@cache
def _any_target() -> Any:
    return (
        select(ResponseTarget.comment_id)
        .where(along(ResponseVersion.targets))
        .limit(1)
        .correlate(ResponseVersion)
        .scalar_subquery()
    )


@cache
def _state() -> ColumnElement[str]:
    published = exists().where(along(ResponseVersion.publications))
    approved = _decided(ResponseApproval.approved)
    return case(
        (published, literal(AnswerState.PUBLISHED.value)),
        (approved == true(), literal(AnswerState.APPROVED.value)),
        (approved == false(), literal(AnswerState.SENT_BACK.value)),
        else_=literal(AnswerState.DRAFTED.value),
    )


def _decided(column: Any) -> Any:
    """What a leader last said of the present wording, and nobody of an earlier one."""
    return (
        select(column)
        .where(along(ResponseVersion.approvals), ResponseApproval.version_hash == ResponseVersion.hash)
        .order_by(ResponseApproval.at.desc(), ResponseApproval.id.desc())
        .limit(1)
        .correlate(ResponseVersion)
        .scalar_subquery()
    )
