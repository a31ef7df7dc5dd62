"""The desk's list of comments: filtered, in pages. The number of statements does not grow with comments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.desk.listing.filters import CaseFilters, Handler, matching, order
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.desk.listing.word_search import saying

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
    said = saying(session, consultation, chosen, filters.words, handler) if filters.words else None
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


def _how_many(session: Session, chosen: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
