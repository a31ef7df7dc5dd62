"""What still waits for an answer, by how far that has come: each number is that of the list which it leads to."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.responses.desk.listing.case_filters import NO_DRAFT, CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.words import AnswerState
from consult.submissions.comments.outcome import Outcome

STEPS = (NO_DRAFT, AnswerState.DRAFTED, AnswerState.SENT_BACK, AnswerState.APPROVED)
"""In the order in which an answer comes about."""


def by_draft(
    session: Session, consultation: Consultation, handler: Handler, term: AnswerTerm | None, today: date
) -> dict[str, int]:
    """How many of the comments that wait have no draft, one that is not approved, and so on; those of which there is
    none are left out. A statement for each step."""
    found: dict[str, int] = {}
    for step in STEPS:
        filters = CaseFilters(outcome=Outcome.AWAITING, draft=str(step))
        chosen = matching(consultation, filters, handler, term, today).subquery()
        count = session.scalar(select(func.count()).select_from(chosen)) or 0
        if count:
            found[str(step)] = count
    return found
