"""Photographed minutes beside one text: each line is an opinion, for the branch and for who collects above it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import CollectedOpinion
from tests.collections.conftest import Site
from tests.pages import Page
from tests.responses.intake.test_keyboard import scan

RECORD = "Ghi nhận từng dòng"


def held(site: Site) -> Page:
    """A meeting of a branch whose minutes were photographed."""
    meeting = site.branches["Xã A"].get(site.at("Xã A", "ghi/hop/"))
    typed = {"place": "Thôn 1", "held_on": "2026-11-20", "files": (scan(), "bien-ban.png")}
    return meeting.submit(typed, button="Ghi nhận")


def said(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number))
    return [(one.anchor.rpartition("/")[2], one.text) for one in rows]


def test_each_line_is_an_opinion_and_once(site: Site, app_session: Session) -> None:
    page = held(site).click("Chép nhiều ý kiến một lần")
    assert page.browser.get(page.find("//div[@id='ban-chup']//img/@src")[0]).headers["Content-Type"] == "image/webp"
    turned = page.submit({"text": "Điều 2: Thu hằng ngày."}, button="Xoay phải")
    assert turned.form(RECORD).values()["text"].strip() == "Điều 2: Thu hằng ngày."
    assert turned.browser.get(turned.address).form(RECORD).values()["text"].strip() == "Điều 2: Thu hằng ngày."
    asked = turned.submit({"text": "Điều 2: Thu hằng ngày.\nĐiều 99: Bỏ."}, button=RECORD)
    assert asked.status == 422 and "Điều 99" in asked.text
    for _press in range(2):
        asked.submit({"as_general": True}, button=RECORD)
    assert said(app_session) == [("d2", "Thu hằng ngày."), ("", "Điều 99: Bỏ.")]


def test_the_level_above_copies_too(site: Site, app_session: Session) -> None:
    held(site)
    page = site.secretary.get(site.work("buoi/1/")).click("Chép nhiều ý kiến một lần")
    large = page.submit({}, button="Phóng to")
    assert large.find("//img[@class='large']")
    assert site.secretary.get(large.find("//div[@id='ban-chup']//img/@src")[0]).status == 200
    done = large.submit({"text": "khoản 1 Điều 2: Thu buổi tối."}, button=RECORD)
    assert "Thu buổi tối." in done.text and said(app_session) == [("d2.k1", "Thu buổi tối.")]
    site.branches["Xã B"].get(site.at("Xã B", "buoi/1/chep/"), status=404)
