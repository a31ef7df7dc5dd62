"""Rating an answer on the site: by both codes, once, after which Back and reload do no harm."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.ratings import service as ratings
from consult.responses.ratings.models import AnswerRating
from consult.submissions.inputs import NewSubmission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.service import receive
from tests.application import CODES, sign_in
from tests.pages import Browser
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

ANSWER = {"clear": "chua_ro", "line": "Chưa nói bao giờ làm."}


def _sent(desk: Desk, key: str) -> tuple[int, str, str]:
    """A comment with its answer and both codes."""
    moment = (desk.matter.opens_at or clock.now()) + (clock.now() - (desk.matter.opens_at or clock.now())) / 9
    new = NewSubmission((comment(f"Ý kiến {key}."),), moment, f"{key:-<32}")
    receipt = receive(desk.session, desk.matter, new, moment, SIGNER, CODES)
    return receipt.comment_numbers[0], receipt.code, receipt.secret


def _ratings(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(AnswerRating)) or 0


def test_said_once_and_not_twice(app: Flask, app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    number, code, secret = _sent(desk, "mot")
    at = f"/tra-cuu/{code}/danh-gia/"
    assert "Chưa có trả lời nào cho phiếu này." in browser.get(at).text
    desk.release(number)
    desk.answer(number)
    app_session.commit()
    page = browser.get(at)
    wrong = page.submit({**ANSWER, "ma_bi_mat": "000000" if secret != "000000" else "111111"}, "Gửi")
    assert wrong.status == 422 and _ratings(app_session) == 0
    missing = page.submit({"ma_bi_mat": secret}, "Gửi")
    assert missing.status == 422 and _ratings(app_session) == 0
    done = page.submit({**ANSWER, "ma_bi_mat": secret}, "Gửi")
    assert "Đã ghi nhận." in done.text
    assert _ratings(app_session) == 1
    again = page.submit({"clear": "ro", "ma_bi_mat": secret}, "Gửi")
    assert again.status == 409 and "chỉ cho biết được một lần" in again.text
    assert _ratings(app_session) == 1
    assert "Chưa nói bao giờ làm." not in browser.get(f"/lay-y-kien/{desk.matter.slug}/").text


def test_five_are_told_on_the_page_and_their_lines_at_the_desk(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    for number in range(5):
        assert "người được trả lời đã cho biết" not in browser.get(f"/lay-y-kien/{desk.matter.slug}/").text
        ratings.rate(app_session, desk.matter, [str(number)], number < 3, f"Dòng {number} <b>.")
        app_session.commit()
    told = browser.get(f"/lay-y-kien/{desk.matter.slug}/").text
    assert "5 người được trả lời đã cho biết trả lời có rõ không: 3 rõ, 2 chưa rõ." in told
    assert "Dòng 4 <b>." not in told
    staff = Browser(app)
    sign_in(staff, desk.people["officer"])
    assert "Dòng 4 <b>." in staff.get(f"/xu-ly/{desk.matter.slug}/tra-loi-co-ro-khong/").text


def test_a_mark_is_of_the_site_and_not_of_the_receipt() -> None:
    (mark, *_rest) = lookup_codes.rating_marks("1234567890123456", "123456", 1, CODES)
    assert mark not in lookup_codes.code_hashes("1234567890123456", CODES)
