"""Answers in time and late, the day in the middle, what is overdue: of a matter and of a body over several."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import Moved, term_of
from consult.responses.statistics import answer_times
from consult.responses.statistics.answer_times import AnswerTimes, times_of
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.desk_builder import make_desk

TODAY = clock.local_day(NOW)


def test_the_day_in_the_middle() -> None:
    assert AnswerTimes().median is None
    assert AnswerTimes(days=Counter([3])).median == 3
    assert AnswerTimes(days=Counter([1, 2, 10])).median == 2
    assert AnswerTimes(days=Counter([1, 2, 3, 10])).median == 2.5


def test_two_matters_of_one_body_count_together() -> None:
    both = AnswerTimes(1, 2, Counter([1, 5, 5]), Counter({date(2026, 1, 1): 2})) + AnswerTimes(1, 0, Counter([9]))
    assert (both.in_time, both.late, both.answered, both.median) == (2, 2, 4, 5)
    assert both.overdue.total() == 2


def test_answers_in_time_and_what_is_overdue(session: Session) -> None:
    desk = make_desk(session)
    one, two, ended, waits = desk.receive("Một.", "Hai.", "Ba.", "Bốn.")
    desk.answer(one, two)
    desk.by_two(ended, CommentActKind.INVALID, "off_topic")
    term = term_of(session, desk.matter)
    assert term is not None and term.public_day is not None
    times = times_of(session, desk.matter, term, term.public_day)
    assert (times.in_time, times.late, times.answered) == (2, 0, 2)
    assert not times.overdue
    after = times_of(session, desk.matter, term, term.public_day + timedelta(days=1))
    assert after.overdue == {term.public_day: 1}, waits


def test_late_answers_are_late(session: Session) -> None:
    desk = make_desk(session, opened_before=90)
    desk.answer(*desk.receive("Một."))
    term = term_of(session, desk.matter)
    assert term is not None and term.public_day is not None and term.public_day < TODAY
    times = times_of(session, desk.matter, term, TODAY)
    assert (times.in_time, times.late) == (0, 1)
    for days, told in ((0, (1, 0)), (1, (0, 1))):
        until = replace(term, moved=(Moved(term.public_day, TODAY - timedelta(days=days)),))
        times = times_of(session, desk.matter, until, TODAY)
        assert (times.in_time, times.late) == told, "an answer of the last day is in time"


def test_what_was_passed_on_looks_like_what_waits(session: Session) -> None:
    """Or who compares the figure with the pages of the comments could tell which one it is."""
    desk = make_desk(session, opened_before=90)
    _open, passed_on = desk.receive("Một.", "Hai.")
    term = term_of(session, desk.matter)
    before = times_of(session, desk.matter, term, TODAY).overdue.total()
    acts.quarantine(session, desk.matter, passed_on, "Tố cáo.", desk.officer, NOW)
    acts.pass_on(session, desk.matter, [passed_on], "Chuyển Thanh tra.", desk.officer, NOW)
    assert times_of(session, desk.matter, term, TODAY).overdue.total() == before == 2


def test_bodies_by_name_with_all_their_matters(session: Session) -> None:
    desk = make_desk(session)
    desk.answer(*desk.receive("Một."))
    (row,) = [one for one in answer_times.bodies(session, NOW) if one.body.id == desk.body.id]
    assert (row.matters, row.times.answered) == (1, 1)
    desk.matter.concluded_at = NOW
    desk.matter.touch()
    session.flush()
    (row,) = [one for one in answer_times.bodies(session, NOW) if one.body.id == desk.body.id]
    assert row.times.answered == 1
