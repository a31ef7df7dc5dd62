"""The guard in front of every view: who is not let through, and what a form of another site cannot do."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.stages import Stage
from consult.submissions.models import CommentAct
from tests.application import sign_in
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """An open matter, seen from now: pages read the real clock."""
    return make_desk(app_session, Stage.OPEN, now=clock.now())


def acts(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(CommentAct)) or 0


def test_a_form_of_another_site_does_nothing_in_a_signed_in_persons_name(app: Flask, desk: Desk) -> None:
    """It has their cookie and not the token of their page."""
    (number,) = desk.receive("Một.")
    officer = Browser(app)
    sign_in(officer, desk.people["officer"])
    address = f"/xu-ly/{desk.matter.slug}/y-kien/{number}/tam-giu/"
    for given in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 90}):
        assert officer.client.post(address, data={"note": "Xem lại", **given}).status_code == 400
    assert acts(desk.session) == 0
    page = officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/{number}/")
    page.submit({"note": "Xem lại"}, "Tạm giữ")
    assert acts(desk.session) == 1


def test_who_is_not_of_the_desk_is_not_let_through(app: Flask, desk: Desk) -> None:
    (number,) = desk.receive("Nội dung riêng.")
    publisher = Browser(app)
    sign_in(publisher, desk.people["publisher"])
    for browser, address, status in (
        (Browser(app), f"/xu-ly/{desk.matter.slug}/y-kien/{number}/", {302, 303, 401, 403}),
        (publisher, f"/xu-ly/{desk.matter.slug}/y-kien/{number}/de-xuat/", {403, 404}),
    ):
        answer = browser.client.get(address)
        assert answer.status_code in status and "Nội dung riêng" not in answer.get_data(as_text=True)


def test_a_stranger_learns_nothing_of_what_there_is(app: Flask, desk: Desk) -> None:
    """They are asked who they are before anything is looked for."""
    told = {
        slug: Browser(app).client.get(f"/xu-ly/{slug}/y-kien/1/").status_code for slug in (desk.matter.slug, "khong-co")
    }
    assert len(set(told.values())) == 1 and 404 not in told.values()


def test_a_role_opens_what_it_is_for_and_nothing_else(app: Flask, desk: Desk) -> None:
    publisher, officer = Browser(app), Browser(app)
    sign_in(publisher, desk.people["publisher"])
    sign_in(officer, desk.people["officer"])
    address = f"/xu-ly/{desk.matter.slug}/tiep-nhan/"
    assert officer.client.get(address).status_code == 200
    assert publisher.client.get(address).status_code in {403, 404}


def test_a_view_that_declares_nothing_is_not_found(app: Flask, browser: Browser) -> None:
    app.view_functions["forgotten"] = lambda: "Ai cũng đọc được"
    app.url_map.add(app.url_rule_class("/bo-quen/", endpoint="forgotten", methods=["GET"]))
    assert browser.client.get("/bo-quen/").status_code == 404
