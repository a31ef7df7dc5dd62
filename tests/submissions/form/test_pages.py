"""The comment form without JavaScript: several comments, checked, sent, and the receipt at once."""

import json

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.submissions.models import Comment, CommentVersion, Submission
from tests.builders import make_area, make_consultation
from tests.pages import Browser, Page


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


def form_at(browser: Browser, anchor: str = "") -> Page:
    return browser.get("/lay-y-kien/phan-loai-rac/gop-y/" + (f"?tai={anchor}" if anchor else ""))


def texts(session: Session) -> list[str]:
    session.rollback()
    return list(
        session.scalars(
            select(CommentVersion.text).join(Comment, Comment.id == CommentVersion.comment_id).order_by(Comment.number)
        )
    )


def test_the_form_quotes_the_clause(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser, "d2.k1.pdd")
    assert "điểm đ khoản 1 Điều 2" in page.text and "Chất thải nguy hại" in page.text
    assert page.form().values()["comments.0.anchor"] == "du-thao/1/d2.k1.pdd"


def test_where_denunciations_go_is_told_once(browser: Browser, consultation: Consultation) -> None:
    told = "Đây không phải nơi nhận đơn tố cáo, khiếu nại"
    form = form_at(browser)
    checked = form.walk({"comments.0.text": "Nên làm sớm."}, button="Xem lại trước khi gửi")
    assert [page.text.count(told) for page in (form, checked, browser.get("/"))] == [1, 1, 1]
    assert form.find(f"//form//*[contains(., '{told}')]"), "beside the form, so that it is fetched with it"


def test_only_the_text_is_required(browser: Browser, consultation: Consultation, app_session: Session) -> None:
    page = form_at(browser).walk({"comments.0.text": " "}, button="Xem lại trước khi gửi")
    assert page.status == 422 and page.errors() == ["Nội dung ý kiến: Xin nhập nội dung này"]
    sent = page.walk({"comments.0.text": "Nên làm sớm."}, button="Xem lại trước khi gửi").submit(button="Gửi")
    assert sent.heading == "Đã tiếp nhận ý kiến" and texts(app_session) == ["Nên làm sớm."]


