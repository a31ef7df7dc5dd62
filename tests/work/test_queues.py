"""What waits for a person over all matters, and that every number is that of the list it leads to."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.db import writing
from consult.people.words import OrganisationKind, Role
from consult.responses.answers import approval
from consult.responses.desk import assignment
from consult.responses.questions.pauses import terms_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.statements import statements_of


def counted(session: Session, desk: Desk, who: str, now: datetime = NOW) -> dict[Queue, int]:
    """How much waits for somebody, but for what has a day."""
    found = queues.waiting(session, getattr(desk, who), now)
    with_day = {Queue.LATE, Queue.DUE_SOON, Queue.TO_DRAFT, Queue.TO_APPROVE_NOW, Queue.PUBLISH_LATE}
    return {one.queue: one.count for one in found if one.queue not in with_day}


def test_each_kind_of_work_waits_for_who_does_it(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    one, two, three, four, five = (desk.receive(f"Ý kiến {number}.")[0] for number in range(5))
    assignment.assign(session, desk.matter, [one, two], None, desk.people["officer"].id, desk.leader, NOW)
    sent_back = desk.draft(one)
    approval.send_back(
        session, desk.matter, [(sent_back.id, desk.hash_of(sent_back))], "Thiếu căn cứ.", desk.leader, NOW
    )
    desk.draft(two)
    desk.approve(desk.draft(three))
    acts.propose(session, desk.matter, four, CommentActKind.WITHHELD, "insult", desk.officer, NOW, {})
    assert counted(session, desk, "officer") == {Queue.SENT_BACK: 1, Queue.UNASSIGNED: 3, Queue.TO_CHECK: 5}
    both = {Queue.TO_CONFIRM: 1, Queue.UNASSIGNED: 3, Queue.TO_CHECK: 5}
    assert counted(session, desk, "second_officer") == both
    assert counted(session, desk, "leader") == {Queue.TO_APPROVE: 1, **both}
    assert counted(session, desk, "publisher") == {Queue.TO_PUBLISH: 1}
    assert five


def test_a_comment_that_ends_waits_for_nobody(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number, other = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    desk.by_two(number, CommentActKind.INVALID, "off_topic")
    desk.answer(other)
    assert counted(session, desk, "leader") == {Queue.TO_CHECK: 1}, "what is answered is still to be made public"
    desk.release(other)
    assert counted(session, desk, "leader") == {}


def test_what_is_late_is_told_to_who_has_it_and_to_who_oversees(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    mine, others = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    assignment.assign(session, desk.matter, [mine], None, desk.people["officer"].id, desk.leader, NOW)
    assignment.assign(session, desk.matter, [others], None, desk.people["second_officer"].id, desk.leader, NOW)
    term = terms_of(session, [desk.matter])[desk.matter.id]
    assert term.public_day is not None
    last = clock.start_of_day(term.public_day) + timedelta(hours=9)
    for day, queue in ((-4, None), (-3, Queue.DUE_SOON), (0, Queue.DUE_SOON), (1, Queue.LATE)):
        at = last + timedelta(days=day)
        for who, count in (("officer", 1), ("second_officer", 1), ("leader", 2)):
            found = {one.queue: one.count for one in queues.waiting(session, getattr(desk, who), at)}
            assert {kind: found.get(kind) for kind in (Queue.DUE_SOON, Queue.LATE) if kind in found} == (
                {queue: count} if queue else {}
            ), (day, who)


def test_nobody_is_told_of_the_work_of_other_bodies(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    body = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở khác")
    stranger = make_actor(session, body, Role.OFFICER, user=make_user(session, body, [Role.OFFICER], "Ngô Văn Khác"))
    assert queues.waiting(session, stranger, NOW) == []


def test_the_statements_do_not_grow_with_matters(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    with statements_of(session) as few:
        queues.waiting(session, desk.officer, NOW)
    for _ in range(5):
        make_consultation(session, Stage.RESPONDING, lead=desk.body)
    session.expire_all()
    with statements_of(session) as many:
        assert {one.queue for one in queues.waiting(session, desk.officer, NOW)} == {Queue.UNASSIGNED, Queue.TO_CHECK}
    assert len(many) <= len(few) + 1


@pytest.fixture
def site(app_session: Session) -> Desk:
    """A matter of which everybody has something to do."""
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now())
    numbers = [desk.receive(f"Ý kiến {number}.")[0] for number in range(4)]
    now = clock.now()
    assignment.assign(app_session, desk.matter, numbers[:1], None, desk.people["officer"].id, desk.leader, now)
    sent_back = desk.draft(numbers[0])
    chosen = [(sent_back.id, desk.hash_of(sent_back))]
    approval.send_back(app_session, desk.matter, chosen, "Thiếu căn cứ.", desk.leader, now)
    desk.draft(numbers[1])
    desk.approve(desk.draft(numbers[2]))
    acts.propose(app_session, desk.matter, numbers[3], CommentActKind.WITHHELD, "insult", desk.officer, now, {})
    return desk


@pytest.mark.parametrize("who", ["officer", "second_officer", "leader", "publisher"])
def test_every_number_is_that_of_its_list(app: Flask, browser: Browser, site: Desk, who: str) -> None:
    sign_in(browser, site.people[who])
    page = browser.get("/xu-ly/")
    rows = page.find("//table[.//th[text()='Việc']]//tbody/tr")
    assert rows
    for row in rows:
        link = row.xpath(".//a")[0]
        count = int(link.text)
        led = browser.get(link.get("href"))
        boxes = led.find("//input[@name='comment' or @name='response'][@type='checkbox']")
        assert len(boxes or led.find("//button[starts-with(@value, 'confirm:')]")) == count, link.get("href")


def test_who_wrote_an_answer_is_told_that_its_comment_changed(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    """Drafted or approved: nobody could sign or publish it, and who had to write it again was told nothing."""
    desk, now = make_desk(app_session, Stage.OPEN, now=clock.now()), clock.now()
    drafted, approved, same = (desk.receive(text)[0] for text in ("Một.", "Hai.", "Ba."))
    desk.draft(drafted)
    desk.draft(same)
    desk.approve(desk.draft(approved))
    assert Queue.OUTDATED not in counted(app_session, desk, "officer", now)
    for number in (drafted, approved):
        with writing(app_session, desk.matter.id):
            [one] = comment_state.read(app_session, desk.matter.id, [number])
            amendment.add_version(app_session, desk.matter, one, comment("Lời khác."), now + timedelta(minutes=1))
    app_session.commit()
    later = now + timedelta(minutes=2)
    assert counted(app_session, desk, "officer", later)[Queue.OUTDATED] == 2
    assert Queue.OUTDATED not in counted(app_session, desk, "second_officer", later)
    sign_in(browser, desk.people["officer"])
    assert "2 Câu trả lời cần soạn lại vì ý kiến đã thay đổi" in browser.get("/xu-ly/").text
    listed = browser.get(f"/xu-ly/{desk.matter.slug}/?draft=outdated&by_me=1")
    shown = [str(found) for found in listed.find("//input[@name='comment']/@value")]
    assert shown == [str(drafted), str(approved)]
