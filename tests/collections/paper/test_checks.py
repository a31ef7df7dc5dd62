"""Who said something to a branch sees with both codes what was typed of it and the pages of their own sheet; what they
find wrong stands with both texts until the branch or the level above has settled it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import CollectedOpinion, EarlierRecord
from consult.collections.paper.models import CollectedTypingCheck
from tests.collections.conftest import Site
from tests.collections.paper.test_branch import CONFIRM, handed_in, printed
from tests.pages import Page
from tests.responses.intake.test_keyboard import scan
from tests.responses.paper import filled
from tests.tagged_pdfs import text_of

SEND, SAVE = "Gửi xác nhận", "Lưu bản ghi"
SECRET = re.compile(r"Mã bí mật \(giữ riêng\): ([0-9]{6})")


@pytest.fixture
def sheet(app: Flask, site: Site) -> tuple[str, str]:
    """The codes of a sheet that a branch recorded with two opinions."""
    pdf = printed(site.branches["Xã A"], site.at("Xã A"))
    page = handed_in(app, site.branches["Xã A"], site.at("Xã A"), filled.file_of(filled.pages(pdf)[0]))
    page.click("Phiếu số 1").submit({"text": "Điều 2: Thu hằng tuần\nĐèn hỏng", "name": "Lò Văn B"}, button=CONFIRM)
    return filled.code_of(text_of(pdf), 1), SECRET.findall(text_of(pdf))[0]


def opened(site: Site, sheet: tuple[str, str]) -> Page:
    return site.stranger.get(f"/tra-cuu/{sheet[0]}/").submit({"ma_bi_mat": sheet[1]}, button="Mở")


def test_the_code_alone_shows_no_word_and_a_wrong_number_none(site: Site, sheet: tuple[str, str]) -> None:
    alone = site.stranger.get(f"/tra-cuu/{sheet[0]}/")
    assert "Thu hằng tuần" not in alone.text
    wrong = alone.submit({"ma_bi_mat": f"{(int(sheet[1]) + 1) % 10**6:06}"}, button="Mở")
    assert wrong.status == 422 and wrong.errors() and "Thu hằng tuần" not in wrong.text
    own = opened(site, sheet)
    assert own.address.startswith(f"/tra-cuu/{sheet[0]}/to-giay/")
    site.stranger.get(own.address.replace(sheet[0], "000-000-000-000-012"), status=None)
    given = own.address.split("/")[-2]
    assert "Thu hằng tuần" not in site.stranger.get(f"/tra-cuu/{sheet[0]}/to-giay/x{given}/").text


def test_what_is_wrong_is_put_right_by_the_branch(app_session: Session, site: Site, sheet: tuple[str, str]) -> None:
    own = opened(site, sheet)
    assert len(own.find("//img[@class='scan']")) == 1
    assert site.stranger.get(own.find("//img[@class='scan']/@src")[0]).headers["Content-Type"] == "image/webp"
    app_session.rollback()
    first = app_session.scalars(select(CollectedOpinion.number).order_by(CollectedOpinion.number)).first()
    for _press in range(2):
        told = own.submit({"typing": "wrong", f"texts.{first}.text": "Thu hằng ngày"}, button=SEND)
    assert "đã báo chép sai" in told.text
    assert site.stranger.get(told.address).text == told.text
    page = site.branches["Xã A"].get(site.at("Xã A")).click(f"Ý kiến số {first}")
    assert page.words("//dl//del") == ["(bỏ) tuần"] and page.words("//dl//ins") == ["(thêm) ngày"]
    taken = page.submit({}, button="Lấy chữ của người góp ý")
    taken.submit({}, button=SAVE)
    app_session.rollback()
    texts = app_session.scalars(select(CollectedOpinion.text).order_by(CollectedOpinion.number)).all()
    assert texts == ["Thu hằng ngày", "Đèn hỏng"]
    assert [one.said["text"] for one in app_session.scalars(select(EarlierRecord))] == ["Thu hằng tuần"]
    [check] = app_session.scalars(select(CollectedTypingCheck)).all()
    assert check.settled_at is not None
    assert "báo ghi sai" not in site.branches["Xã A"].get(site.at("Xã A")).text
    assert "Cơ quan đã xem lại" in opened(site, sheet).text
    site.branches["Xã B"].get(page.address.replace(site.at("Xã A"), site.at("Xã B")), status=404)


def test_the_level_above_may_keep_it_with_the_reason(app_session: Session, site: Site, sheet: tuple[str, str]) -> None:
    opened(site, sheet).submit({"typing": "wrong", "typing_said": "Thiếu một ý"}, button=SEND)
    page = site.secretary.get(site.work()).click("Ý kiến số 1")
    assert "Thiếu một ý" in page.text and page.submit({}, button=SAVE).errors()
    page.submit({"reason": "Trên phiếu chỉ có hai ý."}, button=SAVE)
    assert "Trên phiếu chỉ có hai ý." in opened(site, sheet).text


def test_of_a_meeting_only_the_own_words_are_shown(app_session: Session, site: Site) -> None:
    meeting = site.branches["Xã A"].get(site.at("Xã A", "ghi/hop/"))
    typed = {"place": "Thôn 1", "held_on": "2026-11-20", "files": (scan(), "bien-ban.png")}
    page = meeting.submit(typed, button="Ghi nhận")
    for words in ("Của tôi", "Của người khác"):
        page = page.submit({"text": words}, button="Thêm ý kiến này")
    code, secret = page.click("Phiếu hẹn, sửa, rút ý kiến số 1").words("//h2[1]/following-sibling::p[1]/strong")
    own = opened(site, (code, secret))
    assert "Của tôi" in own.text and "Của người khác" not in own.text and not own.find("//img[@class='scan']")
    done = own.submit({"typing": "right"}, button=SEND)
    assert "đã xác nhận chép đúng" in done.text
