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


def kept(page: Page) -> dict[str, str]:
    found = page.browser.get(page.address.partition("?")[0]).form("conclusion").values()
    return {name: value.strip() for name, value in found.items() if isinstance(value, str)}


def test_what_only_one_of_them_wrote_stays(pages: list[Page]) -> None:
    mine, theirs = pages
    assert mine.submit({"criteria.necessity": "Cần thiết ban hành."}, "Lưu").status == 200
    saved = theirs.submit({"conclusion": "Thống nhất về chủ trương."}, "Lưu")
    assert saved.status == 200 and "Lò Thị Mai cũng đang mở bản soạn này" in saved.text
    assert kept(saved)["criteria.necessity"] == "Cần thiết ban hành."
    assert kept(saved)["conclusion"] == "Thống nhất về chủ trương."


def test_points_are_the_same_ones_wherever_they_stand(pages: list[Page]) -> None:
    """One takes the first point out and adds another while the other writes in the second."""
    mine, theirs = pages
    mine = mine.submit({"comments.0.text": "Một.", "tai": "du-thao/1/d1"}, "add")
    mine = mine.submit({"comments.1.text": "Hai.", "tai": "du-thao/1/d2"}, "add")
    theirs = theirs.browser.get(theirs.address)
    mine = mine.submit(button="remove:1").submit({"comments.1.text": "Ba."}, "Lưu")
    theirs = theirs.submit({"comments.1.text": "Hai, sửa lại."}, "Lưu")
    found = kept(theirs)
    assert [found[f"comments.{place}.text"] for place in range(2)] == ["Hai, sửa lại.", "Ba."]
    key = found["comments.1.key"]
    found = kept(theirs.browser.get(theirs.address).submit(button=f"up:{key}"))
    assert [found[f"comments.{place}.text"] for place in range(2)] == ["Ba.", "Hai, sửa lại."]


def test_what_both_wrote_is_kept_and_asked_side_by_side(pages: list[Page]) -> None:
    mine, theirs = pages
    mine.submit({"conclusion": "Thống nhất hoàn toàn.", "participants": "Ban Thường trực."}, "Lưu")
    asked = theirs.submit({"conclusion": "Đề nghị chỉnh sửa.", "criteria.balance": "Hài hòa lợi ích."}, "Lưu")
    assert asked.heading == "Hai người cùng sửa một ô" and asked.words("//section/h2") == ["Kết luận chung"]
    assert asked.words("//tbody//td") == ["(để trống)", "Thống nhất hoàn toàn.", "Đề nghị chỉnh sửa."]
    assert kept(mine)["conclusion"] == "Thống nhất hoàn toàn.", "nothing is taken before somebody has chosen"
    told = mine.browser.get(mine.address)
    assert "Hoàng Văn Én lưu lúc" in told.text, "whoever comes sees that something waits"
    reloaded = asked.browser.get(asked.address)
    assert reloaded.submit(button="Ghép vào bản soạn").status == 422
    unsure = reloaded.submit({"pick.0": "theirs", "own.0": "Viết thêm."}, "Ghép vào bản soạn")
    assert unsure.status == 422 and "Viết thêm." in unsure.text
    saved = unsure.submit({"pick.0": "own", "own.0": "Thống nhất, có chỉnh sửa."}, "Ghép vào bản soạn")
    found = kept(mine)
    assert saved.status == 200 and found["conclusion"] == "Thống nhất, có chỉnh sửa."
    assert (found["participants"], found["criteria.balance"]) == ("Ban Thường trực.", "Hài hòa lợi ích.")
    again = reloaded.submit({"pick.0": "mine"}, "Ghép vào bản soạn")
    assert kept(again)["conclusion"] == "Thống nhất, có chỉnh sửa.", "pressing twice, or Back, chooses once"


def test_what_was_chosen_while_a_third_saved_is_asked_anew(pages: list[Page]) -> None:
    mine, theirs = pages
    mine = mine.submit({"conclusion": "Một."}, "Lưu")
    asked = theirs.submit({"conclusion": "Hai."}, "Lưu")
    mine.submit({"conclusion": "Ba."}, "Lưu")
    again = asked.submit({"pick.0": "mine"}, "Ghép vào bản soạn")
    assert again.heading == "Hai người cùng sửa một ô"
    assert again.words("//tbody//td") == ["Một.", "Ba.", "Hai."]
    left = again.submit(button="Không ghép, chỉ giữ trong các bản đã lưu")
    assert kept(left)["conclusion"] == "Ba." and "Hai." in left.click("Các bản đã lưu").text


def test_every_version_can_be_read_again_and_brought_back(pages: list[Page]) -> None:
    mine, theirs = pages
    mine.submit({"conclusion": "Kết luận thứ nhất."}, "Lưu")
    again = theirs.browser.get(theirs.address)
    again.submit({"conclusion": "Kết luận thứ hai."}, "Lưu")
    saved = mine.browser.get(mine.address).click("Các bản đã lưu")
    assert saved.words("//dd")[:2] == ["Kết luận thứ hai.", "Kết luận thứ nhất."]
    assert saved.words("//h2")[0].endswith("Hoàng Văn Én") and saved.words("//h2")[1].endswith("Lò Thị Mai")
    back = saved.browser.get(saved.address + "2/").submit(button="Lấy lại bản này")
    assert kept(back)["conclusion"] == "Kết luận thứ nhất."
    assert "Lấy lại bản 2." in back.click("Các bản đã lưu").text
