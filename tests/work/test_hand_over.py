"""All of one person's work goes to another, in every matter, each comment by an assignment of its own."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid
from consult.people.words import OrganisationKind, Role
from consult.responses.desk import assignment, left_behind
from consult.responses.models import Assignment
from consult.stages import Stage
from consult.submissions.words import CommentActKind
from consult.work import queues
from consult.work.hand_over import hand_over
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


def given(session: Session, desk: Desk, *numbers: int, to: str = "officer") -> None:
    assignment.assign(session, desk.matter, numbers, desk.unit.id, desk.people[to].id, desk.leader, NOW)


def test_what_waits_goes_over_with_its_unit_and_nothing_else(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    waits, answered, ended, others = (desk.receive(f"Ý kiến {number}.")[0] for number in range(4))
    given(session, desk, waits, answered, ended)
    given(session, desk, others, to="second_officer")
    desk.answer(answered)
    desk.by_two(ended, CommentActKind.INVALID, "off_topic")
    giver, taker = desk.people["officer"].id, desk.people["leader"].id
    done, left = hand_over(session, giver, taker, desk.leader, NOW)
    assert done == {desk.matter.id: [waits]} and left == []
    rows = session.scalars(select(Assignment).where(Assignment.user_id == taker)).all()
    assert [(row.unit_id, row.by_id) for row in rows] == [(desk.unit.id, desk.leader.user_id)]
    assert hand_over(session, giver, taker, desk.leader, NOW) == ({}, [])
    assert Queue.UNASSIGNED not in {one.queue for one in queues.waiting(session, desk.leader, NOW)}


def test_who_does_not_work_there_gets_nothing_and_it_is_said(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    given(session, desk, desk.receive("Một.")[0])
    body = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở khác")
    stranger = make_user(session, body, [Role.OFFICER], "Ngô Văn Khác")
    done, left = hand_over(session, desk.people["officer"].id, stranger.id, desk.leader, NOW)
    assert done == {} and left == [desk.matter]
    # Where nothing is in the hands of who gives, nothing is said of who takes.
    assert hand_over(session, desk.people["publisher"].id, stranger.id, desk.leader, NOW) == ({}, [])
    outsider = make_actor(session, body, Role.OFFICER, user=stranger)
    assert hand_over(session, desk.people["officer"].id, stranger.id, outsider, NOW) == ({}, [])


def test_two_different_people_are_needed(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    officer = desk.people["officer"].id
    for pair, errors in (
        ((None, officer), {"giver": "choose_one"}),
        ((None, None), {"giver": "choose_one", "taker": "choose_one"}),
        ((officer, officer), {"taker": "same_person"}),
    ):
        with pytest.raises(Invalid) as wrong:
            hand_over(session, *pair, desk.leader, NOW)
        assert wrong.value.errors == errors


def test_by_the_page(app: Flask, app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now())
    number = desk.receive("Một.")[0]
    given(app_session, desk, number)
    sign_in(browser, desk.people["leader"])
    page = browser.get("/xu-ly/").click("Bàn giao việc của một người")
    names = {name: str(desk.people[name].id) for name in ("officer", "second_officer")}
    again = page.submit({"giver": names["officer"], "taker": names["officer"]}, "Bàn giao")
    assert "Xin chọn hai người khác nhau" in again.text
    done = again.submit({"taker": names["second_officer"]}, "Bàn giao")
    assert "Đã bàn giao 1 ý kiến của 1 đợt" in done.text
    page = browser.get(f"/xu-ly/{desk.matter.slug}/y-kien/{number}/")
    assert desk.people["second_officer"].name in page.text


@pytest.mark.parametrize("how", ["role", "account"])
def test_what_somebody_left_in_hand_is_counted_found_and_given_to_another(
    app: Flask, app_session: Session, browser: Browser, how: str
) -> None:
    """Whose role ended, or whose account was closed, was in no list of names: what they had, nobody found."""
    desk, now = make_desk(app_session, Stage.RESPONDING, now=clock.now()), clock.now()
    waits, answered, others = (desk.receive(f"Ý kiến {number}.")[0] for number in range(3))
    officer = desk.people["officer"]
    given(app_session, desk, waits, answered)
    given(app_session, desk, others, to="second_officer")
    desk.answer(answered)
    assert Queue.LEFT_BEHIND not in {one.queue for one in queues.waiting(app_session, desk.leader, now)}
    if how == "role":
        for held in officer.memberships:
            held.until = now
    else:
        officer.disabled_at = now
    app_session.commit()
    [line] = [one for one in queues.waiting(app_session, desk.leader, now) if one.queue is Queue.LEFT_BEHIND]
    assert line.count == 1
    sign_in(browser, desk.people["leader"])
    assert "người không còn làm việc ở bàn xử lý" in browser.get("/xu-ly/").text
    listed = browser.get(f"/xu-ly/{desk.matter.slug}/?outcome=awaiting&person=left")
    assert listed.find(f"//input[@name='comment'][@value='{waits}']")
    assert not listed.find(f"//input[@name='comment'][@value='{others}']")
    assert officer.name in listed.text and "Người không còn làm việc ở đây" in listed.text
    form = browser.get("/xu-ly/ban-giao/")
    taker = desk.people["second_officer"]
    assert not form.find(f"//select[@name='taker']/option[@value='{officer.id}']")
    done = form.submit({"giver": str(officer.id), "taker": str(taker.id)}, button="Bàn giao")
    assert "Đã bàn giao 1 ý kiến của 1 đợt" in done.text
    app_session.rollback()
    assert not [one for one in queues.waiting(app_session, desk.leader, now) if one.queue is Queue.LEFT_BEHIND]
    assert "Người không còn làm việc ở đây" not in browser.get(f"/xu-ly/{desk.matter.slug}/").text


def test_who_works_for_another_body_now_has_left(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    given(session, desk, desk.receive("Một.")[0])
    officer = desk.people["officer"]
    for held in officer.memberships:
        held.organisation_id = make_organisation(session, OrganisationKind.DEPARTMENT, name="Sở khác").id
    session.commit()
    assert [one.name for one in left_behind.holders(session, [desk.matter.id], NOW)] == [officer.name]
