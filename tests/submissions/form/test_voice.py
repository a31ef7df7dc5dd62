"""A comment spoken instead of written, without JavaScript: checked when it comes, kept through every step, sent."""

import io

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.receiving.models import Attachment
from tests.builders import make_consultation
from tests.files import made
from tests.files.test_lengths import wav_of
from tests.pages import Browser, Page

VOICE = (wav_of(125), "giọng mẹ tôi.wav")


@pytest.fixture
def consultation(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


def form_at(browser: Browser) -> Page:
    """The page for speaking, which a button on that for writing leads to."""
    return browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1").submit(button="Nói")


def test_a_voice_is_sent_without_a_word(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    page = form_at(browser)
    assert "Giọng nói không bao giờ được công khai" in page.text
    page = page.walk({"voice": VOICE}, "Xem lại trước khi gửi")
    assert page.status == 422 and "Đã nhận ghi âm" in page.text
    page = page.submit({"comments.0.language": "mong"}, "Thêm ý kiến").submit(button="Viết")
    page = page.walk({"comments.1.text": "Ý thứ hai, viết."}, "Xem lại trước khi gửi")
    assert "Ghi âm (tiếng Mông)" in page.text
    receipt = page.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and "Ghi âm (tiếng Mông)" in receipt.text
    app_session.rollback()
    [kept] = app_session.scalars(select(Attachment))
    texts = list(app_session.scalars(select(CommentVersion.text).order_by(CommentVersion.id)))
    assert (kept.role, kept.language, kept.media_type, kept.seconds) == ("voice", "mong", "audio/wav", 125)
    assert sorted(texts) == ["", "Ý thứ hai, viết."]
    assert app.extensions["consult.files"].get(kept.file_hash).startswith(b"RIFF")


def test_what_is_no_sound_is_told_beside_the_field(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).walk({"voice": (made.picture(), "ảnh.jpg")}, "Xem lại trước khi gửi")
    assert page.status == 422 and page.find("//*[@id='field-voice']") and page.errors()


def test_a_voice_of_more_than_three_minutes_is_told_so(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).walk({"voice": (wav_of(200), "dài.wav")}, "Xem lại trước khi gửi")
    assert page.status == 422 and "Ghi âm dài hơn 3 phút" in page.text
    assert page.find("//*[@id='field-voice']") and not page.find("//details//*[@id='field-voice']"), "not folded away"
    page = page.walk({"voice": (wav_of(180), "vừa.wav"), "comments.0.language": "mong"}, "Xem lại trước khi gửi")
    assert "Ghi âm (tiếng Mông)" in page.text


def test_a_voice_too_many_leaves_everything_typed(app: Flask, browser: Browser, consultation: Consultation) -> None:
    app.config["FILES_OF_ADDRESS"] = "1 per hour"
    page = form_at(browser).walk({"voice": VOICE, "comments.0.language": "tay"}, "Xem lại trước khi gửi")
    written = form_at(browser).submit(button="Viết").submit({"comments.0.reason": "Vì xa suối."}, "Nói")
    page = written.walk({"voice": VOICE}, "Xem lại trước khi gửi")
    assert page.status == 422 and "Đang có quá nhiều tệp gửi" in page.text and "Vì xa suối." in page.html


def test_a_voice_can_be_taken_away(browser: Browser, consultation: Consultation) -> None:
    page = form_at(browser).walk({"voice": VOICE, "comments.0.language": "tay"}, "Xem lại trước khi gửi")
    assert "Ghi âm (tiếng Tày)" in page.text
    page = browser.send(page, page.form("do"), "Sửa Nội dung ý kiến (1)")
    page = page.submit(button="Bỏ ghi âm").walk(button="Xem lại trước khi gửi")
    assert page.status == 422 and "Ghi âm (" not in page.text
    assert page.errors() == ["Nói: Xin ghi âm hoặc chọn tệp ghi âm, hoặc bấm “Viết” để viết"]


def test_nobody_can_name_a_voice_that_was_not_theirs(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    page = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1")
    fields = {"comments.0.text": "Có chữ.", "comments.0.voice": "khong-phai-cua-toi", "comments.0.language": "mong"}
    ticket = page.find("//input[@name='ticket']/@value")[0]
    sent = browser.post("/lay-y-kien/phan-loai-rac/gop-y/", {**fields, "ticket": ticket, "again": "1", "do": "send"})
    assert sent.heading == "Đã tiếp nhận ý kiến"
    assert app_session.scalars(select(Attachment)).all() == []


def test_several_voices_of_one_device_come_in_one_form(
    browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    """What was recorded beneath another clause and not sent yet comes along with the form, each for its own comment."""
    page = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1&buoc=noi")
    typed = {
        **page.form().values(), "do": "who", "way": "speak", "comments.0.language": "tay",
        "comments.1.anchor": "du-thao/1/d2.k2", "comments.1.text": "", "comments.1.language": "mong",
    }  # fmt: skip
    files = {"voice": (io.BytesIO(wav_of(3)), "một.wav"), "voice.1": (io.BytesIO(wav_of(4)), "hai.wav")}
    origin = {"Origin": browser.client.application.config["SITE_URL"]}
    answer = browser.client.post("/lay-y-kien/phan-loai-rac/gop-y/", data={**typed, **files}, headers=origin)
    check = browser.get(answer.headers["Location"]).submit(button="Bỏ qua, không nêu tên")
    assert [f"Ghi âm (tiếng {one})" in check.text for one in ("Tày", "Mông")] == [True, True]
    assert check.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"
    kept = app_session.execute(
        select(Comment.path, Attachment.language, Attachment.seconds)
        .join(Attachment, Attachment.comment_id == Comment.id)
        .order_by(Comment.path)
    ).all()
    assert [tuple(one) for one in kept] == [("d2.k1", "tay", 3), ("d2.k2", "mong", 4)]
