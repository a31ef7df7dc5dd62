"""An answer to several comments of which one is to be answered no more: who wrote it is told which, and why."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.answers import answer_state, outdated, stale_answers
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state
from consult.submissions.sender.amendment import withdraw
from consult.submissions.words import CommentActKind
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW
from tests.pages import Browser
from tests.responses.answers.test_public_sums import submission_of
from tests.responses.desk_builder import Desk, comment, make_desk

LATER = NOW + timedelta(minutes=1)


def end(desk: Desk, number: int, how: str) -> None:
    if how == "withdrawn":
        withdraw(desk.session, desk.matter, submission_of(desk, number), [number], LATER, LATER)
    elif how == "invalid":
        desk.by_two(number, CommentActKind.INVALID, "off_topic")
    elif how == "split":
        parts = [comment("Việc một."), comment("Việc hai.")]
        acts.split(desk.session, desk.matter, number, parts, desk.officer, LATER)
    else:
        acts.pass_on(desk.session, desk.matter, [number], "Thuộc nơi khác.", desk.officer, LATER, "Cơ quan khác")


def owed(desk: Desk) -> int:
    desk.session.expire_all()
    found = queues.waiting(desk.session, desk.officer, LATER)
    return sum(one.count for one in found if one.queue is Queue.OUTDATED)


@pytest.mark.parametrize("how", ["withdrawn", "invalid", "split", "passed_on"])
@pytest.mark.parametrize("approved", [False, True])
def test_its_writer_is_told_which_and_what_happened(session: Session, how: str, approved: bool) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    response = desk.draft(first, second, third)
    if approved:
        desk.approve(response)
    assert owed(desk) == 0
    end(desk, second, how)
    assert owed(desk) == 1
    answer = answer_state.one(session, desk.matter.id, response.id)
    states = comment_state.read(session, desk.matter.id, answer.numbers)
    assert stale_answers.happened(answer, states) == [(f"answer_since.{how}", [second])]
    desk.draft(first, third, response_id=response.id)
    assert owed(desk) == 0


def test_an_answer_that_is_owed_to_nobody_any_more_waits_for_nobody(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    desk.draft(first, second)
    end(desk, first, "withdrawn")
    end(desk, second, "withdrawn")
    assert owed(desk) == 0


def test_a_public_answer_stays_as_it_is(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.answer(first, second)
    desk.draft(first, second, response_id=response.id, text="Đính chính.")
    end(desk, second, "withdrawn")
    assert owed(desk) == 0
    assert session.execute(outdated.comments([desk.matter.id])).all() == []


def test_the_pages_name_it_and_the_rest_is_saved_with_one_press(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.OPEN, now=clock.now())
    first, second = desk.receive("Một.", "Hai.")
    response = desk.draft(first, second, disposition="noted")
    later = clock.now() + timedelta(seconds=1)
    withdraw(app_session, desk.matter, submission_of(desk, second), [second], later, later)
    app_session.commit()
    sign_in(browser, desk.people["officer"])
    listed = browser.get(f"/xu-ly/{desk.matter.slug}/?draft=outdated&by_me=1")
    assert [str(one) for one in listed.find("//input[@name='comment']/@value")] == [str(second)]
    page = listed.click("Soạn lại câu trả lời chung, không gồm ý kiến này")
    assert f"Ý kiến số {second} đã được người gửi rút" in page.text
    done = page.submit({}, button=f"Lưu cho các ý kiến còn lại: {first}")
    assert "đã được người gửi rút" not in done.text
    app_session.rollback()
    assert answer_state.one(app_session, desk.matter.id, response.id).numbers == [first]
    for again in (f"/xu-ly/{desk.matter.slug}/?draft=outdated&by_me=1", page.address):
        assert "Soạn lại câu trả lời chung" not in browser.get(again).text
