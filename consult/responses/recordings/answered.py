"""Which comments of people have an answer that can be read out, and in which communes, by the rule for small groups.

A commune has a sheet of its own where it may be told that five people or more wrote. Only what anybody may read counts.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.models import Area
from consult.relationships import along
from consult.responses.models import ResponsePublication, ResponseTarget
from consult.responses.statistics.by_version import KeptByVersion
from consult.responses.statistics.cached_counts import kept_counts
from consult.submissions.comments import taken_back
from consult.submissions.comments.outcome import author_left_expression
from consult.submissions.comments.visible import readable_expression, sent_with_passed_on_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind


def answered(matter_id: UUID, near: Collection[UUID] | None) -> Select[Any]:
    """The numbers of these comments, of people of these areas or of everybody."""
    own: list[ColumnElement[bool]] = [
        ResponseTarget.consultation_id == matter_id,
        Submission.kind == SubmissionKind.COMMENT,
        readable_expression(),
        select(ResponsePublication.id).where(along(ResponseTarget.publications)).exists(),
    ]
    if near is not None:
        own += [Submission.area_id.in_(near), *_told_with_commune()]
    numbers = select(Comment.number).select_from(ResponseTarget).join(ResponseTarget.comment)
    return numbers.join(Comment.submission).where(*own)


def anything_answered(session: Session, matter: Consultation) -> bool:
    """Whether there is anything to read out."""
    return session.scalar(answered(matter.id, None).limit(1)) is not None


def answered_areas(session: Session, matter: Consultation, now: datetime) -> list[Area]:
    """The communes that have a sheet at the instant `now`, by name."""
    tellable = kept_counts.participation(session, matter, clock.local_day(now)).tellable
    there = tellable and kept_areas.of(matter.id, matter.content_version, lambda: _areas(session, matter.id)) & tellable
    if not there:
        return []
    return list(session.scalars(select(Area).where(Area.id.in_(there)).order_by(Area.folded_name, Area.code)))


def _areas(session: Session, matter_id: UUID) -> frozenset[UUID]:
    found = answered(matter_id, None).where(Submission.area_id.is_not(None), *_told_with_commune())
    return frozenset(session.scalars(found.with_only_columns(Submission.area_id).distinct()))


@cache
def _told_with_commune() -> tuple[ColumnElement[bool], ...]:
    """Where a name was taken away or is protected, the commune is told of nobody either."""
    return ~author_left_expression(), ~sent_with_passed_on_expression()


def print_mark(session: Session, matter: Consultation) -> str:
    """What names all that could be read at this moment: what was taken back last, and the highest number."""
    highest = session.scalar(select(func.max(Comment.number)).where(Comment.consultation_id == matter.id))
    return f"{taken_back.mark(session, matter.id)}-{highest or 0}"


kept_areas: KeptByVersion[frozenset[UUID]] = KeptByVersion(500)
"""The communes of which something was answered, by matter."""
