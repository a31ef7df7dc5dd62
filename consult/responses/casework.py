"""The desk's list of comments: filtered, in pages. The number of statements does not grow with comments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.desk_filters import Filters, Handler, matching, saying
from consult.responses.desk_lines import Line, lines
from consult.responses.state_of_answers import AnswerTerm
from consult.submissions.models import Comment

PAGE_SIZE = 50


@dataclass(frozen=True)
class Listed:
    """One page of the list, with how many comments the filters leave."""

    lines: list[Line]
    total: int
    page: int
    pages: int


def listed(
    session: Session,
    consultation: Consultation,
    filters: Filters,
    handler: Handler,
    term: AnswerTerm | None,
    today: date,
) -> Listed:
    """The comments that `filters` leave, by number, one page of them; `today` is the local day."""
    chosen = matching(consultation, filters, handler, term, today)
    said = saying(session, chosen, filters.words, handler) if filters.words else None
    total = _how_many(session, chosen) if said is None else len(said)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE_SIZE
    if said is None:
        numbers = list(session.scalars(chosen.order_by(Comment.number).offset(start).limit(PAGE_SIZE)))
    else:
        numbers = said[start : start + PAGE_SIZE]
    return Listed(lines(session, consultation, numbers, term, today), total, page, pages)


def _how_many(session: Session, chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
