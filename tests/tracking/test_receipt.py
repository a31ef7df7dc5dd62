"""The receipt under its own address: reloaded, opened again, taken home; and every answer of a form has an address."""

import io
import zipfile

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.clock import now
from consult.consultations.models import Consultation
from consult.submissions.models import Submission
from consult.tracking import passes
from consult.web import log_masking, parked_answers
from tests.builders import make_consultation
from tests.pages import Browser, Page

FORM = "/lay-y-kien/phan-loai-rac/gop-y/"


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    made = make_consultation(app_session, now=now(), slug="phan-loai-rac")
    made.lead.telephone, made.lead.address = "0209 3 870 000", "Số 1 đường Trường Chinh"
    app_session.commit()
    return made


def sent(browser: Browser, **typed: str) -> Page:
    page = browser.get(FORM).walk({"comments.0.text": "Giữ rừng <đầu nguồn>", **typed}, "Xem lại trước khi gửi")
    return page.submit(button="Gửi")


def own(receipt: Page) -> Page:
    code, secret = receipt.words("//strong[@class='code']")
    return receipt.browser.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, button="Mở")


def test_a_receipt_is_opened_again_and_says_what_one_needs(browser: Browser, consultation: Consultation) -> None:
    page = sent(browser, contact="0912 345 678", area="thôn Nà Hái, xã Phủ Thông")
    again = browser.get(page.address)
    assert page.opened and page.address.startswith("/tra-cuu/phieu/")
    assert again.words("//strong[@class='code']") == page.words("//strong[@class='code']")
    for words in (
        "0209 3 870 000", consultation.lead.name, "Giữ rừng <đầu nguồn>", "báo đến số 0912 345 678", "Sửa, rút",
        "Phải trả lời trước", "thôn Nà Hái, xã Phủ Thông", "Mất mã:", "/tra-cuu/",
    ):  # fmt: skip
        assert words in again.text, words
    headings = page.words("//main//h2")
    assert headings[0] == "Tiếp theo", "what happens next is said before everything else"
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"


def test_a_week_later_it_leads_to_where_things_stand(app: Flask, browser: Browser, consultation: Consultation) -> None:
    page = sent(browser)
    code, secret = page.words("//strong[@class='code']")
    app.config["TICKET_HOURS"] = -1
    later = browser.get(page.address)
    assert later.address == f"/tra-cuu/{code}/" and secret not in later.html
    browser.get(f"{page.address}phieu.pdf", 404)
    browser.get(f"{page.address[:-5]}/", 404)


