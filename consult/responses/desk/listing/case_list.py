"""The desk's list of comments: filtered, in pages. The number of statements does not grow with comments."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching, order
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.desk.listing.word_search import saying
from consult.submissions.models import Comment, CommentVersion

PAGE_SIZE = 50


@dataclass(frozen=True)
class CasePage:
    """One page of the list, with how many comments the filters leave."""

    lines: list[CaseLine]
    total: int
    page: int
    pages: int


def listed(
    session: Session,
    consultation: Consultation,
    filters: CaseFilters,
    handler: Handler,
    term: AnswerTerm | None,
    today: date,
) -> CasePage:
    """One page of the comments that `filters` leave, by number or the most joined first; `today` is the local day."""
    chosen = matching(consultation, filters, handler, term, today).order_by(*order(filters))
    said = None
    if filters.words:
        said = saying(session, consultation, chosen, filters.words, handler, _nothing_else(filters))
    total = _how_many(session, chosen) if said is None else len(said)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE_SIZE
    if said is None:
        numbers = list(session.scalars(chosen.offset(start).limit(PAGE_SIZE)))
    else:
        numbers = said[start : start + PAGE_SIZE]
    found = lines(session, consultation, numbers, term, today, senders=handler.senders)
    shown = sorted(found, key=lambda line: numbers.index(line.number))
    return CasePage(shown, total, page, pages)


def all_numbers(
    session: Session, consultation: Consultation, filters: CaseFilters, handler: Handler, term: AnswerTerm | None,
    today: date, seen_at: datetime, most: int, up_to: int | None = None,
) -> list[int]:  # fmt: skip
    """The comments that `filters` leave, of the first `up_to` that came where that is given, and that were not changed
    after `seen_at`; the first `most` by their order. What is recorded of paper is as old as the paper: it is told by
    its number."""
    later = select(CommentVersion.comment_id).where(
        CommentVersion.consultation_id == consultation.id, CommentVersion.at > seen_at
    )
    chosen = matching(consultation, filters, handler, term, today).where(Comment.id.not_in(later))
    chosen = chosen.order_by(*order(filters))
    if up_to is not None:
        chosen = chosen.where(Comment.number <= up_to)
    if filters.words:
        return saying(session, consultation, chosen, filters.words, handler)[:most]
    return list(session.scalars(chosen.limit(most)))


def neighbours(
    session: Session, consultation: Consultation, filters: CaseFilters, handler: Handler, term: AnswerTerm | None,
    today: date, number: int,
) -> tuple[int | None, int | None]:  # fmt: skip
    """The numbers before and after `number` in the list that `filters` leave, also when it is not in it any more: an
    answered one is none of those that wait. Two statements; one where words are looked for."""
    chosen = matching(consultation, filters, handler, term, today)
    if filters.words:
        said = sorted(saying(session, consultation, chosen, filters.words, handler))
        place = bisect_left(said, number)
        after = [one for one in said[place : place + 2] if one > number]
        return (said[place - 1] if place else None), (after[0] if after else None)
    before = chosen.where(Comment.number < number).order_by(Comment.number.desc()).limit(1)
    after_it = chosen.where(Comment.number > number).order_by(Comment.number).limit(1)
    return session.scalar(before), session.scalar(after_it)


def _nothing_else(filters: CaseFilters) -> bool:
    """Whether words alone narrow the list, which stands by number."""
    return replace(filters, words="", page=1) == CaseFilters()


def _how_many(session: Session, chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
