"""A critique that two people write: what each of them wrote stays, and every version can be read again."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.people.words import OrganisationKind, Role
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.pages import Browser, Page


@pytest.fixture
def pages(app: Flask, app_session: Session) -> list[Page]:
    """The same critique before the eyes of two people of the Front."""
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận tỉnh")
    browsers = [Browser(app), Browser(app)]
    for browser, name in zip(browsers, ("Lò Thị Mai", "Hoàng Văn Én"), strict=True):
        sign_in(browser, make_user(app_session, front, [Role.DRAFTER], name))
    first = browsers[0].get("/to-chuc/").click("Soạn văn bản").submit(button="Soạn văn bản phản biện xã hội")
    return [first, browsers[1].get(first.address)]


def test_what_only_one_of_them_wrote_stays(pages: list[Page]) -> None:
    mine, theirs = pages
    assert mine.submit({"criteria.necessity": "Cần thiết ban hành."}, "Lưu").status == 200
    saved = theirs.submit({"conclusion": "Thống nhất về chủ trương."}, "Lưu")
    assert saved.status == 200
    kept = saved.form("conclusion").values()
    assert kept["criteria.necessity"].strip() == "Cần thiết ban hành."
    assert kept["conclusion"].strip() == "Thống nhất về chủ trương."


def test_what_both_wrote_is_shown_side_by_side(pages: list[Page]) -> None:
    mine, theirs = pages
    mine.submit({"conclusion": "Thống nhất hoàn toàn.", "participants": "Ban Thường trực."}, "Lưu")
    refused = theirs.submit({"conclusion": "Đề nghị chỉnh sửa lại.", "criteria.balance": "Hài hòa các lợi ích."}, "Lưu")
    assert refused.status == 409 and refused.words("//tbody/tr/th") == ["Kết luận chung"]
    assert "Thống nhất hoàn toàn." in refused.text and "Đề nghị chỉnh sửa lại." in refused.text
    kept = refused.submit({}, "Đã xem, gửi lại").form("conclusion").values()
    assert kept["conclusion"].strip() == "Đề nghị chỉnh sửa lại."
    assert (kept["participants"].strip(), kept["criteria.balance"].strip()) == (
        "Ban Thường trực.",
        "Hài hòa các lợi ích.",
    )


def test_every_version_can_be_read_again(pages: list[Page]) -> None:
    mine, theirs = pages
    mine.submit({"conclusion": "Kết luận thứ nhất."}, "Lưu")
    again = theirs.browser.get(theirs.address)
    again.submit({"conclusion": "Kết luận thứ hai."}, "Lưu")
    saved = mine.browser.get(mine.address).click("Các bản đã lưu")
    assert saved.words("//dd")[:2] == ["Kết luận thứ hai.", "Kết luận thứ nhất."]
    assert saved.words("//h2")[0].endswith("Hoàng Văn Én") and saved.words("//h2")[1].endswith("Lò Thị Mai")
