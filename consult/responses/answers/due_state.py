"""Which comments are overdue, in a statement: the SQL beside `AnswerTerm.overdue`."""

from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_

from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind


def overdue_expression(term: AnswerTerm | None, on: date) -> ColumnElement[bool]:
    """Whether the term for answering is over on the local day `on`, in a statement on Comment and Submission.

    It does not ask whether there is an answer.
    """
    if term is None:
        return false()
    start = term.latest_overdue_start(on)
    begun = Comment.received_at < calendar.end_of(start)
    others = Submission.kind != SubmissionKind.CRITIQUE if term.all_begun(start) else false()
    over = and_(begun, or_(Submission.kind == SubmissionKind.CRITIQUE, others))
    waited = term.not_overdue_for_waiting(on)
    return and_(over, Comment.number.not_in(waited)) if waited else over
