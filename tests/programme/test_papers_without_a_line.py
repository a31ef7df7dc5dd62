"""A commune's Front enters thirty papers of a village on a telephone where there is no line, the page is killed in
between, and all come in once each."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.people.words import Role
from consult.programme.surveys.models import SurveyAnswer
from tests.arriving import asked
from tests.builders import make_user
from tests.journeys.going import let_in
from tests.live import DESK, PHONE, Visitor, served
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import make_surveyed

pytestmark = pytest.mark.browser
PATIENCE = 30_000
ENTER = """numbers => numbers.forEach((number) => {
  if (document.getElementById('field-sheet').value !== String(number)) throw new Error('not the next number');
  document.querySelector("[name='said.khong_khi'][value='4']").click();
  document.getElementById('xong').click();
})"""
"""Presses what stands for "hài lòng" and goes on to the next paper, as often as there are numbers."""
GONE_BACK = "dispatchEvent(new Event('online'))"


@dataclass
class Device:
    """A telephone with the page of a village, which is kept on it."""

    app: Flask
    visitor: Visitor

    @property
    def page(self) -> Page:
        return self.visitor.page

    def enter(self, numbers: range) -> None:
        """Papers one after the other, the first by hand; the number of the next stands there already."""
        first, *others = numbers
        expect(self.page.get_by_label("Số của phiếu")).to_have_value(str(first) if first > 1 else "")
        self.page.get_by_label("Số của phiếu").fill(str(first))
        self.page.get_by_role("radio", name="Hài lòng", exact=True).first.check()
        self.page.get_by_role("button", name="Xong phiếu này").click()
        expect(self.page.locator("#noi")).to_have_text(f"Đã cất phiếu số {first} trên máy.")
        asked(self.page, ENTER, others)

    def waits(self, words: str, how_often: int) -> None:
        """Until the list of what is on the device says so."""
        expect(self.page.locator("#hang li", has_text=words)).to_have_count(how_often, timeout=PATIENCE)

    def killed(self) -> None:
        """The tab is closed, and the same address opened in another."""
        address = self.page.url
        self.page.close()
        self.visitor.page = self.visitor.context.new_page()
        self.visitor.page.goto(address)
        self.visitor.page.wait_for_selector("#ghi", state="visible")


def link_given(app: Flask, chromium: Chromium, address: str, typist: User, commune: str) -> str:
    """The Front of the commune gives its village a link at the desk: the path of it."""
    front = Visitor(chromium, address, True, DESK)
    page = let_in(app, front, typist)
    page.goto(commune)
    page.get_by_role("link", name="Thôn, tổ nhập phiếu bằng đường dẫn riêng").click()
    page.get_by_label("Thêm thôn, tổ").fill("Thôn Nà Pha")
    page.get_by_role("button", name="Thêm và tạo đường dẫn").click()
    front.check()
    page.get_by_role("link", name="Thôn Nà Pha").click()
    link = page.get_by_text("/thu-thap/phieu/").inner_text()
    front.check()
    front.leave()
    return urlsplit(link).path


@pytest.fixture
def device(app: Flask, app_session: Session, chromium_program: Chromium) -> Iterator[Device]:
    surveyed = make_surveyed(app_session, app.extensions["consult.files"], make_parties(app_session, clock.now()))
    one = surveyed.survey([900])
    body, _actor = surveyed.front_of(surveyed.areas[0])
    typist = make_user(app_session, body, [Role.DRAFTER])
    commune = f"/phoi-hop/nhap-phieu/{one.programme.matter.slug}/{one.number}/{surveyed.areas[0].id}/"
    app_session.commit()
    with served(app) as address:
        phone = Visitor(chromium_program, address, True, PHONE)
        phone.page.goto(link_given(app, chromium_program, address, typist, commune))
        phone.check()
        phone.page.get_by_role("link", name="Nhập phiếu khi không có mạng").click()
        expect(phone.page.locator("#noi")).to_contain_text("đã cất trên máy", timeout=PATIENCE)
        phone.check()
    yield Device(app, phone)
    phone.leave()


def test_thirty_papers_wait_on_the_device_and_come_in_once_each(device: Device, app_session: Session) -> None:
    device.enter(range(1, 16))
    device.page.get_by_label("Điều cần làm ngay").fill("gõ dở")
    device.page.wait_for_timeout(600)
    device.waits("Chờ gửi khi có mạng", 15)
    device.killed()
    expect(device.page.get_by_label("Điều cần làm ngay")).to_have_value("gõ dở")
    device.enter(range(16, 31))
    device.waits("Chờ gửi khi có mạng", 30)
    device.visitor.page.get_by_label("Số của phiếu").fill("7")
    device.page.get_by_role("radio", name="Hài lòng", exact=True).first.check()
    device.page.get_by_role("button", name="Xong phiếu này").click()
    expect(device.page.locator("#noi")).to_contain_text("mang số này đang chờ gửi")
    with served(device.app) as address:
        assert address == device.visitor.address
        other = device.visitor.context.new_page()
        other.goto(device.page.url)
        for page in (device.page, other):
            asked(page, GONE_BACK)
        device.waits("Đã gửi", 30)
        device.visitor.check()
        device.killed()
        asked(device.page, GONE_BACK)
        device.waits("Đã gửi", 30)
    came = app_session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.id)).all()
    assert sorted(int(one.sheet) for one in came) == list(range(1, 31))
    assert {one.said["khong_khi"] for one in came} == {"4"}
    assert [one.sheet for one in came if "gop_y" in one.said] == ["16"]


def test_a_paper_that_is_wrong_is_told_so_and_its_file_saved_for_the_commune(device: Device) -> None:
    page = device.page
    page.get_by_label("Số của phiếu").fill("1" * 20)
    page.get_by_role("radio", name="Hài lòng", exact=True).first.check()
    page.get_by_role("button", name="Xong phiếu này").click()
    device.waits("Chờ gửi khi có mạng", 1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Tải các phiếu chờ gửi (CSV)").click()
    assert saved.value.path().read_text(encoding="utf-8-sig").splitlines()[1].startswith('"' + "1" * 20 + '";"4"')
    page.get_by_role("button", name="Mở để sửa").click()
    page.get_by_label("Số của phiếu").fill("8")
    page.get_by_role("button", name="Xong phiếu này").click()
    with served(device.app):
        asked(page, GONE_BACK)
        device.waits("Đã gửi", 1)
        page.get_by_role("button", name="Xóa khỏi máy").click()
        expect(page.locator("#hang li")).to_have_count(0)
