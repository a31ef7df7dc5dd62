"""Status by code: states for who has the code, everything for who has the second one, and nothing for who guesses."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation, Period
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Receipt, Sender
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.service import receive
from consult.submissions.words import ContactKind
from consult.tracking import counted_lookup, views_opening
from tests.builders import make_consultation
from tests.pages import Browser, Page
from tests.submissions.rows import comment, new, officer

SECRET_WORDS = ("Nội dung riêng", "Nguyễn Văn An", "an@example.test")


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


@pytest.fixture
def receipt(app: Flask, app_session: Session, consultation: Consultation) -> Receipt:
    sender = Sender("Nguyễn Văn An", contact_kind=ContactKind.MAIL, contact="an@example.test")
    submission = new(comment("Nội dung riêng", "d2.k1"), comment("Ý hai", "d3"), at=now(), sender=sender)
    codes = app.extensions["consult.codes"]
    return receive(app_session, consultation, submission, now(), app.extensions["consult.signer"], codes)


def opened(browser: Browser, receipt: Receipt) -> Page:
    return browser.get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": receipt.secret}, button="Mở")


def test_a_code_typed_anyhow_leads_to_the_status(browser: Browser, receipt: Receipt) -> None:
    page = browser.get("/tra-cuu/").submit({"ma": receipt.code.replace("-", " ")}, button="Tra cứu")
    assert page.address == f"/tra-cuu/{receipt.code}/" and "khoản 1 Điều 2" in page.text
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_code_alone_shows_states_only(browser: Browser, receipt: Receipt) -> None:
    page = browser.get(f"/tra-cuu/{receipt.code}/")
    assert not [word for word in (*SECRET_WORDS, receipt.secret) if word in page.html]


def test_a_wrong_code_is_told_before_anything_is_looked_up(browser: Browser, receipt: Receipt) -> None:
    wrong = receipt.code[:-1] + str((int(receipt.code[-1]) + 1) % 10)
    browser.get(f"/tra-cuu/?ma={wrong}", 422)
    browser.get(f"/tra-cuu/{wrong}/", 404)
    browser.get("/tra-cuu/khong-phai-ma/", 404)


def test_a_wrong_second_code_is_asked_again(browser: Browser, receipt: Receipt) -> None:
    page = browser.get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": "000000"}, button="Mở")
    assert page.status == 422 and "Mã bí mật không đúng" in page.text and page.opened
    page = page.submit({"ma_bi_mat": "12345"}, button="Mở")
    assert page.status == 422 and "chưa đủ sáu chữ số" in page.text
    assert not [word for word in SECRET_WORDS if word in page.html]


def test_guessing_is_stopped_even_when_the_guess_is_right(browser: Browser, receipt: Receipt) -> None:
    page = browser.get(f"/tra-cuu/{receipt.code}/")
    seen = {page.submit({"ma_bi_mat": f"x{guess}"}, button="Mở").status for guess in range(31)}
    assert seen == {422, 429}
    assert page.submit({"ma_bi_mat": receipt.secret}, button="Mở").status == 429


def test_a_hall_that_shares_one_address_is_stopped_by_wrong_codes_alone(
    browser: Browser, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_opening, "TRIES_OF_ADDRESS", "2 per hour")
    page = browser.get(f"/tra-cuu/{receipt.code}/")
    right, wrong = {"ma_bi_mat": receipt.secret}, {"ma_bi_mat": "x"}
    assert {page.submit(right, button="Mở").status for _ in range(4)} == {200}
    assert [page.submit(typed, button="Mở").status for typed in (wrong, wrong, wrong, right)] == [422, 422, 429, 429]


def test_ones_own_text_is_read_changed_and_withdrawn(browser: Browser, receipt: Receipt) -> None:
    page = opened(browser, receipt)
    assert "Nội dung riêng" in page.text and receipt.secret not in page.address
    page = browser.send(page, page.form("text-1").fill({"text-1": "Đã nghĩ lại"}))
    assert "Đã ghi nhận bản sửa" in page.text and "Đã nghĩ lại" in page.text and "Nội dung riêng" in page.text
    refused = browser.send(page, page.form("sure-2"))
    assert refused.status == 422 and refused.title.startswith("Lỗi: ")
    assert refused.find("//details[@open]//input[@id = 'field-sure-2' and @aria-invalid]/@aria-describedby")
    assert refused.find("//*[@role = 'alert']//a/@href") == ["#field-sure-2"]
    page = browser.send(page, page.form("sure-2").fill({"sure-2": True}))
    assert "Đã rút ý kiến" in page.text and len(page.find("//form[contains(@action, '/rut/')]")) == 1
    public = browser.get("/lay-y-kien/phan-loai-rac/y-kien/2/").text
    assert "nên không có trả lời" in public and "được trả lời như mọi ý kiến khác" not in public


def test_several_are_withdrawn_at_once_and_the_rest_is_named(
    browser: Browser, app_session: Session, consultation: Consultation, receipt: Receipt
) -> None:
    page = opened(browser, receipt)
    assert page.submit({"chac_chan": True}, button="Rút các ý kiến đã chọn").status == 422
    unsure = opened(browser, receipt).submit({"number": ["1", "2"]}, button="Rút các ý kiến đã chọn")
    assert unsure.status == 422 and unsure.form("Rút các ý kiến đã chọn").values()["number"]
    acts.pass_on(app_session, consultation, [2], "", officer(app_session, consultation), now())
    app_session.commit()
    done = page.submit({"number": ["1", "2"], "chac_chan": True}, button="Rút các ý kiến đã chọn")
    assert done.status == 200 and "Đã rút ý kiến" in done.text
    assert "Ý kiến số 2 đã có kết quả" in done.text


def test_a_change_that_says_nothing_comes_back_as_typed(browser: Browser, receipt: Receipt) -> None:
    page = opened(browser, receipt)
    page = browser.send(page, page.form("text-1").fill({"text-1": " ", "reason-1": "Giữ lại đoạn này"}))
    assert page.status == 422 and page.errors() and "Giữ lại đoạn này" in page.html


def test_after_the_end_the_page_offers_nothing(
    app_session: Session, browser: Browser, receipt: Receipt, consultation: Consultation
) -> None:
    page = opened(browser, receipt)
    for period in app_session.query(Period).where(Period.consultation_id == consultation.id):
        period.closes_at = now() - timedelta(seconds=1)
    app_session.commit()
    late = browser.send(page, page.form("text-1").fill({"text-1": "Muộn mà không mất"}))
    assert late.status == 409 and "Đã hết thời hạn góp ý" in late.text
    assert not late.find("//form[contains(@action, '/sua/')]")


def test_a_page_open_for_too_long_keeps_what_was_typed(app: Flask, browser: Browser, receipt: Receipt) -> None:
    page = opened(browser, receipt)
    app.config["TICKET_HOURS"] = -1
    page = browser.send(page, page.form("text-1").fill({"text-1": "Gõ rất lâu"}))
    assert page.status == 409 and "Gõ rất lâu" in page.html


def test_a_closed_matter_says_why_and_gives_back_what_was_typed(
    app_session: Session, browser: Browser, consultation: Consultation
) -> None:
    address = "/lay-y-kien/phan-loai-rac/gop-y/"
    check = browser.get(address).walk({"comments.0.text": "Gõ trước khi hết hạn"}, button="Xem lại trước khi gửi")
    for period in app_session.query(Period).where(Period.consultation_id == consultation.id):
        period.closes_at = now() - timedelta(seconds=1)
    app_session.commit()
    page = check.submit(button="Gửi")
    assert page.status == 409 and "Gõ trước khi hết hạn" in page.text and "Đã hết thời hạn góp ý" in page.text
    assert "Đã hết thời hạn góp ý" in browser.get(address, 409).text
    browser.post(address, {"comments.0.text": "Thẳng", "do": "send"}, 409)


def test_a_public_name_is_taken_back_after_the_end_too(
    app: Flask, app_session: Session, browser: Browser, consultation: Consultation
) -> None:
    given = new(comment("Nên rõ hơn", "d2.k1"), at=now(), sender=Sender("Hà Văn Tịch", publish_name=True))
    codes = app.extensions["consult.codes"]
    mine = receive(app_session, consultation, given, now(), app.extensions["consult.signer"], codes)
    acts.release(app_session, consultation, mine.comment_numbers, officer(app_session, consultation), now())
    public = ("y-kien/1/", "y-kien/", "tong-hop/", "tong-hop.csv", "tong-hop.json")
    addresses = [f"/lay-y-kien/phan-loai-rac/{name}" for name in public]
    said = [browser.client.get(address).get_data(as_text=True) for address in addresses]
    assert all("Hà Văn Tịch" in text for text in said)
    for period in app_session.query(Period).where(Period.consultation_id == consultation.id):
        period.closes_at = now() - timedelta(seconds=1)
    app_session.commit()
    page = opened(browser, mine).submit(button="Thôi công khai họ tên")
    assert "Họ tên không còn được công khai" in page.text
    assert not page.find("//form[contains(@action, '/thoi-neu-ten/')]")
    for address in addresses:
        text = browser.client.get(address).get_data(as_text=True)
        assert "Hà Văn Tịch" not in text and "Nên rõ hơn" in text


def test_who_has_only_the_look_up_code_locks_nobody_out(app: Flask, receipt: Receipt) -> None:
    def tried(address: str, secret: str) -> Page:
        browser = Browser(app, REMOTE_ADDR=address)
        return browser.get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": secret}, button="Mở")

    wrong = "000000" if receipt.secret != "000000" else "000001"
    seen = [tried(f"203.0.113.{number}", wrong) for number in range(1, 33)]
    assert [page.status for page in seen] == [422] * 30 + [429] * 2, "one network, whatever its addresses"
    assert 1 <= int(seen[-1].headers["Retry-After"]) <= 3600
    assert tried("203.0.113.9", receipt.secret).status == 429
    assert tried("198.51.100.7", receipt.secret).status == 200
    assert tried("2001:db8:7::1", receipt.secret).status == 200


def test_guessing_from_everywhere_is_bounded(app: Flask, receipt: Receipt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_opening, "TRIES_EVERYWHERE", "3 per day")
    seen = []
    for number in range(4):
        browser = Browser(app, REMOTE_ADDR=f"10.{number}.0.1")
        seen.append(browser.get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": "12345"}, button="Mở").status)
    assert seen == [422, 422, 422, 429]


def test_a_slip_of_the_pen_counts_for_nothing(browser: Browser, receipt: Receipt) -> None:
    wrong = receipt.code[:-1] + str((int(receipt.code[-1]) + 1) % 10)
    assert {browser.get(f"/tra-cuu/{wrong}/", None).status for _ in range(65)} == {404}


def test_codes_that_lead_nowhere_count_together_on_pages_and_for_programs(
    app: Flask, consultation: Consultation, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted_lookup, "MISSES_OF_ADDRESS", "2 per hour")
    codes, asked = app.extensions["consult.codes"], app.test_client()
    nobodys = lookup_codes.shown(lookup_codes.make(consultation.short_key, consultation.id, "nobody's", codes)[0])
    slip = receipt.code[:-1] + str((int(receipt.code[-1]) + 1) % 10)
    pages, programs = "/tra-cuu/{}/", "/api/v1/status/{}"
    assert [asked.get(place.format(slip)).status_code for place in (pages, programs) * 2] == [404] * 4
    told = [asked.get(place.format(nobodys)).status_code for place in (pages, programs, pages, programs)]
    assert told == [404, 404, 429, 429]
    # What leads somewhere must not be told apart from what does not, or the limit would bound nothing.
    assert [asked.get(place.format(receipt.code)).status_code for place in (pages, programs)] == [429, 429]
    both = Browser(app).get(pages.format(receipt.code), 429).submit({"ma_bi_mat": receipt.secret}, button="Mở")
    assert both.status == 200 and "Nội dung riêng" in both.text


def test_digits_that_lack_are_told_even_where_the_check_digits_are_right(browser: Browser) -> None:
    """Of codes two digits short one in ninety-seven looks right."""
    short = next(str(number) for number in range(1_148_497_702_600, 1_148_497_702_700) if number % 97 == 1)
    page = browser.get(f"/tra-cuu/?ma={short}", status=422)
    assert "Mã vừa gõ còn thiếu 2 chữ số." in page.text
