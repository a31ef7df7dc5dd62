"""Somebody stands in at a desk for a time: named by who is away, seen in the work of who takes the place, and ended."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import deputies
from consult.errors import Invalid, NoneTaken, NotFound, Refused
from consult.people.deputies import stands_in_for
from consult.people.models import Membership
from consult.people.words import OrganisationKind, Role
from consult.policy import Action, decide
from consult.responses.answers.approval import approve, send_back
from consult.responses.desk import assignment
from consult.sign_in.actors import actor_of
from consult.stages import Stage
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_organisation, make_user
from tests.days import as_typed
from tests.notices.conftest import News, news
from tests.notices.mailbox import body_of
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

__all__ = ["news"]
TODAY = clock.local_day(NOW)


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session, Stage.RESPONDING)


def named(desk: Desk, whose: str, by: str, days: int = 5, first: int | None = None) -> Membership:
    """`whose` place is taken by `by`."""
    actor = getattr(desk, whose)
    (place,) = deputies.own_places(desk.session, actor, NOW)
    first_day = TODAY + timedelta(days=first) if first is not None else None
    last_day = TODAY + timedelta(days=days)
    return deputies.name_deputy(desk.session, place.id, desk.people[by].id, first_day, last_day, actor, NOW)


def test_a_deputy_of_a_leader_approves_but_not_what_they_wrote(desk: Desk) -> None:
    named(desk, "leader", "officer")
    deputy = actor_of(desk.session, desk.people["officer"], NOW)
    assert decide(deputy, Action.APPROVE_ANSWER, desk.matter, NOW) is None
    own, other = (desk.draft(desk.receive(text)[0], actor=by) for text, by in (
        ("Một.", desk.officer), ("Hai.", desk.second_officer),
    ))  # fmt: skip
    approve(desk.session, desk.matter, [(other.id, desk.hash_of(other))], deputy, NOW)
    with pytest.raises(NoneTaken) as none:
        approve(desk.session, desk.matter, [(own.id, desk.hash_of(own))], deputy, NOW)
    assert set(none.value.left) == {"wrote_it_yourself"}


def test_it_begins_and_ends_with_its_days(desk: Desk) -> None:
    named(desk, "leader", "officer", days=5, first=2)
    before, during, after = (NOW + timedelta(days=days) for days in (1, 3, 6))
    for now, holds in ((before, False), (during, True), (after, False)):
        assert actor_of(desk.session, desk.people["officer"], now).holds(Role.LEADER) is holds
        assert bool(stands_in_for(desk.session, desk.officer.user_id, now)) is holds


def test_what_was_given_to_who_is_away_is_the_deputys_too(desk: Desk) -> None:
    number = desk.receive("Một.")[0]
    assignment.assign(desk.session, desk.matter, [number], None, desk.people["officer"].id, desk.leader, NOW)
    late = NOW + timedelta(days=60)
    deputy = actor_of(desk.session, desk.people["second_officer"], NOW)
    mine = [one for one in queues.waiting(desk.session, deputy, late) if one.queue is Queue.LATE]
    assert mine == []
    named(desk, "officer", "second_officer", days=80)
    mine = [one for one in queues.waiting(desk.session, deputy, late) if one.queue is Queue.LATE]
    assert [(one.count, one.mine) for one in mine] == [(1, True)]


def test_what_was_sent_back_to_who_is_away_is_the_deputys_too(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    """A leader sends a wording back while its writer is away: it waited for somebody who was not there."""
    desk, now = make_desk(app_session, Stage.RESPONDING, now=clock.now()), clock.now()
    number = desk.receive("Một.")[0]
    back = desk.draft(number)
    send_back(app_session, desk.matter, [(back.id, desk.hash_of(back))], "Thiếu căn cứ.", desk.leader, now)
    deputy = actor_of(app_session, desk.people["second_officer"], now)
    assert Queue.SENT_BACK not in {one.queue for one in queues.waiting(app_session, deputy, now)}
    (place,) = deputies.own_places(app_session, desk.officer, now)
    last = clock.local_day(now) + timedelta(days=5)
    deputies.name_deputy(app_session, place.id, desk.people["second_officer"].id, None, last, desk.officer, now)
    app_session.commit()
    at = now + timedelta(seconds=1)
    assert [one.count for one in queues.waiting(app_session, deputy, at) if one.queue is Queue.SENT_BACK] == [1]
    sign_in(browser, desk.people["second_officer"])
    listed = browser.get(f"/xu-ly/{desk.matter.slug}/?draft=sent_back&by_me=1")
    assert listed.find(f"//input[@name='comment'][@value='{number}']")


def test_only_a_colleague_of_the_same_desk_for_a_time(desk: Desk) -> None:
    body = make_organisation(desk.session, OrganisationKind.DEPARTMENT, name="Sở khác")
    stranger = make_user(desk.session, body, [Role.OFFICER], "Ngô Văn Khác")
    (place,) = deputies.own_places(desk.session, desk.leader, NOW)
    last = TODAY + timedelta(days=3)
    common = (desk.session, place.id)
    for deputy, until, field in (
        (stranger.id, last, "deputy"),
        (desk.people["leader"].id, last, "deputy"),
        (desk.people["officer"].id, None, "last_day"),
        (desk.people["officer"].id, TODAY - timedelta(days=1), "last_day"),
        (desk.people["officer"].id, TODAY + timedelta(days=120), "last_day"),
    ):
        with pytest.raises(Invalid) as wrong:
            deputies.name_deputy(*common, deputy, None, until, desk.leader, NOW)
        assert set(wrong.value.errors) == {field}
    with pytest.raises(NotFound):
        deputies.name_deputy(*common, desk.people["officer"].id, None, last, desk.publisher, NOW)


def test_nobody_twice_and_no_place_is_handed_on(desk: Desk) -> None:
    named(desk, "leader", "officer")
    with pytest.raises(Invalid):
        named(desk, "leader", "officer")
    deputy = actor_of(desk.session, desk.people["officer"], NOW)
    assert [one.role for one in deputies.own_places(desk.session, deputy, NOW)] == [Role.OFFICER]


def test_it_is_taken_back_by_who_gave_it(desk: Desk) -> None:
    held = named(desk, "leader", "officer")
    with pytest.raises(NotFound):
        deputies.end_deputy(desk.session, held.id, desk.publisher, NOW)
    deputies.end_deputy(desk.session, held.id, desk.leader, NOW + timedelta(hours=1))
    assert not actor_of(desk.session, desk.people["officer"], NOW + timedelta(hours=1)).holds(Role.LEADER)
    with pytest.raises(Refused, match="role_ended"):
        deputies.end_deputy(desk.session, held.id, desk.leader, NOW + timedelta(hours=2))


def test_on_the_page_and_by_mail(app: Flask, app_session: Session, browser: Browser, news: News) -> None:
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now())
    app_session.commit()
    sign_in(browser, desk.people["leader"])
    page = browser.get("/xu-ly/").click("Người thay khi tôi vắng mặt")
    assert page.submit({"Người thay": "Trần Văn Bình"}, "Cử người thay").status == 422
    last = as_typed(clock.local_day(clock.now()) + timedelta(days=4))
    done = page.submit({"Người thay": "Trần Văn Bình", "Đến hết ngày": last}, "Cử người thay")
    assert "Đã cử Trần Văn Bình thay ông/bà" in done.text and "Lãnh đạo phê duyệt" in done.text
    [mail] = [one for one in news(clock.now()) if "thay Phạm Văn Dũng" in str(one["Subject"])]
    assert mail["To"] == desk.people["officer"].mail and "Lãnh đạo phê duyệt" in body_of(mail)
    taker = Browser(app)
    sign_in(taker, desk.people["officer"])
    assert "Tôi đang thay" in taker.get("/xu-ly/nguoi-thay/").text
    assert "Đã thôi việc thay." in done.submit({}, "Thôi thay Trần Văn Bình, Lãnh đạo phê duyệt").text
    assert "Tôi đang thay" not in taker.get("/xu-ly/nguoi-thay/").text
    stranger = make_actor(app_session, desk.body, Role.OFFICER)
    assert stranger.user_id not in {one.user_id for one in deputies.named(app_session, stranger, clock.now())}
