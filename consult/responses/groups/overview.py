"""The groups of a matter, the largest first: a line for each, however many there are."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.models import ResponseTarget
from consult.similar.models import SimilarGroup, SimilarMember
from consult.similar.words import Likeness
from consult.submissions.models import Comment

PAGE_SIZE = 30


@dataclass(frozen=True)
class GroupLine:
    """One group: its sample as the desk's list has it, how many of each likeness are in it, and how many of them nobody
    has begun to answer."""

    number: int
    size: int
    confirmed: bool
    sample: CaseLine
    many: dict[Likeness, int] = field(default_factory=dict)
    unanswered: int = 0


@dataclass(frozen=True)
class GroupPage:
    """One page of the groups of two and more, and how many comments are in all of them."""

    lines: list[GroupLine]
    total: int
    comments: int
    page: int
    pages: int


def listed(session: Session, consultation: Consultation, page: int, today: date, senders: bool) -> GroupPage:
    """One page of groups; the number of statements does not grow with them. `senders` is as in `list_rows.lines`."""
    several = (SimilarGroup.consultation_id == consultation.id, SimilarGroup.size > 1)
    total, comments = session.execute(select(func.count(), func.sum(SimilarGroup.size)).where(*several)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(1, page), pages)
    rows = session.execute(
        select(SimilarGroup, Comment.number.label("sample_number"))
        .join(SimilarGroup.sample)
        .where(*several)
        .order_by(SimilarGroup.size.desc(), SimilarGroup.number)
        .offset((at - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return GroupPage(_lines(session, consultation, rows, today, senders), total, comments or 0, at, pages)


def _lines(session: Session, consultation: Consultation, rows: Any, today: date, senders: bool) -> list[GroupLine]:
    numbers = [row.sample_number for row in rows]
    samples = list_rows.lines(session, consultation, numbers, None, today, senders=senders)
    by_number = {line.number: line for line in samples}
    counted = _counted(session, consultation.id, [row.SimilarGroup.id for row in rows])
    found = []
    for row in rows:
        group: SimilarGroup = row.SimilarGroup
        own = counted.get(group.id, [])
        many = {Likeness(one.likeness): one.many for one in own}
        waiting = sum(one.many - one.begun for one in own)
        sample = by_number[row.sample_number]
        found.append(GroupLine(group.number, group.size, group.confirmed_at is not None, sample, many, waiting))
    return found


def _counted(session: Session, consultation_id: UUID, ids: list[UUID]) -> dict[UUID, list[Any]]:
    rows = session.execute(
        select(
            SimilarMember.group_id, SimilarMember.likeness, func.count().label("many"),
            func.count(ResponseTarget.response_id).label("begun"),
        )
        .join(SimilarMember.comment)
        .outerjoin(ResponseTarget, along(ResponseTarget.comment))
        .where(SimilarMember.consultation_id == consultation_id, SimilarMember.group_id.in_(ids))
        .group_by(SimilarMember.group_id, SimilarMember.likeness)
    )  # fmt: skip
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.group_id, []).append(row)
    return found
