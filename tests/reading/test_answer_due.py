"""The clock in public: the day on every page, its sum on one, the bodies side by side, and what just became late."""

from datetime import timedelta
from xml.etree import ElementTree

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import term_of
from consult.responses.answers.extension import extend_answers, present_day
from consult.stages import Stage
from consult.web.templating import day
from tests.application import sign_in
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

ATOM = "{http://www.w3.org/2005/Atom}"


def _open(session: Session) -> Desk:
    return make_desk(session, Stage.OPEN, now=clock.now())


def _said(app: Flask, desk: Desk) -> str:
    due = present_day(desk.session, desk.matter, clock.local_day(clock.now()))
    left = (due - clock.local_day(clock.now())).days if due else 0
    with app.test_request_context():
        return f"Phải trả lời chậm nhất là ngày {day(due)} (còn {left} ngày)."


def test_the_same_day_on_every_page_from_the_form_to_the_comment(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    desk = _open(app_session)
    at = f"/lay-y-kien/{desk.matter.slug}/"
    said = _said(app, desk)
    assert said in browser.get(at).text
    form = browser.get(at + "gop-y/?tai=d2.k1")
    assert said in form.text
    check = form.walk({"Nội dung ý kiến": "Nên thu gom hằng ngày."}, "Xem lại trước khi gửi")
    assert said in check.text
    receipt = check.submit({}, "Gửi")
    if "hai lần" in receipt.text or receipt.status == 409:
        receipt = receipt.submit({}, "Gửi")
    assert said in receipt.text
    assert said in receipt.click("Xem tình trạng").text
    page = browser.get(at + "y-kien/1/")
    assert said in page.text
    counted = page.click("Cách tính ngày này")
    assert "theo quy chế phối hợp" in counted.text
    assert "15 ngày làm việc" in counted.text


def test_an_extension_shows_both_days_and_its_reason(app: Flask, app_session: Session, browser: Browser) -> None:
    desk = _open(app_session)
    (number,) = desk.receive("Một.")
    before = present_day(app_session, desk.matter, clock.local_day(clock.now()))
    assert before is not None
    at = f"/lay-y-kien/{desk.matter.slug}/y-kien/{number}/"
    browser.get(at)
    extend_answers(app_session, desk.matter, before + timedelta(days=9), "Phải đo lại.", desk.publisher, clock.now())
    app_session.commit()
    page = browser.get(at)
    with app.test_request_context():
        assert f"Đã gia hạn; trước đó là hết ngày {day(before)}." in page.text
    assert "Quá hạn" not in page.text
    assert "Lý do: Phải đo lại." in page.click("Cách tính ngày này").text


def test_an_answer_is_said_to_be_in_time_or_late(app_session: Session, browser: Browser) -> None:
    late = make_desk(app_session, now=clock.now(), opened_before=120)
    (number,) = late.receive("Một.")
    waits = browser.get(f"/lay-y-kien/{late.matter.slug}/y-kien/{number}/").text
    term = term_of(app_session, late.matter)
    assert term is not None and "Quá hạn trả lời" in waits
    late.answer(number)
    app_session.commit()
    assert "Trả lời muộn" in browser.get(f"/lay-y-kien/{late.matter.slug}/y-kien/{number}/").text
    matter = browser.get(f"/lay-y-kien/{late.matter.slug}/").text
    assert "1 ý kiến được trả lời muộn" in matter
    assert "Quá hạn trả lời" not in matter


def test_bodies_and_a_feed_of_what_became_late(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=120)
    desk.receive("Một.", "Hai.")
    app_session.commit()
    page = browser.get("/tra-loi-dung-han/")
    assert "Sở Nông nghiệp và Môi trường" in page.text
    assert browser.get("/en/tra-loi-dung-han/").status == 200
    answer = browser.client.get("/tra-loi-dung-han/qua-han.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    (entry,) = feed.findall(f"{ATOM}entry")
    title = entry.findtext(f"{ATOM}title") or ""
    assert title.startswith("2 ý kiến quá hạn trả lời: ")
    term = term_of(app_session, desk.matter)
    assert term is not None and term.public_day is not None
    assert (entry.findtext(f"{ATOM}id") or "").endswith(term.public_day.isoformat())
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.attrib["href"].endswith(f"/lay-y-kien/{desk.matter.slug}/")


def test_the_desk_gives_more_time(app: Flask, app_session: Session, browser: Browser) -> None:
    desk = _open(app_session)
    before = present_day(app_session, desk.matter, clock.local_day(clock.now()))
    assert before is not None
    app_session.commit()
    sign_in(browser, desk.people["publisher"])
    at = f"/xu-ly/{desk.matter.slug}/gia-han-tra-loi/"
    page = browser.get(at).submit({"last_day": before.isoformat(), "reason": ""}, "Gia hạn trả lời")
    assert page.status == 422
    later = before + timedelta(days=7)
    done = page.submit({"last_day": later.isoformat(), "reason": "Cần khảo sát thêm."}, "Gia hạn trả lời")
    assert "Đã gia hạn trả lời." in done.text
    assert present_day(app_session, desk.matter, clock.local_day(clock.now())) == later
