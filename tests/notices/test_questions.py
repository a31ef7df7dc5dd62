"""A question back, the whole way: asked at the desk, told by mail or telephone, replied on one's own page or through
the desk, and never read by anybody else."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.questions import service as questions
from consult.submissions.inputs import NewSubmission, Sender
from consult.submissions.receiving.service import receive
from consult.submissions.sender import calls
from consult.submissions.words import CommentActKind, ContactKind
from consult.web.templating import day
from tests.application import CODES, sign_in
from tests.pages import Browser
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

News = Callable[..., list[EmailMessage]]
QUESTION, REPLY = "Ông/bà nói đoạn nào của đường?", "Đoạn trước cửa nhà ông Páo."


def _sent(desk: Desk, kind: ContactKind, contact: str, **given: str) -> tuple[int, str, str]:
    moment = clock.now() - timedelta(hours=1)
    sender = Sender("Nông Thị Hoa", contact_kind=kind, contact=contact)
    new = NewSubmission((comment("Đường hay ngập."),), moment, "hoi".ljust(32, "-"), sender=sender, **given)
    receipt = receive(desk.session, desk.matter, new, moment, SIGNER, CODES)
    return receipt.comment_numbers[0], receipt.code, receipt.secret


def test_asked_by_mail_and_replied_on_ones_own_page(
    app: Flask, app_session: Session, browser: Browser, news: News
) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=20)
    number, code, secret = _sent(desk, ContactKind.MAIL, "hoa@example.org")
    app_session.commit()
    news(clock.now())
    public, at = f"/lay-y-kien/{desk.matter.slug}/y-kien/{number}/", f"/xu-ly/{desk.matter.slug}/"
    before = browser.get(public).text
    staff = Browser(app)
    sign_in(staff, desk.people["officer"])
    page = staff.get(at + f"tra-loi/?comment={number}").click("Hỏi lại người gửi ý kiến số 1")
    assert page.submit({"question": " "}, "Hỏi người gửi").status == 422
    asked = page.submit({"question": QUESTION}, "Hỏi người gửi")
    assert "Đã hỏi người gửi." in asked.text and QUESTION in asked.text
    [mail] = news(clock.now())
    assert mail["To"] == "hoa@example.org"
    assert mail["Subject"] == "Cơ quan cần hỏi ông/bà về ý kiến số 1"
    assert QUESTION not in str(mail.get_content())
    with app.test_request_context():
        until = day(clock.local_day(clock.now()) + timedelta(days=10))
    waiting = browser.get(public).text
    assert "Đang chờ người gửi trả lời" in waiting and until in waiting and "trước đó là hết ngày" in waiting
    assert "Tạm dừng" not in before and "Quá hạn" not in waiting and QUESTION not in waiting
    alone = browser.get(f"/tra-cuu/{code}/")
    assert "Cơ quan đang hỏi ông/bà" in alone.text and QUESTION not in alone.text
    own = alone.submit({"ma_bi_mat": secret}, "Mở")
    assert QUESTION in own.text
    wrong = own.submit({"reply": ""}, "Gửi trả lời")
    assert wrong.status == 422 and QUESTION in wrong.text
    done = own.submit({"reply": REPLY}, "Gửi trả lời")
    assert "Đã gửi trả lời." in done.text and REPLY in done.text
    again = own.submit({"reply": "Đoạn khác."}, "Gửi trả lời")
    assert again.status == 409 and REPLY in again.text
    told = browser.get(public).text
    assert "người gửi trả lời ngày" in told and REPLY not in told and QUESTION not in told
    assert REPLY in staff.get(at + f"y-kien/{number}/").text
    [to_officer] = news(clock.now())
    assert to_officer["To"] == desk.people["officer"].mail
    log = browser.get(f"/nhat-ky/{desk.matter.slug}/").text
    assert "Hỏi lại người gửi ý kiến số 1" in log and REPLY not in log
    assert "Asked" not in log and "replied" in browser.get("/en" + public).text


def test_asked_by_telephone_and_taken_down_at_the_desk(
    app: Flask, app_session: Session, browser: Browser, news: News
) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=20)
    number, code, secret = _sent(desk, ContactKind.TELEPHONE, "0912345678")
    app_session.commit()
    news(clock.now())
    questions.ask(app_session, desk.matter, number, QUESTION, 10, desk.officer, clock.now())
    news(clock.now())
    app_session.rollback()
    [call] = calls.waiting(app_session, desk.matter.id)
    assert (call.notice, call.facts["change"]) == ("comment_changed", "question_asked")
    staff = Browser(app)
    sign_in(staff, desk.people["officer"])
    listed = staff.get(f"/xu-ly/{desk.matter.slug}/goi-dien/")
    assert "Cơ quan cần hỏi ông/bà về ý kiến số 1" in listed.text
    page = listed.click("Mở ý kiến số 1").click("Ghi lời người gửi trả lời")
    assert "Đã lưu lời trả lời" in page.submit({"reply": REPLY}, "Lưu lời trả lời").text
    assert news(clock.now()) == []
    own = browser.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, "Mở")
    assert REPLY in own.text and "cán bộ ghi lại" in own.text
    assert "Không có ai cần gọi." in staff.get(f"/xu-ly/{desk.matter.slug}/goi-dien/").text


def test_a_mail_of_what_was_decided_leads_to_ones_own_page(app_session: Session, news: News) -> None:
    """Its link was that of the number of the comment, and led nowhere."""
    desk = make_desk(app_session, now=clock.now(), opened_before=20)
    number, _code, _secret = _sent(desk, ContactKind.MAIL, "hoa@example.org")
    app_session.commit()
    news(clock.now())
    desk.session.refresh(desk.matter)

    desk.by_two(number, CommentActKind.WITHHELD, "insult")
    app_session.commit()
    [mail] = news(clock.now())
    assert f"/tra-cuu/thu/{number}/" not in str(mail.get_content())
