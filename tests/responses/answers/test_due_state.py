"""Until when an answer is due: from the end of the public period, for what came later and for critiques from the day
it came. Days are worked out by hand from a calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.responses.answers.due_state import overdue_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind
from tests.responses.desk_builder import make_desk

# Friday 27 November 2026 is the last public day; answers have ten working days, and Friday 4 December is a day off.
TERM = AnswerTerm(10, DayUnit.WORKING_DAY, Roll.NONE, date(2026, 11, 27), Holidays(off=frozenset({date(2026, 12, 4)})))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "came", "due"),
    [
        # Monday to Thursday, Monday to Friday, and the Monday after: ten.
        (SubmissionKind.COMMENT, date(2026, 11, 23), date(2026, 12, 14)),
        (SubmissionKind.COMMENT, date(2026, 11, 27), date(2026, 12, 14)),
        # A body that was asked had longer: from the Wednesday on which its letter came.
        (SubmissionKind.FORMAL, date(2026, 12, 2), date(2026, 12, 17)),
        # A critique is due by itself, while the public period still lasts.
        (SubmissionKind.CRITIQUE, date(2026, 11, 23), date(2026, 12, 8)),
    ],
)
def test_the_last_day(kind: SubmissionKind, came: date, due: date) -> None:
    assert TERM.due(kind, noon(came)) == due
    assert TERM.overdue(kind, noon(came), due) == 0
    assert TERM.overdue(kind, noon(came), due + timedelta(days=3)) == 3


def test_without_an_end_nothing_but_a_critique_is_due() -> None:
    endless = AnswerTerm(10, DayUnit.DAY, Roll.NONE, None, Holidays())
    assert endless.due(SubmissionKind.COMMENT, noon(date(2026, 11, 23))) is None
    assert endless.overdue(SubmissionKind.COMMENT, noon(date(2026, 11, 23)), date(2027, 11, 23)) == 0
    assert endless.due(SubmissionKind.CRITIQUE, noon(date(2026, 11, 23))) == date(2026, 12, 3)


def test_the_database_says_the_same(session: Session) -> None:
    """On the last day nothing is late; on the day after it is."""
    desk = make_desk(session)
    desk.receive("Một.")
    for day, late in ((date(2026, 12, 14), False), (date(2026, 12, 15), True)):
        statement = (
            select(overdue_expression(TERM, day))
            .select_from(Comment)
            .join(Submission, Submission.id == Comment.submission_id)
        )
        assert bool(session.scalar(statement)) is late, day
