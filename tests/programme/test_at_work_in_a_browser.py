"""A parish orders leaflets and a speaker and sees both delivered; the two focal officers make the exchange of a quarter
and the report of the year. On a telephone and at a desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from tests.builders import make_organisation, make_user
from tests.journeys.going import let_in
from tests.live import PHONE, Visitor
from tests.programme.materials.scene import Library
from tests.programme.scene import Parties, make_parties

pytestmark = pytest.mark.browser
Comes = Callable[..., Visitor]


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, today."""
    return make_parties(app_session, clock.now())


class AtWork:
    """Brings people to their pages."""

    def __init__(self, app: Flask, session: Session, comes: Comes) -> None:
        self.app, self.session, self.comes = app, session, comes

    def person(self, body: Organisation, role: Role, phone: bool = False) -> Visitor:
        """Somebody of a body who has signed in."""
        user = make_user(self.session, body, [role])
        self.session.commit()
        visitor = self.comes(screen=PHONE) if phone else self.comes()
        let_in(self.app, visitor, user)
        return visitor


@pytest.fixture
def at_work(app: Flask, app_session: Session, visitor: Comes) -> AtWork:
    return AtWork(app, app_session, visitor)


def pressed(page: Page, button: str) -> None:
    """Presses a button."""
    page.get_by_role("button", name=button, exact=True).click()


def test_a_parish_orders_leaflets_and_a_speaker_and_sees_them_delivered(parties: Parties, at_work: AtWork) -> None:
    shelf = Library(parties)
    shelf.put_in(title="Tờ rơi phân loại rác")
    body = make_organisation(
        parties.session, OrganisationKind.RELIGIOUS, level=Level.COMMUNE, name="Giáo xứ Nà Pha"
    )  # fmt: skip
    parish = at_work.person(body, Role.DRAFTER, phone=True)
    officer = at_work.person(parties.department, Role.OFFICER)
    page, desk = parish.page, f"/phoi-hop/dat-tai-lieu/{shelf.programme.matter.slug}/"
    page.goto(desk)
    page.get_by_label("Tài liệu", exact=True).select_option(label="Tờ rơi phân loại rác")
    page.get_by_label("Mời cán bộ chuyên môn đến nói chuyện").check()
    page.get_by_label("Nơi nhận, nơi nói chuyện").fill("Nhà sinh hoạt giáo xứ")
    pressed(page, "Gửi đơn đặt")
    expect(page.locator("main")).to_contain_text("Xin nhập nội dung này")
    parish.check()
    page.get_by_label("Số bản in").fill("200")
    page.get_by_label("Cần vào ngày").fill((parties.today + timedelta(days=3)).isoformat())
    pressed(page, "Gửi đơn đặt")
    expect(page.locator("main")).to_contain_text("chờ trả lời")
    parish.check()
    order = page.url
    at_desk = officer.page
    at_desk.goto(desk)
    at_desk.get_by_role("link", name="Tờ rơi phân loại rác, số bản: 200").click()
    at_desk.get_by_label("Trả lời").fill("Chủ nhật có cán bộ đến.")
    pressed(at_desk, "Xác nhận")
    at_desk.get_by_label("Ngày giao").fill(parties.today.isoformat())
    at_desk.get_by_label("Đã giao gì, ai đến nói chuyện").fill("Bà Hoa đã nói chuyện.")
    officer.check()
    pressed(at_desk, "Lưu")
    expect(at_desk.locator("main")).to_contain_text("đã giao")
    officer.check()
    page.goto(order)
    expect(page.locator("main")).to_contain_text("Chủ nhật có cán bộ đến.")
    expect(page.locator("main")).to_contain_text("Bà Hoa đã nói chuyện.")
    parish.check()
    assert parish.troubles + officer.troubles == []


def test_two_focal_officers_make_the_exchange_and_the_report(parties: Parties, at_work: AtWork) -> None:
    programme = parties.programme()
    late = parties.recommended(parties.round(programme), text="Mua hai xe chở rác")
    late.due_on = parties.today - timedelta(days=2)
    front = at_work.person(parties.front, Role.DRAFTER)
    department = at_work.person(parties.department, Role.OFFICER, phone=True)
    signers = [
        at_work.person(parties.front, Role.SENDER),
        at_work.person(parties.department, Role.LEADER, phone=True),
    ]
    page, address = front.page, f"/phoi-hop/chuong-trinh/{programme.matter.slug}/"
    page.goto(address)
    page.get_by_role("link", name="Trao đổi hằng quý").first.click()
    pressed(page, "Lập nội dung")
    expect(page.locator("main")).to_contain_text("Mua hai xe chở rác")
    front.check()
    exchange = page.url
    other = department.page
    other.goto(exchange)
    other.get_by_label("Ngày trao đổi").fill(parties.today.isoformat())
    other.get_by_label("Địa điểm").fill("Trụ sở Sở")
    other.get_by_label("Lãnh đạo bên Mặt trận").fill("Bà A, Phó Chủ tịch")
    other.get_by_label("Lãnh đạo cơ quan phối hợp").fill("Ông B, Phó Giám đốc")
    other.get_by_label("Kết luận").fill("Đôn đốc việc mua xe.")
    pressed(other, "Lưu")
    department.check()
    page.goto(exchange)
    page.get_by_label("Việc phải làm").fill("Cấp năm thùng rác")
    page.get_by_label("Cơ quan thực hiện").select_option(label=parties.department.name)
    page.get_by_label("Hạn", exact=True).fill((parties.today + timedelta(days=9)).isoformat())
    pressed(page, "Thêm quyết định")
    expect(page.locator("#quyet-dinh + ol")).to_contain_text("Cấp năm thùng rác")
    agreed(signers, exchange, "Thống nhất biên bản", "Biên bản đã công khai")
    other.goto(address)
    other.get_by_role("link", name="Báo cáo", exact=True).first.click()
    other.get_by_label("Kỳ báo cáo").select_option(value=f"year-{parties.today.year}")
    pressed(other, "Lập báo cáo")
    other.get_by_label("Đánh giá: Giám sát").fill("Một kiến nghị còn chậm.")
    pressed(other, "Lưu và chốt số liệu")
    expect(other.locator("main")).to_contain_text("Số liệu chốt ngày")
    department.check()
    report = other.url
    page.goto(report)
    page.get_by_role("link", name="Kiến nghị quá hạn chưa thực hiện").click()
    expect(page.locator("main")).to_contain_text("Mua hai xe chở rác")
    front.check()
    agreed(signers, report, "Thống nhất báo cáo", "Trang công khai")
    page.goto(f"/chuong-trinh/{programme.matter.slug}/")
    page.get_by_role("link", name=f"Báo cáo năm {parties.today.year}").first.click()
    expect(page.locator("main")).to_contain_text("Một kiến nghị còn chậm.")
    front.check()
    assert [one.troubles for one in (front, department, *signers)] == [[]] * 4


def agreed(signers: list[Visitor], address: str, button: str, told: str) -> None:
    """One of each party agrees."""
    for one in signers:
        one.page.goto(address)
        pressed(one.page, button)
    expect(signers[-1].page.locator("main")).to_contain_text(told)
    signers[-1].check()
