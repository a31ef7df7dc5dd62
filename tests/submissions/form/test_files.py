"""Files with a comment, without JavaScript: checked at once, kept through every step, and never public."""

import json
import os
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.files.pending_uploads import PendingUploads
from consult.outbox.models import OutboxMessage
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from tests.builders import make_consultation
from tests.files import made
from tests.pages import Browser, Page

FILE = "Tệp gửi kèm"
PHOTO = (made.picture(), "ảnh bãi rác.jpg")


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


def form_at(browser: Browser) -> Page:
    return browser.get("/lay-y-kien/phan-loai-rac/gop-y/")


def attached(session: Session) -> list[Attachment]:
    session.rollback()
    return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def test_a_file_is_kept_through_errors_and_steps_and_sent(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    page = form_at(browser).walk({"comments.0.text": " ", "file": PHOTO}, "Xem lại trước khi gửi")
    assert page.status == 422 and "ảnh bãi rác.jpg" in page.text
    page = page.submit({"comments.0.text": "Một", "file": (made.mp3(), "ghi âm.mp3")}, "Thêm ý kiến")
    page = page.submit({"comments.1.text": "Hai"}, "Thêm ý kiến về nội dung khác").submit(button="Quay lại")
    check = page.walk(button="Xem lại trước khi gửi")
    assert (
        "ảnh bãi rác.jpg" in check.text and "ghi âm.mp3" in check.text and "Tệp gửi kèm không công khai" in check.text
    )
    receipt = check.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and "ghi âm.mp3" in receipt.text
    kept = attached(app_session)
    assert [(one.file_name, one.media_type, one.role) for one in kept] == [
        ("ảnh bãi rác.jpg", "image/jpeg", "attachment"),
        ("ghi âm.mp3", "audio/mpeg", "attachment"),
    ]
    photo = app.extensions["consult.files"].get(kept[0].file_hash)
    assert made.PLACE.encode() not in photo and photo.startswith(b"\xff\xd8\xff")
    content = json.loads(receipt.submit(button="Tải tệp biên nhận").body)
    assert content["comments"][0]["openings"]["attachments"]["value"][0]["name"] == "ảnh bãi rác.jpg"
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    own = browser.get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
    file = own.submit(button="Tải về ảnh bãi rác.jpg")
    assert file.body == photo and file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    # Pressing twice is sending once, with files as without.
    assert check.submit(button="Gửi").heading == receipt.heading
    assert len(app_session.scalars(select(Submission)).all()) == 1 and len(attached(app_session)) == 2


def test_what_is_not_taken_is_told_at_the_field_and_loses_nothing(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).walk({"comments.0.text": "Giữ nguyên", "file": PHOTO}, "Xem lại trước khi gửi")
    page = page.submit(button="edit:0")
    wrong = page.walk({"file": (made.word(("word/vbaProject.bin", b"x")), "đơn.docx")}, "Xem lại trước khi gửi")
    assert wrong.status == 422 and wrong.errors() == [
        "Tệp gửi kèm: Tệp có chứa lệnh tự chạy (macro); xin lưu lại không kèm macro"
    ]
    assert "Giữ nguyên" in wrong.html and "ảnh bãi rác.jpg" in wrong.text and wrong.find("//*[@id='field-file']")
    again = wrong.walk({"file": PHOTO}, "Xem lại trước khi gửi")
    assert again.errors() == ["Tệp gửi kèm: Tệp này đã được gửi kèm"]
    without = again.submit(button="remove-file:0")
    assert "ảnh bãi rác.jpg" not in without.text and "Giữ nguyên" in without.html


def test_there_are_never_more_files_than_allowed(app: Flask, browser: Browser, consultation: Consultation) -> None:
    app.config["ATTACHMENTS"] = 1
    page = (
        form_at(browser)
        .walk({"comments.0.text": "Một", "file": PHOTO}, "Xem lại trước khi gửi")
        .submit(button="edit:0")
    )
    assert page.find("//ul[@id='field-file']")
    data = {**page.form().values(), "do": "check", "file": (BytesIO(made.pdf()), "b.pdf")}
    wrong = browser.post(page.address, data, 422)
    assert wrong.errors() == ["Tệp gửi kèm: Đã đủ số tệp; xin bỏ bớt một tệp trước khi thêm"]


def test_a_flood_of_files_waits_and_the_words_are_kept(
    app: Flask, browser: Browser, consultation: Consultation
) -> None:
    app.config["FILES_OF_ADDRESS"] = "1 per hour"
    page = (
        form_at(browser)
        .walk({"comments.0.text": "Một", "file": PHOTO}, "Xem lại trước khi gửi")
        .submit(button="edit:0")
    )
    page = page.walk({"comments.0.text": "Hai", "file": (made.pdf(), "b.pdf")}, "Xem lại trước khi gửi")
    assert page.status == 422 and "Hai" in page.html and "ảnh bãi rác.jpg" in page.text
    assert "xin thử lại sau" in page.errors()[0]


@pytest.mark.parametrize("files", ["x", "WyJhIl0.x", '[["a"]]'])
def test_nobody_names_a_file_that_was_not_theirs(
    browser: Browser, consultation: Consultation, app_session: Session, files: str
) -> None:
    check = form_at(browser).walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    page = browser.post(check.address, {**check.form().values(), "files": files, "do": "send"}, 422)
    assert page.errors() == ["Tệp gửi kèm: Tệp gửi kèm đã quá hạn giữ tạm; xin chọn lại tệp"]
    assert attached(app_session) == []


def test_what_was_never_sent_is_cleared_away(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    check = form_at(browser).walk({"comments.0.text": "Một", "file": PHOTO}, "Xem lại trước khi gửi")
    files = PendingUploads(app.config["WAITING_FOLDER"])
    assert len(list(files.store.folder.glob("*/*"))) == 1
    app_session.rollback()
    message = app_session.scalars(select(OutboxMessage).where(OutboxMessage.event == "files_left_waiting")).one()
    worker = app.extensions["consult.worker"]
    worker.work_once(message.run_at - timedelta(minutes=1))
    assert len(list(files.store.folder.glob("*/*"))) == 1
    for path in files.store.folder.glob("*/*"):
        old = (now() - timedelta(days=3)).timestamp()
        os.utime(path, (old, old))
    worker.work_once(message.run_at)
    assert list(files.store.folder.glob("*/*")) == []
    lost = check.submit(button="Gửi")
    assert lost.status == 422 and "Một" in lost.html and attached(app_session) == []
