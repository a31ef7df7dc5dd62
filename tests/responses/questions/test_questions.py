"""A question back to the sender: told, replied once, in the log, and the clock stands still as long as is waited."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.models import OutboxMessage
from consult.responses.answers import due_sums
from consult.responses.answers.extension import extend_answers
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.questions import service as questions
from consult.responses.questions.pauses import term_of
from consult.responses.statistics.answer_times import times_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment
from consult.submissions.words import ContactKind, SubmissionKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import questions as verifying_questions
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk

MAIL = {"sender": Sender(contact_kind=ContactKind.MAIL, contact="hoa@example.org")}
DAYS = timedelta(days=1)
TODAY = clock.local_day(NOW)
MOST = 10


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter that was closed a few days ago."""
    return make_desk(session, Stage.RESPONDING)


def _ask(desk: Desk, number: int, now: datetime = NOW) -> None:
    questions.ask(desk.session, desk.matter, number, "Đoạn nào ngập?", MOST, desk.officer, now)


def _term(desk: Desk) -> AnswerTerm:
    desk.session.expire_all()
    term = term_of(desk.session, desk.matter)
    assert term is not None
    return term


def _comment(desk: Desk, number: int) -> Comment:
    return desk.session.scalars(
        select(Comment).where(Comment.consultation_id == desk.matter.id, Comment.number == number)
    ).one()


def _moved(desk: Desk, number: int) -> int:
    """By how many days the day of a comment moved: so many as were waited, and those that are not worked after them."""
    came, term = _comment(desk, number).received_at, _term(desk)
    before, after = term.due("comment", came), term.due("comment", came, number)
    assert before is not None and after is not None
    return (after - before).days


def test_the_day_moves_while_the_sender_is_waited_for_and_comes_nearer_with_the_reply(desk: Desk) -> None:
    asked, other = desk.receive("Một.", **MAIL)[0], desk.receive("Hai.")[0]
    _ask(desk, asked)
    moved = _moved(desk, asked)
    assert MOST <= moved <= MOST + 3
    assert _moved(desk, other) == 0
    questions.reply(desk.session, desk.matter, asked, "Đoạn qua cầu.", None, NOW + 3 * DAYS)
    moved = _moved(desk, asked)
    assert 3 <= moved <= 3 + 3
    found = due_sums.sum_of(desk.session, desk.matter, SubmissionKind.COMMENT, _comment(desk, asked).received_at, asked)
    assert found is not None
    (move,) = found.moves
    assert (move.code, (move.after - move.before).days) == ("sender_asked", moved)


def test_it_is_never_overdue_in_between_and_goes_on_by_itself(desk: Desk) -> None:
    (number,) = desk.receive("Một.", **MAIL)
    came = _comment(desk, number).received_at
    last = _term(desk).due("comment", came)
    assert last is not None
    moment = clock.start_of_day(last) + timedelta(hours=9)
    _ask(desk, number, moment)
    term = _term(desk)
    later = term.due("comment", came, number)
    assert later is not None and later >= last + MOST * DAYS
    day = last
    while day <= later + 2 * DAYS:
        overdue = term.overdue("comment", came, day, number)
        assert (overdue > 0) == (day > later)
        chosen = matching(desk.matter, CaseFilters(overdue=True), Handler(None), term, day)
        assert desk.session.scalars(chosen).all() == ([number] if overdue else [])
        assert times_of(desk.session, desk.matter, term, day).overdue.total() == int(overdue > 0)
        day += DAYS
    # Whatever is said after that moves nothing any more.
    questions.reply(desk.session, desk.matter, number, "Muộn.", None, moment + (MOST + 5) * DAYS)
    assert _term(desk).due("comment", came, number) == later


def test_what_was_late_before_the_question_stays_late(desk: Desk) -> None:
    (number,) = desk.receive("Một.", **MAIL)
    came = _comment(desk, number).received_at
    last = _term(desk).due("comment", came)
    assert last is not None
    _ask(desk, number, clock.start_of_day(last + 2 * DAYS))
    assert _term(desk).overdue("comment", came, last + 3 * DAYS, number) == 3


