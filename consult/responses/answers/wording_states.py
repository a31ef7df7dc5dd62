"""Each answer with where its present wording stands, as a statement: the SQL beside `Answer.state`.

What few answers or all of them meet is written as joins: PostgreSQL guesses that one of two hundred meets what is
asked of each by itself, and then looks up every comment of a matter by its key, for the sake of the fifty on a page.
"""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, literal, select, true

from consult.relationships import along, under_name
from consult.responses.models import ResponseApproval, ResponseVersion
from consult.responses.words import AnswerState
from consult.submissions.comments.outcome import ANYTHING

_Other = under_name(ResponseVersion, "other")


def of_matters(consultation_ids: Collection[UUID], *first: ColumnElement[bool]) -> Any:
    """Each answer of these matters that answers a comment: `consultation_id`, `response_id`, `written_by_id` and
    `written_at` (of its present wording), `state`, and `decided_at`: when a leader last said something of that wording.
    `first` is what few ResponseVersions meet, asked before all else."""
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
        ~_rewritten(),
        exists(ANYTHING).where(along(ResponseVersion.targets)),
    )


@cache
def stands_as(state: AnswerState) -> ColumnElement[bool]:
    """Whether a ResponseVersion stands so, for `first`: of what waits nothing is looked up that was published, which in
    the end is everything."""
    if state is AnswerState.PUBLISHED:
        return _published()
    return and_(~_published(), _state() == state.value)


@cache
def waits() -> ColumnElement[bool]:
    """Whether a ResponseVersion is not published, for `first`."""
    return ~_published()


def once_sent_back(consultation_ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a leader ever sent the answer back, in a statement on ResponseVersion."""
    said = (ResponseApproval.consultation_id.in_(consultation_ids), ResponseApproval.approved == false())
    return ResponseVersion.response_id.in_(select(ResponseApproval.response_id).where(*said))


@cache
def _rewritten() -> ColumnElement[bool]:
    """Whether a later wording stands in its place."""
    same = along(ResponseVersion.of_response.of_type(_Other))
    return exists(ANYTHING).where(same, _Other.version > ResponseVersion.version)


@cache
def _published() -> ColumnElement[bool]:
    return exists(ANYTHING).where(along(ResponseVersion.publications))


@cache
def _state() -> ColumnElement[str]:
    approved = _decided(ResponseApproval.approved)
    return case(
        (_published(), literal(AnswerState.PUBLISHED.value)),
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
