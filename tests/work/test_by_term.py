"""What waits by a day: internal terms before the answer is due, how late and in whose hands, and what is to be
public."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.internal_terms import Step
from consult.people.words import Role
from consult.responses.answers.publication import publish_answers
from consult.responses.desk import assignment
from consult.responses.questions.pauses import terms_of
from consult.responses.statistics.answer_times import times_of
from consult.stages import Stage
from consult.work import queues
from consult.work.waits import UnitLate, Waiting
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import make_unit, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


def at_nine(desk: Desk, step: Step | None = None, days: int = 0) -> datetime:
    """Nine o'clock so many days after the day until which a step, or the answer, of the public period is due."""
    term = terms_of(desk.session, [desk.matter])[desk.matter.id]
    assert term.public_day is not None
    day = term.public_day if step is None else term.internal.day(term.public_day, step)
    assert day is not None
    return clock.start_of_day(day) + timedelta(days=days, hours=9)


def waiting(desk: Desk, who: str, now: datetime, queue: Queue) -> Waiting | None:
    """The line of one queue."""
    return next((one for one in queues.waiting(desk.session, getattr(desk, who), now) if one.queue is queue), None)


def test_a_draft_is_asked_for_before_the_answer_is_due(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number = desk.receive("Một.")[0]
    assignment.assign(session, desk.matter, [number], None, desk.people["officer"].id, desk.leader, desk.now)
    assert waiting(desk, "officer", at_nine(desk, Step.DRAFT, -1), Queue.TO_DRAFT) is None
    found = waiting(desk, "officer", at_nine(desk, Step.DRAFT), Queue.TO_DRAFT)
    assert found is not None and (found.count, found.mine) == (1, True)
    assert waiting(desk, "second_officer", at_nine(desk, Step.DRAFT), Queue.TO_DRAFT) is None
    desk.draft(number)
    assert waiting(desk, "officer", at_nine(desk, Step.DRAFT), Queue.TO_DRAFT) is None


def test_what_is_late_is_no_internal_matter_any_more(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    late = at_nine(desk, days=1)
    assert waiting(desk, "leader", late, Queue.TO_DRAFT) is None
    assert waiting(desk, "leader", late, Queue.LATE) is not None


def test_an_approval_is_asked_for_once_something_is_drafted(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number = desk.receive("Một.")[0]
    on = at_nine(desk, Step.APPROVE)
    assert waiting(desk, "leader", on, Queue.TO_APPROVE_NOW) is None
    response = desk.draft(number)
    found = waiting(desk, "leader", on, Queue.TO_APPROVE_NOW)
    assert found is not None and found.count == 1
    assert waiting(desk, "leader", at_nine(desk, Step.APPROVE, -1), Queue.TO_APPROVE_NOW) is None
    desk.approve(response)
    assert waiting(desk, "leader", on, Queue.TO_APPROVE_NOW) is None


def test_what_is_late_says_by_how_many_days_and_in_whose_hands(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    one, two, three = (desk.receive(text)[0] for text in ("Một.", "Hai.", "Ba."))
    other = make_unit(session, desk.body, "Phòng Khoáng sản")
    officer = desk.people["officer"].id
    assignment.assign(session, desk.matter, [one, two], desk.unit.id, officer, desk.leader, desk.now)
    assignment.assign(session, desk.matter, [three], other.id, None, desk.leader, desk.now)
    found = waiting(desk, "leader", at_nine(desk, days=4), Queue.LATE)
    assert found is not None and (found.count, found.longest) == (3, 4)
    assert set(found.units) == {UnitLate(desk.unit.name, 2, 4), UnitLate("Phòng Khoáng sản", 1, 4)}
    own = waiting(desk, "officer", at_nine(desk, days=4), Queue.LATE)
    assert own is not None and (own.count, own.longest, own.units) == (2, 4, ())


def test_an_approved_answer_that_is_not_public_in_time_waits_as_late(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    response = desk.draft(desk.receive("Một.")[0])
    desk.approve(response)
    term = terms_of(session, [desk.matter])[desk.matter.id]
    assert term.publish is not None
    last = clock.start_of_day(term.publish.due(desk.now)) + timedelta(hours=23)
    assert waiting(desk, "publisher", last, Queue.PUBLISH_LATE) is None
    late = last + timedelta(days=1)
    found = waiting(desk, "publisher", late, Queue.PUBLISH_LATE)
    assert found is not None and found.count == 1
    assert times_of(session, desk.matter, term, clock.local_day(late)).published_late == 0
    publish_answers(session, desk.matter, [response.id], desk.publisher, late)
    assert waiting(desk, "publisher", late, Queue.PUBLISH_LATE) is None
    assert times_of(session, desk.matter, term, clock.local_day(late)).published_late == 1


def test_published_on_the_last_day_is_not_late(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    response = desk.draft(desk.receive("Một.")[0])
    desk.approve(response)
    term = terms_of(session, [desk.matter])[desk.matter.id]
    assert term.publish is not None
    last = clock.start_of_day(term.publish.due(desk.now)) + timedelta(hours=23, minutes=59)
    publish_answers(session, desk.matter, [response.id], desk.publisher, last)
    assert times_of(session, desk.matter, term, clock.local_day(last)).published_late == 0


def test_the_lists_behind_the_numbers_have_as_many_lines(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now(), opened_before=40)
    one, two = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    desk.approve(desk.draft(one))
    browser = Browser(app)
    sign_in(browser, make_user(app_session, desk.body, [Role.OFFICER, Role.LEADER, Role.PUBLISHER]))
    page = browser.get(f"/xu-ly/{desk.matter.slug}/y-kien/{two}/")
    assert "Trình dự thảo chậm nhất là ngày" in page.text and "nội bộ" in page.text
    assert "theo quy chế, quy định của tỉnh" in page.text
    listed = browser.get(f"/xu-ly/{desk.matter.slug}/y-kien/{one}/")
    assert "Công bố chậm nhất là ngày" in listed.text
    assert "Không có câu trả lời" in browser.get(f"/xu-ly/{desk.matter.slug}/cong-bo/?muon=1").text
    assert "Trả lời số" in browser.get(f"/xu-ly/{desk.matter.slug}/cong-bo/").text
    for step in Step:
        browser.get(f"/xu-ly/{desk.matter.slug}/?step={step}")


def test_the_public_page_says_of_which_kind_the_term_is_and_nothing_internal(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, Stage.OPEN, now=clock.now())
    number = desk.receive("Một.")[0]
    for path in ("han-tra-loi/", f"y-kien/{number}/han-tra-loi/", ""):
        page = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/{path}")
        assert "theo quy chế, quy định của tỉnh" in page.text and "nội bộ" not in page.text
