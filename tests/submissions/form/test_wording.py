"""What a comment proposes, quotes and is about, as the form and its pages show it."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.submissions.models import Comment, CommentVersion
from consult.web import flood_control
from tests.builders import make_consultation
from tests.pages import Browser, Page

CLAUSE = "2. Hộ gia đình giao chất thải đúng ngày, đúng nơi."


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


def form_at(browser: Browser, more: str = "") -> Page:
    return browser.get(f"/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k2{more}")


def test_the_wording_begins_with_the_clause(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).submit({"comments.0.text": "Sửa giờ"}, "Bắt đầu từ lời văn của điều khoản")
    assert page.form().values()["comments.0.proposed"] == CLAUSE
    assert page.form().values()["comments.0.text"] == "Sửa giờ"
    assert form_at(browser, "&sua=1").form().values()["comments.0.proposed"] == CLAUSE
    kept = page.submit({"comments.0.proposed": "Khác"}, "Thêm ý kiến")
    assert kept.form().values()["comments.0.proposed"] == "Khác"


def test_the_change_is_shown_before_sending_and_by_the_code(browser: Browser, consultation: Consultation) -> None:
    said = {"comments.0.text": "Sửa giờ", "comments.0.proposed": CLAUSE.replace("ngày", "giờ")}
    check = form_at(browser).walk(said, "Xem lại trước khi gửi")
    receipt = check.submit(button="Gửi")
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    own = browser.get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
    assert CLAUSE.replace("ngày", "giờ") in receipt.text
    for page in (check, own):
        assert page.words("//main//del") == ["(bỏ) ngày"] and page.words("//main//ins") == ["(thêm) giờ"]


def test_a_wording_left_as_it_was_proposes_nothing(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = form_at(browser, "&sua=1").walk({"comments.0.text": "Giữ"}, "Xem lại trước khi gửi")
    assert "Đề nghị sửa thành" not in check.text
    check.submit(button="Gửi")
    assert app_session.scalars(select(CommentVersion.proposed)).one() == ""


def test_a_span_is_quoted_letter_by_letter(browser: Browser, consultation: Consultation, app_session: Session) -> None:
    page = form_at(browser, "&trich=%C4%91%C3%BAng+ng%C3%A0y")
    assert page.form().values()["comments.0.quote"] == "đúng ngày"
    wrong = page.walk({"comments.0.text": "Một", "comments.0.quote": "sai chữ"}, "Xem lại trước khi gửi")
    assert wrong.status == 422 and wrong.find("//a[@href='#field-comments.0.quote']")
    check = wrong.walk({"comments.0.quote": "đúng ngày"}, "Xem lại trước khi gửi")
    receipt = check.submit(button="Gửi")
    for shown in (check, receipt):
        assert shown.words("//main//mark") == ["đúng ngày"]
    assert app_session.scalars(select(Comment.quote)).one() == "đúng ngày"


def test_a_topic_is_asked_for_an_impact_report_alone(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    assert "comments.0.topic" not in form_at(browser).form().values()
    consultation.kind = Kind.EIA_REPORT
    app_session.commit()
    check = form_at(browser).walk({"comments.0.text": "Khói", "comments.0.topic": "impacts"}, "Xem lại trước khi gửi")
    assert "Tác động môi trường" in check.text
    assert "Tác động môi trường" in check.submit(button="Gửi").text
    assert app_session.scalars(select(Comment.topic)).one() == "impacts"


def test_every_thing_leads_back_to_its_field(browser: Browser, consultation: Consultation) -> None:
    check = form_at(browser).walk({"comments.0.text": "Một", "name": "An"}, "Xem lại trước khi gửi")
    fields = [address.partition("#")[2] for address in check.find("//button/@formaction")]
    assert fields == ["field-comments.0.text", "field-file", "field-name", "field-area", "field-contact"]
    said, sender = check.submit(button="edit:0"), check.submit(button="who")
    assert all(said.find(f"//*[@id='{field}']") for field in fields[:2])
    assert all(sender.find(f"//*[@id='{field}']") for field in fields[2:])


def test_who_sends_faster_than_anybody_types_presses_once_more(
    app: Flask, browser: Browser, consultation: Consultation
) -> None:
    app.config["FORM_SECONDS"] = 3600
    asked = form_at(browser).walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi").submit(button="Gửi")
    assert asked.status == 409 and "một lần nữa" in asked.text and "Một" in asked.text
    assert asked.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"


def test_a_flood_waits_and_loses_nothing_while_a_full_hall_does_not(
    app: Flask, browser: Browser, consultation: Consultation
) -> None:
    counted = flood_control.Minutes()
    assert [counted.count("hall", 30 + second) for second in (0, 1, flood_control.MINUTE)] == [1, 2, 1]
    app.config["SUBMISSIONS_PER_MINUTE"] = 1
    app.extensions[flood_control.COUNTED] = counted
    counted.count("127.0.0.1/32", now().timestamp())
    check = form_at(browser).walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    page = browser.post(check.address, {**check.form().values(), "do": "send"}, 429)
    assert "đợi một phút" in page.text and "Một" in page.text
    app.config["SUBMISSIONS_PER_MINUTE"] = 1200
    assert page.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"
