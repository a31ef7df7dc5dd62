"""A body sees the mails to it that did not arrive, in its workspace, puts a mailbox right, and gets them again."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.notices.undelivered import to_body as undelivered_to_body
from consult.outbox.models import OutboxMessage
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_organisation, make_unit, make_user
from tests.notices.undelivered.test_undelivered import lost
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


def test_a_body_puts_its_mailbox_right_in_its_workspace(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, now=clock.now())
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ xã Tân Thanh")
    unit = make_unit(app_session, front)
    unit.mailbox = "vanphong@mttq.exampel"
    writer = make_user(app_session, front, [Role.DRAFTER], "Hứa Văn Lình")
    mail = lost(app_session, desk, notice="extended", unit_id=str(unit.id), period=str(unit.id))
    browser = Browser(app)
    sign_in(browser, writer)
    home = browser.get("/to-chuc/")
    page = home.click("Sửa địa chỉ, gửi lại")
    assert "vanphong@mttq.exampel" in page.text
    wrong = page.submit({"mailbox": "không phải địa chỉ"}, "Sửa và gửi lại")
    assert wrong.status == 422
    done = page.submit({"mailbox": "vanphong@mttq.example"}, "Sửa và gửi lại")
    assert "vanphong@mttq.exampel" not in done.text
    app_session.expire_all()
    message = app_session.get_one(OutboxMessage, mail)
    assert (unit.mailbox, message.given_up_at, message.attempts) == ("vanphong@mttq.example", None, 0)
    assert "Có thư không gửi được" not in browser.get("/to-chuc/").text


def test_what_its_people_get_of_other_work_is_not_told_there(session: Session) -> None:
    desk = make_desk(session)
    front, other = make_organisation(session), make_organisation(session)
    one = make_user(session, front, [Role.DRAFTER])
    unit = make_unit(session, other)
    lost(session, desk, notice="daily/work", user_id=str(one.id))
    lost(session, None, notice="invited", user_id=str(one.id))
    lost(session, desk, notice="extended", unit_id=str(unit.id))
    told = lost(session, desk, notice="extended", user_id=str(one.id))
    assert [mail.id for mail in undelivered_to_body.of_body(session, front.id, NOW)] == [told]


def test_nobody_changes_the_mailbox_of_another_body(session: Session) -> None:
    mine, theirs = make_organisation(session), make_organisation(session)
    actor, unit = make_actor(session, mine, Role.DRAFTER), make_unit(session, theirs)
    for body in (mine, theirs):
        with pytest.raises(NotFound):
            undelivered_to_body.correct_mailbox(session, body.id, unit.id, "a@b.vn", actor, NOW)
