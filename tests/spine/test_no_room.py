"""A disk that is full, a database that is away, writers that wait: nothing typed is lost, and everybody is told."""

import errno
import tempfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.db import writing
from consult.locks import Lock
from consult.people.models import User
from consult.people.words import Role
from consult.submissions.models import CommentVersion, Joiner, Submission
from consult.tracking import views_opening
from consult.web import bounds, context
from consult.web.guard import public
from tests.application import Begin, sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.failing import full_disk, read_only
from tests.files import made
from tests.pages import Browser, Page
from tests.signing_in import with_password

TEXT = "Nên thu gom rác “hai lần” mỗi tuần <b>&amp; vào buổi sáng.\nDòng thứ hai " + "rất dài " * 2_000
MATTER = "/lay-y-kien/phan-loai-rac/"
NOW_NOT = "Chưa thực hiện được lúc này"


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac", disclosure=Disclosure.AT_ONCE)


def sent(page: Page, values: dict[str, Any], button: str, status: int = 503) -> Page:
    return page.browser.send(page, page.form(button).fill(values), button, status)


def checked(
    browser: Browser, prefix: str = "", button: str = "Xem lại trước khi gửi", onward: str = "Tiếp tục"
) -> Page:
    """A comment that only has to be sent."""
    typed = {"comments.0.text": TEXT, "name": "Hoàng Thị Lý", "contact": "ly@example.invalid"}
    return browser.get(f"{prefix}{MATTER}gop-y/").walk(typed, button, onward)


def codes_of(receipt: Page) -> list[str]:
    return receipt.words("//strong[@class = 'code']")


def test_a_comment_on_a_full_disk_comes_back_and_is_sent_again(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = checked(browser)
    with full_disk(app):
        page = sent(check, {}, "Gửi")
        assert page.heading == NOW_NOT and "Chưa có nội dung nào được ghi nhận" in page.text
        assert " ".join(TEXT.split()) in page.text
        assert page.headers["Retry-After"] == "60" and page.headers["Cache-Control"] == "no-store"
        page = sent(page, {}, "Gửi lại")
    receipt, again = page.submit(button="Gửi lại"), page.submit(button="Gửi lại")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and codes_of(receipt) == codes_of(again) != []
    assert app_session.scalars(select(CommentVersion.text)).one().split() == TEXT.split()
    assert app_session.scalars(select(Submission.contact)).one() == "ly@example.invalid"


def test_in_english(app: Flask, browser: Browser, consultation: Consultation) -> None:
    check = checked(browser, "/en", "Read it again before sending", "Continue")
    with full_disk(app):
        page = sent(check, {}, "Send")
    assert page.heading == "This cannot be done at the moment"
    assert page.submit(button="Send again").address.startswith("/en/")


@pytest.mark.parametrize("button", ["Tiếp tục", "Thêm ý kiến"])
def test_a_step_with_a_file_that_finds_no_room_gives_the_other_fields_back(
    app: Flask, browser: Browser, consultation: Consultation, button: str
) -> None:
    page = browser.get(f"{MATTER}gop-y/")
    with read_only(app):
        page = sent(page, {"comments.0.text": TEXT, "file": (made.picture(), "ảnh bãi rác.jpg")}, button)
    assert " ".join(TEXT.split()) in page.text and "ảnh bãi rác.jpg" in page.text
    page = page.submit(button="Gửi lại")
    assert page.status == 200 and "Nên thu gom rác “hai lần”" in page.html


def test_joining_comes_back(app: Flask, browser: Browser, consultation: Consultation, app_session: Session) -> None:
    checked(browser).submit(button="Gửi")
    page = browser.get(f"{MATTER}y-kien/1/cung-y-kien/")
    with read_only(app):
        page = browser.send(page, page.form("contact").fill({"contact": "lan-huong@example.invalid"}), None, 503)
    assert "lan-huong@example.invalid" in page.text
    for _ in range(2):
        assert page.submit(button="Gửi lại").status == 200
    assert app_session.scalar(select(func.count()).select_from(Joiner)) == 1


def test_amending_comes_back(app: Flask, browser: Browser, consultation: Consultation) -> None:
    code, secret = codes_of(checked(browser).submit(button="Gửi"))
    own = browser.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, form="ma_bi_mat")
    with read_only(app):
        page = browser.send(own, own.form("text").fill({"text": "Một lời văn khác hẳn"}), None, 503)
    assert "Một lời văn khác hẳn" in page.text
    assert "Một lời văn khác hẳn" in page.submit(button="Gửi lại").html


@pytest.fixture
def person(app: Flask, app_session: Session) -> User:
    return with_password(app, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))


