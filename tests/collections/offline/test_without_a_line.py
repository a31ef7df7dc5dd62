"""What is written while the server is away waits on the device, and comes in once each when it is back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections import service
from consult.collections.branches import keys
from consult.collections.models import CollectedOpinion, Gathering
from consult.collections.service import NewCollection
from consult.submissions.views_frame import site_codes
from tests.arriving import asked, given
from tests.collections.scene import Collecting, collecting
from tests.files import made
from tests.live import PHONE, Visitor, served

PATIENCE = 30_000
GONE_BACK = "dispatchEvent(new Event('online'))"


@dataclass
class Device:
    """A telephone of a branch, and the address that the site has whenever it is there."""

    app: Flask
    scene: Collecting
    visitor: Visitor
    key: str

    @property
    def page(self) -> Page:
        return self.visitor.page

    def waits_for(self, words: str, how_often: int = 1) -> None:
        """Until the list of what is on the device says so."""
        expect(self.page.locator("#hang li", has_text=words)).to_have_count(how_often, timeout=PATIENCE)

    def reopen(self) -> None:
        """Closes the tab, and opens the same address in another."""
        address = self.page.url
        self.page.close()
        self.visitor.page = self.visitor.context.new_page()
        self.visitor.page.goto(address)
        self.visitor.page.wait_for_selector("#ghi", state="visible")

    def count(self) -> tuple[int, int]:
        """Gatherings and opinions that came in."""
        with self.app.extensions["consult.database"].session() as session:
            return tuple(session.scalar(select(func.count(one.id))) or 0 for one in (Gathering, CollectedOpinion))  # type: ignore[return-value]


@pytest.fixture
def device(app: Flask, app_session: Session, chromium_program: Chromium) -> Iterator[Device]:
    with app.app_context():
        scene = collecting(app_session, "Xã A", codes=site_codes())
        key = keys.of_branch(scene.branches["Xã A"], site_codes())
    with served(app) as address:
        visitor = Visitor(chromium_program, address, True, PHONE)
        first_visit(visitor, key)
        visitor.check()
    yield Device(app, scene, visitor, key)
    visitor.leave()


def first_visit(visitor: Visitor, key: str) -> None:
    page = visitor.open(f"/thu-thap/vao/{key}/")
    page.get_by_role("link", name="Ghi ý kiến khi không có mạng").click()
    expect(page.locator("#noi")).to_contain_text("đã cất trên máy", timeout=PATIENCE)


def write(page: Page, place: str, opinions: int) -> None:
    """A meeting with so many opinions."""
    page.locator("#place").fill(place)
    page.locator("#held_on").fill("2026-11-21")
    for number in range(opinions):
        page.locator("#text").fill(f"{place}: ý kiến {number}")
        page.get_by_role("button", name="Ghi ý kiến này").click()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Xong buổi này, gửi khi có mạng").click()


def test_an_opinion_half_typed_without_its_first_field_goes_with_the_gathering(device: Device) -> None:
    write(device.page, "Thôn Một", 1)
    device.page.locator("#stance").select_option("oppose")
    finish(device.page)
    device.waits_for("Thôn Một, 21/11/2026 (2)")


def test_thirty_opinions_wait_and_come_in_once_each(device: Device, app_session: Session) -> None:
    for village in ("Thôn Một", "Thôn Hai"):
        write(device.page, village, 10)
        finish(device.page)
    write(device.page, "Thôn Ba", 10)
    photo = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": made.picture()}
    given(device.page.locator("#anh"), photo)  # type: ignore[arg-type]
    device.page.locator("#text").fill("gõ dở")
    device.page.wait_for_timeout(600)
    device.waits_for("Chờ gửi khi có mạng", 2)
    device.reopen()
    expect(device.page.locator("#cac li")).to_have_count(10)
    assert device.page.locator("#text").input_value() == "gõ dở"
    device.page.locator("#text").fill("")
    finish(device.page)
    device.waits_for("Chờ gửi khi có mạng", 3)
    change_the_page(device, app_session)
    with served(device.app) as address:
        assert address == device.visitor.address
        other = device.visitor.context.new_page()
        other.goto(device.page.url)
        for page in (device.page, other):
            asked(page, GONE_BACK)
        device.waits_for("Đã gửi: buổi số", 3)
        assert device.count() == (3, 30)
        device.reopen()
        asked(device.page, GONE_BACK)
        device.waits_for("Đã gửi: buổi số", 3)
        replaced(device.page)
    assert device.count() == (3, 30)
    device.reopen()
    assert "Bản mới" in device.page.locator("main").inner_text()


def replaced(page: Page) -> None:
    """Until what the device keeps is of the new release, and nothing of the old one."""
    kept = "caches.match(location.pathname, {ignoreVary: true}).then((one) => one.text())"
    for _time in range(100):
        if asked(page, "caches.keys().then((names) => names.length)") == 1 and "Bản mới" in asked(page, kept):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the old page is still kept")


def change_the_page(device: Device, session: Session) -> None:
    """What a new release does: the page that the device kept is another one by now."""
    matter = device.scene.matter
    new = NewCollection("Bản mới", "", matter.id if matter else None)
    service.change(session, device.scene.collection.id, new, device.scene.secretary, now())


def concluded(device: Device, session: Session, at: datetime | None) -> None:
    """The matter is over, or never was."""
    assert device.scene.matter is not None
    device.scene.matter.concluded_at = at
    session.commit()


def test_what_comes_after_the_end_is_kept_and_told(device: Device, app_session: Session) -> None:
    scene = device.scene
    write(device.page, "Thôn Một", 1)
    finish(device.page)
    service.close(app_session, scene.collection.id, scene.secretary, now())
    with served(device.app):
        asked(device.page, GONE_BACK)
        device.waits_for("đã kết thúc")
        assert device.count() == (0, 0)
        with device.page.expect_download() as saved:
            device.page.get_by_role("button", name="Tải về máy (CSV)").click()
        assert "Thôn Một: ý kiến 0" in saved.value.path().read_text(encoding="utf-8-sig")
        service.reopen(app_session, scene.collection.id, None, scene.secretary, now())
        concluded(device, app_session, now())
        device.reopen()
        device.waits_for("Đợt lấy ý kiến mà đợt thu thập này phục vụ đã kết thúc")
        assert device.count() == (0, 0)
        concluded(device, app_session, None)
        device.reopen()
        device.waits_for("Đã gửi: buổi số 1, ý kiến số 1")
    assert device.count() == (1, 1)


def test_what_is_wrong_is_told_and_can_be_changed(device: Device) -> None:
    write(device.page, "", 1)
    finish(device.page)
    with served(device.app):
        asked(device.page, GONE_BACK)
        device.waits_for("Xin nhập nội dung này")
        device.page.get_by_role("button", name="Mở để sửa").click()
        device.page.locator("#place").fill("Thôn Một")
        finish(device.page)
        device.waits_for("Đã gửi: buổi số 1")
        device.page.get_by_role("button", name="Xóa khỏi máy").click()
        expect(device.page.locator("#hang li")).to_have_count(0)
    assert device.count() == (1, 1)
