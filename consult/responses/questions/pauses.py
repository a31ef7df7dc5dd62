"""How long the senders of comments are, or were, waited for: what the clock of their answers stands still by."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from consult.consultations.matter import answer_terms
from consult.consultations.matter.answer_terms import AnswerTerm, Pause
from consult.consultations.models import Consultation
from consult.responses.questions.models import SenderQuestion
from consult.submissions.models import Comment, Submission


def pauses_of(session: Session, consultation_id: UUID) -> dict[int, Pause]:
    """For whom is, or was, waited: by the number of their comment, and of what it was split into. One statement, and
    another where somebody was asked: in most matters nobody is, and all comments would be gone through for that."""
    if session.scalar(_any_asked(), {"matter": consultation_id}) is None:
        return {}
    rows = session.execute(_asked(), {"matter": consultation_id})
    return {number: Pause(*rest) for number, *rest in rows}


def term_of(session: Session, consultation: Consultation) -> AnswerTerm | None:
    """The term for answering of a matter, which waits for whom was asked; None where no rule sets one."""
    term = answer_terms.term_of(session, consultation)
    return replace(term, pauses=pauses_of(session, consultation.id)) if term is not None else None


def terms_of(session: Session, matters: Sequence[Consultation]) -> dict[UUID, AnswerTerm]:
    """The same of several matters, of those that have one; one statement more for each in which somebody was asked."""
    terms = answer_terms.terms_of(session, matters)
    asked = session.scalars(
        select(SenderQuestion.consultation_id).where(SenderQuestion.consultation_id.in_(list(terms))).distinct()
    )
    return terms | {one: replace(terms[one], pauses=pauses_of(session, one)) for one in asked}


@cache
def _any_asked() -> Select[UUID]:
    return select(SenderQuestion.comment_id).where(SenderQuestion.consultation_id == bindparam("matter")).limit(1)


@cache
def _asked() -> CompoundSelect[Any]:
    """What was asked of comments, and for the parts of one that was split."""
    columns: Any = (
        Comment.number, Submission.kind, Comment.received_at, SenderQuestion.asked_at, SenderQuestion.waits_until,
        SenderQuestion.replied_at, SenderQuestion.by_investor,
    )  # fmt: skip
    mine = SenderQuestion.consultation_id == bindparam("matter")
    parts, own = (
        select(*columns).select_from(SenderQuestion).join(way).join(Comment.submission).where(mine)
        for way in (SenderQuestion.parts, SenderQuestion.comment)
    )
    return union_all(parts, own)
