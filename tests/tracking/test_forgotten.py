"""Who joined a comment has it forgotten how they are reached, at any time: the joining stays, nobody writes to them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Period
from consult.submissions.models import Joiner
from consult.submissions.words import ContactKind
from tests.notices.conftest import News, news
from tests.pages import Browser, Page
from tests.reading.scene import Scene

__all__ = ["news"]
BUTTON, CONTACT = "Xóa cách liên hệ", "mai@example.invalid"


def opened(browser: Browser, scene: Scene, contact: str) -> Page:
    """The own page of who joined the first comment."""
    asked = browser.get(f"{scene.url}y-kien/1/cung-y-kien/")
    page = asked.submit({"contact": contact}, button="Tôi cùng ý kiến")
    _code, secret = page.words("//strong[@class='code']")
    return page.click("Xem tình trạng").submit({"ma_bi_mat": secret}, button="Mở")


def over(session: Session) -> None:
    """The time for comments has passed."""
    ended = clock.now() - timedelta(minutes=1)
    session.execute(update(Period).values(closes_at=ended))
    session.commit()


def test_how_to_reach_who_joined_is_forgotten_after_the_end_too(
    app: Flask, app_session: Session, browser: Browser, news: News
) -> None:
    scene = Scene(app_session)
    scene.send("Nên ghi rõ ngày thu gom.")
    scene.release(1)
    own, other = opened(browser, scene, CONTACT), opened(Browser(app), scene, "tam@example.invalid")
    over(app_session)
    assert "không rút được nữa" in own.browser.get(own.address).text
    done = own.submit({}, button=BUTTON)
    assert "Đã xóa cách liên hệ." in done.text and BUTTON not in done.text
    app_session.rollback()
    left = app_session.scalars(select(Joiner).order_by(Joiner.number)).all()
    assert [(one.contact, one.withdrawn_at) for one in left] == [("", None), ("tam@example.invalid", None)]
    assert left[0].contact_kind is ContactKind.NONE
    scene.answer(1)
    told = {mail["To"] for mail in news(clock.now() + timedelta(minutes=1))}
    assert "tam@example.invalid" in told and CONTACT not in told
    assert "Tiếp thu." in done.browser.get(done.address).text
    assert "2 lượt cùng ý kiến" in other.browser.get(other.address).text


def test_who_left_nothing_is_offered_nothing(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    scene.send("Nên ghi rõ ngày thu gom.")
    scene.release(1)
    assert BUTTON not in opened(browser, scene, "").text
