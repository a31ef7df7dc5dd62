"""The bits of the comments that a reader finds by a word: bit n of a number stands for comment n.

The database puts them together: a hundred thousand numbers one by one would take longer than being found.
"""

from collections import defaultdict
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from consult.responses.models import Assignment, ResponsePublication, ResponseTarget, ResponseVersion
from consult.responses.statistics.letters import LETTERS
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import ENDS, kind_among, stands_expression
from consult.submissions.models import Comment, CommentAct, Submission

Bits = dict[str, int]
"""The bits of the comments of each word; of words without a comment, nothing."""

TOGETHER = 24
"""So many numbers are put together by the database: three bytes, which both kinds of it add up as whole numbers."""

ASSIGNED = "assigned"

_MATTER: BindParameter[UUID] = bindparam("matter")


def ended(session: Session, consultation_id: UUID) -> Bits:
    """By what became of them: those that await an answer, and were not passed on, have no word."""
    return _told(session, _ended(), consultation_id)


def assigned(session: Session, consultation_id: UUID) -> Bits:
    """Those that were ever given to a unit or person, as ASSIGNED."""
    return _told(session, _assigned(), consultation_id)


def disposed(session: Session, consultation_id: UUID) -> Bits:
    """By the disposition of the answer published last, whatever became of them."""
    return _told(session, _disposed(), consultation_id)


def letters(session: Session, consultation_id: UUID) -> Bits:
    """Those of letters, by the kind of letter."""
    return _told(session, _letters(), consultation_id)


def topics(session: Session, consultation_id: UUID, first: int, end: int) -> Bits:
    """Those with numbers from `first` to before `end` by their topic, as far as anybody may read them."""
    return _told(session, _topics(), consultation_id, first=first, end=end)


def placed(session: Session, consultation_id: UUID, where: ColumnElement[bool]) -> int:
    """The bits of those that meet a condition on Comment."""
    numbers = select(Comment.number, literal("").label("word")).where(Comment.consultation_id == _MATTER, where)
    return _told(session, _together(numbers), consultation_id).get("", 0)


def _told(session: Session, statement: Select[Any], consultation_id: UUID, **given: int) -> Bits:
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for word, place, bits in session.execute(statement, {"matter": consultation_id, **given}):
        first = place * TOGETHER // 8
        one = found[word]
        one.extend(bytes(max(0, first + TOGETHER // 8 - len(one))))
        one[first : first + TOGETHER // 8] = bits.to_bytes(TOGETHER // 8, "little")
    return {word: int.from_bytes(bits, "little") for word, bits in found.items()}


def _together(numbers: Select[Any, Any]) -> Select[Any]:
    """The bits of these rows of `number` and `word`, none of which is there twice, by the place of their first."""
    one = numbers.subquery()
    place, bit = one.c.number // TOGETHER, literal_column("1").bitwise_lshift(one.c.number % TOGETHER)
    return select(one.c.word, place.label("place"), func.sum(bit)).group_by(one.c.word, place)


def _of_comments(found: Select[Any, Any]) -> Select[Any]:
    """The same of rows of `comment_id` and `word`."""
    one = found.subquery()
    own = (Comment.consultation_id == _MATTER) & (Comment.id == one.c.comment_id)
    return _together(select(Comment.number, one.c.word).select_from(one).join(Comment, own))


@cache
def _ended() -> Select[Any]:
    """Each comment that has an act by which it ends, by the one that counts first."""
    first = func.min(case({kind: place for place, kind in enumerate(ENDS)}, value=CommentAct.kind))
    told = case({place: literal(outcome.value) for place, outcome in enumerate(ENDS.values())}, value=first)
    own = (CommentAct.consultation_id == _MATTER, CommentAct.effective_at.is_not(None), kind_among(ENDS))
    found = select(CommentAct.comment_id, told.label("word")).where(*own, stands_expression())
    return _of_comments(found.group_by(CommentAct.comment_id))


@cache
def _assigned() -> Select[Any]:
    found = select(Assignment.comment_id, literal(ASSIGNED).label("word"))
    return _of_comments(found.where(Assignment.consultation_id == _MATTER).distinct())


@cache
def _disposed() -> Select[Any]:
    """What an answer says now is looked up once for all comments that have the same."""
    latest = func.row_number().over(
        partition_by=ResponsePublication.response_id,
        order_by=[ResponsePublication.at.desc(), ResponsePublication.id.desc()],
    )
    said = (
        select(ResponsePublication.response_id, ResponseVersion.disposition, latest.label("place"))
        .join(ResponsePublication.version)
        .where(ResponsePublication.consultation_id == _MATTER)
        .subquery()
    )
    own = (ResponseTarget.consultation_id == _MATTER) & (ResponseTarget.response_id == said.c.response_id)
    word = type_coerce(said.c.disposition, String).label("word")
    found = select(ResponseTarget.comment_id, word).select_from(said).join(ResponseTarget, own)
    return _of_comments(found.where(said.c.place == 1))


@cache
def _letters() -> Select[Any]:
    own = (Submission.consultation_id == _MATTER, Submission.kind.in_(LETTERS))
    numbers = select(Comment.number, type_coerce(Submission.kind, String).label("word"))
    return _together(numbers.join(Comment.submission).where(*own))


@cache
def _topics() -> Select[Any]:
    block = (Comment.number >= bindparam("first"), Comment.number < bindparam("end"))
    own = (Comment.consultation_id == _MATTER, *block, Comment.topic.is_not(None), visible.readable_expression())
    return _together(select(Comment.number, type_coerce(Comment.topic, String).label("word")).where(*own))
