"""More time for answers: both days are told, nothing is overdue in between, and what was late stays late."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.preparation import publication
from consult.consultations.words import Audience
from consult.errors import Invalid, NotFound, Refused
from consult.responses.answers import due_sums
from consult.responses.answers.extension import extend_answers, present_day
from consult.stages import Stage
from consult.submissions.models import Comment
from consult.submissions.words import SubmissionKind
from consult.transparency.verification import log
from tests.builders import NOW, make_publisher, period_of
from tests.responses.desk_builder import Desk, make_desk

TODAY = clock.local_day(NOW)
DAYS = timedelta(days=1)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter that was closed a few days ago."""
    return make_desk(session, Stage.RESPONDING)


def test_a_later_day_is_kept_with_the_day_before_and_stands_in_the_log(desk: Desk) -> None:
    before = present_day(desk.session, desk.matter, TODAY)
    assert before is not None and before >= TODAY
    later = before + 10 * DAYS
    extend_answers(desk.session, desk.matter, later, "Phải khảo sát thêm.", desk.publisher, NOW)
    assert present_day(desk.session, desk.matter, TODAY) == later
    found = due_sums.sum_of(desk.session, desk.matter, SubmissionKind.COMMENT, desk.matter.opens_at or NOW)
    assert found is not None and found.due == later
    (move,) = found.moves
    assert (move.code, move.before, move.after, move.reason) == (
        "answer_extended",
        before,
        later,
        "Phải khảo sát thêm.",
    )
    entry = log.entries(desk.session, desk.matter.id)[-1]
    assert (entry["kind"], entry["reason"]) == ("answers_extended", "Phải khảo sát thêm.")


def test_nothing_is_overdue_between_the_two_days(desk: Desk) -> None:
    (number,) = desk.receive("Một.")
    before = present_day(desk.session, desk.matter, TODAY)
    assert before is not None
    extend_answers(desk.session, desk.matter, before + 10 * DAYS, "Lý do.", desk.publisher, NOW)
    term = term_of(desk.session, desk.matter)
    comment = desk.session.query(Comment).filter_by(consultation_id=desk.matter.id, number=number).one()
    assert term is not None
    assert term.overdue("comment", comment.received_at, before + 10 * DAYS) == 0
    assert term.overdue("comment", comment.received_at, before + 11 * DAYS) == 1
    assert term.latest_overdue_start(before + 5 * DAYS) < (term.last_public_day or TODAY)


def test_a_day_that_is_over_is_not_moved(desk: Desk) -> None:
    before = present_day(desk.session, desk.matter, TODAY)
    assert before is not None
    after_it = calendar.end_of(before) + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        extend_answers(desk.session, desk.matter, before + 30 * DAYS, "Lý do.", desk.publisher, after_it)
    assert refused.value.reason == "answer_term_over"
    assert present_day(desk.session, desk.matter, TODAY) == before


def test_a_critique_that_was_late_stays_late(desk: Desk) -> None:
    """Its own day was over when the others' was moved."""
    before = present_day(desk.session, desk.matter, TODAY)
    assert before is not None
    extend_answers(desk.session, desk.matter, before + 10 * DAYS, "Lý do.", desk.publisher, NOW)
    term = term_of(desk.session, desk.matter)
    assert term is not None
    came = NOW - timedelta(days=60)
    due = term.due("critique", came)
    assert due is not None and due < TODAY
    assert term.overdue("critique", came, TODAY) == (TODAY - due).days


def test_no_earlier_day_no_empty_reason_and_nobody_else(desk: Desk) -> None:
    before = present_day(desk.session, desk.matter, TODAY)
    assert before is not None
    with pytest.raises(Invalid) as wrong:
        extend_answers(desk.session, desk.matter, before, "Lý do.", desk.publisher, NOW)
    assert wrong.value.errors == {"last_day": "not_later_than_now"}
    with pytest.raises(Invalid):
        extend_answers(desk.session, desk.matter, before + DAYS, " … ", desk.publisher, NOW)
    with pytest.raises(NotFound):
        extend_answers(desk.session, desk.matter, before + DAYS, "Lý do.", desk.officer, NOW)
    assert present_day(desk.session, desk.matter, TODAY) == before


def test_a_longer_period_moves_the_day_and_both_are_told(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    before = present_day(session, desk.matter, TODAY)
    period = period_of(session, desk.matter, Audience.PUBLIC)
    assert before is not None and period.closes_at is not None
    last = calendar.last_day_of(period.closes_at) + 14 * DAYS
    publisher = make_publisher(session)
    publication.extend(session, desk.matter, period.id, last, "Vì mưa lũ.", publisher, NOW)
    session.expire_all()
    found = due_sums.sum_of(session, desk.matter, SubmissionKind.COMMENT, NOW)
    assert found is not None and found.due > before
    (move,) = found.moves
    assert (move.code, move.before, move.after) == ("period_extended", before, found.due)


def test_the_sum_counts_the_days_that_are_not_worked(desk: Desk) -> None:
    """What is counted out again by hand, day by day, leads to the same day."""
    found = due_sums.sum_of(desk.session, desk.matter, SubmissionKind.COMMENT, desk.matter.opens_at or NOW)
    assert found is not None
    table = calendar.holidays(desk.session)
    day, left, skipped = found.start, found.days, 0
    while left:
        day += DAYS
        worked = calendar.working_day(day, table)
        left, skipped = left - worked, skipped + (not worked)
    assert found.counted == day
    assert skipped == found.weekend + len(found.off)
    assert found.label == "theo quy chế phối hợp"
