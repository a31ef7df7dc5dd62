"""Proposals through the site: opened and published in few clicks, sent by a citizen, found on their page."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.consultations.words import Kind
from consult.people.words import OrganisationKind, Role
from consult.programme.proposals import opening
from consult.programme.proposals.opening import Opened
from consult.stages import Stage
from consult.submissions.models import CommentVersion
from consult.submissions.words import SubmissionKind
from consult.workspace import drafts
from tests.application import sign_in
from tests.builders import make_actor, make_organisation, make_rules, make_user
from tests.html_rules import words_of
from tests.pages import Browser
from tests.responses.desk_builder import comment, make_desk

YEAR = "Năm"
LETTERS = (SubmissionKind.FORMAL, SubmissionKind.CRITIQUE)


@pytest.fixture
def body(app_session: Session):
    make_rules(app_session)
    return make_organisation(app_session, OrganisationKind.DEPARTMENT, name="Sở Nông nghiệp và Môi trường")


@pytest.fixture
def matter(app_session: Session, body) -> Consultation:
    publisher = make_actor(app_session, body, Role.OFFICER, Role.PUBLISHER)
    made = opening.open_year(app_session, Opened(body.id, local_day(now()).year), publisher, now())
    publication.publish(app_session, made, publisher, now())
    return made


def test_a_publisher_opens_it_in_few_clicks(app: Flask, browser: Browser, app_session: Session, body) -> None:
    sign_in(browser, make_user(app_session, body, [Role.OFFICER, Role.PUBLISHER]))
    steps = browser.get("/xu-ly/dot/kien-nghi/").submit(button="Tạo trang")
    assert steps.heading.startswith("Kiến nghị, đề xuất gửi Sở Nông nghiệp và Môi trường năm")
    preview = steps.click("Xem trước khi công bố")
    preview.submit(button="Công bố")
    assert "Sở Nông nghiệp và Môi trường" in browser.get("/kien-nghi/").text


def test_a_wrong_year_is_told_with_what_was_typed(browser: Browser, app_session: Session, body) -> None:
    sign_in(browser, make_user(app_session, body, [Role.OFFICER]))
    page = browser.get("/xu-ly/dot/kien-nghi/").submit({YEAR: "1999", "Tên trang": "Kiến nghị"}, "Tạo trang")
    assert page.status == 422 and page.errors() == ["Năm: Chỉ mở được trang của năm nay hoặc năm sau"]
    assert page.form().values()["title"] == "Kiến nghị"


def test_it_stands_apart_from_what_ends(browser: Browser, matter: Consultation) -> None:
    assert matter.title not in browser.get("/lay-y-kien/").text
    home = browser.get("/")
    assert matter.title not in home.text and home.click("Kiến nghị, đề xuất khi chưa có dự thảo").status == 200
    page = browser.get(f"/lay-y-kien/{matter.slug}/")
    assert "nhận quanh năm" in page.text and "Đọc dự thảo" not in page.text and not page.find("//*[@class='left']")


def test_a_citizen_proposes_and_looks_it_up(browser: Browser, app_session: Session, matter: Consultation) -> None:
    form = browser.get("/kien-nghi/").click("Gửi kiến nghị")
    told = {
        "comments.0.subject": "Mức hỗ trợ thu gom rác",
        "comments.0.provision": "khoản 2 Điều 5 Quyết định của tỉnh",
        "comments.0.where": "xã Phong Quang",
        "comments.0.text": "Xe rác không vào được thôn.",
        "comments.0.proposed": "Hỗ trợ thêm cho xã vùng cao.",
        "comments.0.reason": "Đường xa.",
    }
    checked = form.walk(told, button="Xem lại trước khi gửi")
    assert "Mức hỗ trợ thu gom rác" in checked.text and "Xe rác không vào được thôn." in checked.text
    sent = checked.submit(button="Gửi")
    assert sent.heading == "Đã tiếp nhận ý kiến" and "Phải trả lời chậm nhất là ngày" in sent.text
    assert "sau ngày nhận, theo quy chế phối hợp" in sent.text and "hết thời hạn lấy ý kiến" not in sent.text
    app_session.rollback()
    text = app_session.scalars(select(CommentVersion.text)).one()
    assert text == (
        "Mức hỗ trợ thu gom rác\nQuy định đang áp dụng: khoản 2 Điều 5 Quyết định của tỉnh\nNơi: xã Phong Quang\n\n"
        "Xe rác không vào được thôn."
    )


def test_nobody_critiques_what_is_not_drafted(browser: Browser, app_session: Session, matter: Consultation) -> None:
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE)
    sign_in(browser, make_user(app_session, front, [Role.DRAFTER, Role.SENDER]))
    page = browser.get(f"/to-chuc/{matter.slug}/soan/")
    assert "Trang kiến nghị không có dự thảo" in page.text


def test_a_journalist_sees_what_came_of_them(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, now=now(), opened_before=60, days=90)
    for text in ("Một.", "Hai."):
        desk.receive(comment(text, ""))
    desk.release(1, 2)
    desk.answer(1)
    row = [words_of(cell) for cell in browser.get("/kien-nghi/").find("//table//tbody/tr/td")]
    assert row[2:] == ["2", "1 Sở Nông nghiệp và Môi trường " + row[1], "1", "1"], "both came 59 days ago"


def test_an_organisation_proposes_by_letter(app_session: Session, matter: Consultation) -> None:
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL)
    writer = make_actor(app_session, union, Role.DRAFTER)
    why = [drafts.why_not_start(app_session, matter, union.id, one, writer, now()) for one in LETTERS]
    assert why == [None, "nothing_drafted"]