def test_the_sheet_is_a_tagged_pdf_and_a_picture(
    browser: Browser, consultation: Consultation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page, folder = sent(browser), tmp_path_factory.mktemp("sheet")
    for kind in ("pdf", "png"):
        answer = browser.get(f"{page.address}phieu.{kind}")
        assert "phieu-tiep-nhan-" in answer.headers["Content-Disposition"]
        (folder / f"sheet.{kind}").write_bytes(answer.body)
    with pikepdf.open(folder / "sheet.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and str(pdf.Root.Lang) == "vi-VN"
    with Image.open(folder / "sheet.png") as picture:
        assert picture.width > 600 and picture.height > 600
    kept = own(page)
    assert kept.click("Tải phiếu (PDF)").body.startswith(b"%PDF")
    assert kept.click("Tải phiếu (ảnh)").body.startswith(b"\x89PNG")


def test_what_was_sent_is_taken_away_as_a_letter_without_codes(browser: Browser, consultation: Consultation) -> None:
    page = sent(browser, **{"comments.0.proposed": "Giữ lại đoạn này", "name": "Lò Thị Én"})
    codes = page.words("//strong[@class='code']")
    for letter in (page.click("Tải ý kiến thành thư (DOCX)"), own(page).click("Tải ý kiến thành thư (DOCX)")):
        with zipfile.ZipFile(io.BytesIO(letter.body)) as package:
            said = package.read("word/document.xml").decode()
        assert all(one in said for one in ("Giữ rừng", "Giữ lại đoạn này", "Lò Thị Én", consultation.lead.name))
        assert not [code for code in codes if code in said or code.replace("-", "") in said]
    browser.get("/tra-cuu/phieu/khong-phai/thu.docx", 404)


def test_what_a_form_answers_is_found_again(browser: Browser, consultation: Consultation) -> None:
    page = own(sent(browser))
    assert page.opened and "/mo/" in page.address
    wrong = browser.send(page, page.form("text-1").fill({"text-1": " ", "reason-1": "Vì giữ được nước"}))
    assert wrong.status == 422 and wrong.opened and "giu=" in wrong.address
    assert browser.get(wrong.address, 422).html == wrong.html
    done = browser.send(wrong, wrong.form("field-text").fill({"field-text": "Nói rõ hơn"}))
    assert done.opened and "Đã ghi nhận bản sửa" in browser.get(done.address).text


def test_what_waited_too_long_is_the_form_itself(
    browser: Browser, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = own(sent(browser))
    wrong = browser.send(page, page.form("text-1").fill({"text-1": " "}))
    monkeypatch.setattr(parked_answers, "LIFE", -parked_answers.LIFE)
    code = wrong.address.split("/")[2]
    assert browser.get(wrong.address).address == f"/tra-cuu/{code}/"
    assert browser.get(f"{FORM}?giu={'0' * 64}").status == 200


def test_what_waited_too_long_is_let_go(app: Flask, browser: Browser, consultation: Consultation) -> None:
    page = own(sent(browser))
    wrong = browser.send(page, page.form("text-1").fill({"text-1": " "}))
    start, ran = clock.uptime()
    kept = parked_answers.ParkedAnswers(app.config["ANSWERS_FOLDER"], lambda: (start, ran))
    name = wrong.address.partition("giu=")[2]
    kept.sweep(None, now() + parked_answers.LIFE / 2)
    assert kept.find(name, now()) is not None
    later = now() + 2 * parked_answers.LIFE
    kept.sweep(None, later)
    assert kept.find(name, later) is not None, "the clock was put ahead: nobody has waited"
    ran += 2 * parked_answers.LIFE.total_seconds()
    kept.sweep(None, later)
    assert kept.find(name, now()) is None and not list(kept.place.listed())


def test_a_pass_ends_with_its_hour_and_is_for_one_code(
    app: Flask, browser: Browser, consultation: Consultation
) -> None:
    first, other = own(sent(browser)), sent(browser, **{"comments.0.text": "Ý khác"})
    code = other.words("//strong[@class='code']")[0]
    given = first.address.split("/mo/")[1]
    assert "Quá" not in browser.get(f"/tra-cuu/{code}/mo/{given}").text
    assert browser.get(f"/tra-cuu/{code}/mo/{given}").address.startswith(f"/tra-cuu/{code}/?xong=pass_over")
    with app.test_request_context():
        old = passes.issue(code.replace("-", ""), now() - passes.LIFE)
        assert not passes.opens(old, code.replace("-", ""), now())


def test_mails_lead_to_it_for_who_asked_and_ask_for_the_secret_number(
    app_session: Session, browser: Browser, consultation: Consultation
) -> None:
    page = sent(browser, contact="hoa@example.vn")
    secret = page.words("//strong[@class='code']")[1]
    done = page.submit(button="Kèm đường dẫn trong thư báo")
    assert "thư báo có kèm đường dẫn" in done.text
    link = app_session.scalars(select(Submission.mail_code)).one()
    from_mail = browser.get(f"/tra-cuu/thu/{link}/")
    assert "Giữ rừng" not in from_mail.text and "Tình trạng" not in from_mail.text
    assert "Giữ rừng" in from_mail.submit({"ma_bi_mat": secret}, button="Mở").text
    browser.get("/tra-cuu/thu/khong-phai/", 404)


def test_no_log_holds_what_opens_a_receipt() -> None:
    for address in ("/tra-cuu/phieu/abc/", "/tra-cuu/thu/abc/", "/tra-cuu/123/mo/abc/", "/tra-cuu/123/sua/?giu=abc"):
        assert "abc" not in log_masking.mask(f"GET {address} 200") and "123" not in log_masking.mask(address)