def test_a_signed_in_form_comes_back(app: Flask, browser: Browser, person: User, app_session: Session) -> None:
    sign_in(browser, person)
    page = browser.get("/quan-tri/nguoi-dung/moi/")
    values = {"name": "Nguyễn Thị Hương Lan", "mail": "huong@example.vn"}
    with read_only(app):
        page = browser.send(page, page.form("mail").fill(values), None, 503)
    assert "Nguyễn Thị Hương Lan" in page.text and page.form("Gửi lại").values()["csrf_token"]
    page.submit(button="Gửi lại")
    assert app_session.scalars(select(User.name).where(User.mail == "huong@example.vn")).one() == values["name"]


def test_a_password_is_not_given_back(app: Flask, browser: Browser, person: User) -> None:
    page = browser.get("/dang-nhap/")
    typed = {"mail": person.mail, "password": "ruộng bậc thang mùa lúa chín"}
    with read_only(app):
        page = browser.send(page, page.form("password").fill(typed), None, 503)
    assert "ruộng bậc thang" not in page.html and "Mật khẩu, mã xác thực không được giữ lại" in page.text
    assert not page.find("//main//form")


def test_another_site_gets_nothing_back(app: Flask, browser: Browser, consultation: Consultation) -> None:
    data = {**checked(browser).form("Gửi").values(), "do": "send"}
    with read_only(app):
        page = browser.post(f"{MATTER}gop-y/", data, status=None, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Hoàng Thị Lý" not in page.html


def test_the_api_says_so_in_its_own_words(app: Flask, browser: Browser, consultation: Consultation) -> None:
    body = {"comments": [{"text": TEXT}], "consent": "2026-11"}
    headers = {"Idempotency-Key": "k" * 22}
    address = "/api/v1/consultations/phan-loai-rac/submissions"
    with full_disk(app):
        told = browser.client.post(address, json=body, headers=headers)
    assert (told.status_code, told.json) == (503, {"reason": "storage_unavailable"})
    assert told.headers["Retry-After"] == "60"
    assert browser.client.post(address, json=body, headers=headers).status_code == 201


def test_who_reads_is_told_when_the_database_is_away(settings: dict[str, Any], tmp_path: Path, begin: Begin) -> None:
    away = begin({**settings, "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'consult.sqlite'}"})
    page = Browser(away).get("/lay-y-kien/", 503)
    assert page.heading == NOW_NOT and "Retry-After" in page.headers and not page.find("//main//form")
    assert Browser(away).get("/api/v1/consultations", 503).json == {"reason": "storage_unavailable"}


def test_a_fault_of_ours_gives_back_what_was_typed(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = checked(browser)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["consult.signer"], signer = None, app.extensions["consult.signer"]
    page = sent(check, {}, "Gửi", 500)
    assert page.heading == "Hệ thống đang gặp sự cố" and " ".join(TEXT.split()) in page.text
    app.extensions["consult.signer"] = signer
    assert page.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"


def test_an_upload_that_finds_no_room_in_the_temporary_folder_keeps_what_was_typed(
    app: Flask, browser: Browser, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.get(f"{MATTER}gop-y/")
    monkeypatch.setattr(bounds, "IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_how: open("/dev/full", "r+b", buffering=0))  # noqa: SIM115
    page = sent(page, {"comments.0.text": "Vẫn còn đây, không mất", "file": (b"x" * 6_000, "ảnh.jpg")}, "Tiếp tục")
    assert "Vẫn còn đây, không mất" in page.text and "ảnh.jpg" in page.text


def test_what_failed_after_something_was_recorded_says_so(app: Flask, browser: Browser) -> None:
    @public()
    def half_way() -> None:
        with writing(context.session(), Lock.REFERENCE):
            context.session().execute(text("SELECT 1"))
        raise OSError(errno.ENOSPC, "No space left on device")

    app.add_url_rule("/nua-chung/", "half_way", half_way, methods=["POST"])
    page = browser.post("/nua-chung/", {"note": "Ghi chú khá dài", "ticket": "x"}, 503)
    assert "có thể đã được ghi nhận" in page.text and "Chưa có nội dung nào" not in page.text
    assert "Ghi chú khá dài" in page.text and page.form("Gửi lại").values()["ticket"] == "x"


def test_who_is_one_of_too_many_keeps_what_was_typed(
    app: Flask, browser: Browser, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_opening, "TRIES", (("second_code_hour", "1 per hour"),))
    code, secret = codes_of(checked(browser).submit(button="Gửi"))
    status = browser.get(f"/tra-cuu/{code}/")
    status.submit({"ma_bi_mat": secret}, form="ma_bi_mat")
    # The number is typed once more, as who has no pass does.
    typed = {
        "ma_bi_mat": secret,
        "ticket": status.form("ma_bi_mat").values()["ticket"],
        "text": "Một lời văn khác hẳn",
        "number": "1",
    }
    page = browser.post(f"/tra-cuu/{code}/sua/", typed, 429)
    assert "Một lời văn khác hẳn" in page.text and 1 <= int(page.headers["Retry-After"]) <= 3600