def test_an_extension_and_a_question_add_up(desk: Desk) -> None:
    (number,) = desk.receive("Một.", **MAIL)
    came = _comment(desk, number).received_at
    before = _term(desk).due("comment", came)
    assert before is not None
    extend_answers(desk.session, desk.matter, before + 14 * DAYS, "Khảo sát.", desk.publisher, NOW)
    _ask(desk, number, NOW + DAYS)
    due = _term(desk).due("comment", came, number)
    assert due is not None and due >= before + (14 + MOST) * DAYS
    found = due_sums.sum_of(desk.session, desk.matter, SubmissionKind.COMMENT, came, number)
    assert found is not None and [one.code for one in found.moves] == ["answer_extended", "sender_asked"]


def test_parts_of_what_was_asked_about_wait_too(desk: Desk) -> None:
    (number,) = desk.receive("Một và hai.", **MAIL)
    _ask(desk, number)
    parts = acts.split(desk.session, desk.matter, number, [comment("Một."), comment("Hai.")], desk.officer, NOW + DAYS)
    assert all(_moved(desk, one.number) >= MOST for one in parts)


def test_asked_once_of_who_can_be_told_and_replied_once(desk: Desk) -> None:
    number, nobody = desk.receive("Một.", **MAIL)[0], desk.receive("Hai.")[0]
    with pytest.raises(Invalid):
        questions.ask(desk.session, desk.matter, number, " … ", MOST, desk.officer, NOW)
    with pytest.raises(NotFound):
        questions.ask(desk.session, desk.matter, number, "Gì?", MOST, desk.publisher, NOW)
    _refused(desk, "question_to_nobody", nobody)
    with pytest.raises(NotFound):
        questions.reply(desk.session, desk.matter, number, "Chưa ai hỏi.", None, NOW)
    _ask(desk, number)
    _refused(desk, "question_asked_already", number)
    questions.reply(desk.session, desk.matter, number, "Đoạn đầu.", None, NOW)
    with pytest.raises(Refused) as refused:
        questions.reply(desk.session, desk.matter, number, "Đoạn cuối.", desk.officer, NOW)
    assert refused.value.reason == "question_replied_already"
    events = desk.session.scalars(select(OutboxMessage.event).where(OutboxMessage.event.like("question%"))).all()
    assert sorted(events) == ["question_asked", "question_replied"]


def test_what_has_its_answer_is_neither_asked_nor_replied(desk: Desk) -> None:
    asked, answered = desk.receive("Một.", "Hai.", **MAIL)
    _ask(desk, asked)
    desk.release(asked, answered)
    desk.answer(asked, answered)
    _refused(desk, "question_answered_already", answered)
    with pytest.raises(Refused) as refused:
        questions.reply(desk.session, desk.matter, asked, "Muộn rồi.", None, NOW)
    assert refused.value.reason == "question_answered_already"


def _refused(desk: Desk, reason: str, number: int) -> None:
    with pytest.raises(Refused) as refused:
        _ask(desk, number)
    assert refused.value.reason == reason


def test_the_log_commits_to_the_words_and_tells_none(desk: Desk) -> None:
    (number,) = desk.receive("Một.", **MAIL)
    _ask(desk, number)
    questions.reply(desk.session, desk.matter, number, "Ở nhà ông Páo.", None, NOW + DAYS)
    log = Log(verifying_log.entries(desk.session, desk.matter.id))
    asked, replied = log.entries[-2:]
    assert (asked["kind"], asked["comment"], asked["until"]) == (
        "question_asked", number, (TODAY + MOST * DAYS).isoformat(),
    )  # fmt: skip
    assert replied["kind"] == "question_replied" and "Páo" not in str(log.entries)
    numbers = {_comment(desk, number).id: number}
    assert verifying_questions.check_questions(desk.session, desk.matter.id, log, numbers) == 1
    row = questions.question_of(desk.session, _comment(desk, number))
    assert row is not None
    row.reply = "Ở nhà khác."
    with desk.session.no_autoflush:
        desk.session.flush()
    with pytest.raises(Tampered):
        verifying_questions.check_questions(desk.session, desk.matter.id, log, numbers)