def test_several_comments_in_plain_round_trips(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    page = form_at(browser, "d2.k1").submit({"comments.0.text": "Một", "comments.0.stance": "oppose"}, "Thêm ý kiến")
    assert page.form().values()["comments.1.anchor"] == "du-thao/1/d2.k1"
    page = page.submit({"comments.1.text": "Hai", "name": "Lò Thị Én"}, "Thêm ý kiến về nội dung khác")
    page = page.submit({"tai": "du-thao/1/d3"}, "Thêm ý kiến về nội dung này")
    page = page.walk({"comments.2.text": "Ba\nhai dòng"}, "Xem lại trước khi gửi")
    assert [word in page.text for word in ("Không đồng ý", "Hai", "Lò Thị Én", "Điều 3")] == [True] * 4
    page = page.submit(button="remove:1").walk(button="Xem lại trước khi gửi").submit(button="Gửi")
    assert page.heading == "Đã tiếp nhận ý kiến" and texts(app_session) == ["Một", "Ba\nhai dòng"]
    assert app_session.scalars(select(Submission.sender_name)).all() == ["Lò Thị Én"]
    assert app_session.scalars(select(Comment.path).order_by(Comment.number)).all() == ["d2.k1", "d3"]


def test_sending_twice_is_one_submission_with_one_receipt(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = form_at(browser).walk({"comments.0.text": "Một lần"}, "Xem lại trước khi gửi")
    first, second = check.submit(button="Gửi"), check.submit(button="Gửi")
    codes = [page.words("//*[contains(@class, 'code')]") for page in (first, second)]
    assert codes[0] == codes[1] and len(codes[0]) == 2
    assert texts(app_session) == ["Một lần"]


def test_what_was_sent_and_then_changed_is_not_lost(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = form_at(browser).walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    check.submit(button="Gửi")
    changed = (
        check.submit(button="edit:0").walk({"comments.0.text": "Hai"}, "Xem lại trước khi gửi").submit(button="Gửi")
    )
    assert changed.status == 409 and "Hai" in changed.text
    changed.submit(button="Gửi")
    assert texts(app_session) == ["Một", "Hai"]


def test_an_expired_ticket_gives_everything_back(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = form_at(browser).walk({"comments.0.text": "Gõ rất lâu", "name": "An"}, "Xem lại trước khi gửi")
    app.config["TICKET_HOURS"] = -1
    page = check.submit(button="Gửi")
    assert page.status == 409 and "Gõ rất lâu" in page.text and texts(app_session) == []
    app.config["TICKET_HOURS"] = 24
    assert page.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"
    assert texts(app_session) == ["Gõ rất lâu"]


def test_another_site_cannot_send_in_a_readers_name(browser: Browser, consultation: Consultation) -> None:
    data = {"comments.0.text": "Giả mạo", "do": "send"}
    address = "/lay-y-kien/phan-loai-rac/gop-y/"
    browser.post(address, data, 403, headers={"Origin": "https://evil.example"})
    browser.post(address, data, 403, headers={"Sec-Fetch-Site": "cross-site"})


def test_a_machine_that_fills_everything_is_asked_again(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).walk({"comments.0.text": "Mua ngay", "website": "http://spam"}, "Xem lại trước khi gửi")
    page = page.submit(button="Gửi")
    assert page.status == 422 and "Mua ngay" in page.html


def test_pages_are_not_stored_and_lead_nowhere(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser)
    receipt = page.walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi").submit(button="Gửi")
    for answer in (page, receipt):
        assert answer.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_form_is_light(app: Flask, browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser, "d2")
    assert len(page.body) < 14_000, len(page.body)


@pytest.mark.parametrize("anchor", ["d99", "x'y", "../../", "tai-lieu/9/1", "du-thao/7/d1", "%00", "d2~9", "k" * 5000])
def test_a_place_that_does_not_exist_is_not_found(browser: Browser, consultation: Consultation, anchor: str) -> None:
    browser.get(f"/lay-y-kien/phan-loai-rac/gop-y/?tai={anchor}", 404)


def test_the_receipt_holds_its_codes_and_the_file_its_proof(browser: Browser, consultation: Consultation) -> None:
    check = form_at(browser, "d2").walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    assert check.find("//*[@data-forget='phan-loai-rac:du-thao/1/d2']"), "what the device forgets once it is received"
    page = check.submit(button="Gửi")
    picture = browser.get(page.find("//main//img/@src")[0])
    assert picture.headers["Content-Type"].startswith("image/svg+xml") and b"<svg" in picture.body
    file = page.submit(button="Tải tệp biên nhận")
    content = json.loads(file.body)
    assert content["comments"][0]["openings"]["text"]["value"]["text"] == "Một" and content["keys"]
    for code in page.words("//*[contains(@class, 'code')]"):
        assert code not in file.html and code.replace("-", "") not in file.html


def test_the_english_site_has_the_same_form(browser: Browser, consultation: Consultation) -> None:
    page = browser.get("/en/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1.pdd")
    assert "point đ, clause 1, Article 2" in page.text
    receipt = page.walk({"comments.0.text": "Good"}, "Read it again before sending", "Continue").submit(button="Send")
    assert receipt.heading == "Your comment was received"


def test_who_waits_for_their_turn_keeps_nothing_open(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    make_area(app_session, "xã Phong Quang")
    app_session.close()
    page = form_at(browser, "d2.k1.pdd")
    typed = {**page.form().values(), "comments.0.text": "Một", "area": "phong quang", "do": "send"}
    engine = app.extensions["consult.database"].engine
    in_use: list[int] = []

    def began(connection: Connection) -> None:
        if connection.get_execution_options().get("consult_writing"):
            in_use.append(engine.pool.checkedout())

    event.listen(engine, "begin", began)
    assert browser.post(page.address, typed).heading == "Đã tiếp nhận ý kiến"
    event.remove(engine, "begin", began)
    assert in_use == [1], "the connection that writes, and no other"


def test_a_commune_is_found_by_an_old_name_and_chosen_when_several_fit(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    now_there = make_area(app_session, "xã Phong Quang")
    other = make_area(app_session, "xã Phong Quảng")
    page = form_at(browser).walk({"comments.0.text": "Một", "area": "phong quang"}, "Xem lại trước khi gửi")
    assert page.status == 200 and "“phong quang” thuộc xã, phường nào" in page.text
    page = page.submit({"area_id": str(now_there.id)}, button="Gửi")
    assert page.heading == "Đã tiếp nhận ý kiến"
    assert app_session.scalars(select(Submission.area_id)).all() == [now_there.id] and other.id != now_there.id
    unknown = form_at(browser).walk({"comments.0.text": "Hai", "area": "không đâu"}, "Xem lại trước khi gửi")
    assert unknown.status == 200 and "không đâu" in unknown.text
    assert unknown.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"
