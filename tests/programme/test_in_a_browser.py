"""Somebody reports a dumping ground from a telephone that says where it stands, or will not say; a journalist finds
what is late."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Geolocation, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.submissions.sighting_models import SightingPlace
from tests.live import PHONE, Visitor
from tests.programme.scene import make_parties
from tests.programme.sightings.scene import make_seen

pytestmark = pytest.mark.browser
HERE = Geolocation(latitude=22.82345, longitude=104.98412)


def reported(person: Visitor, where: str) -> None:
    """From the page of all cases to a receipt, with a finger."""
    page = person.page
    page.goto("/phan-anh/")
    page.get_by_role("link", name="Gửi phản ánh").click()
    page.get_by_role("radio", name="Rác thải, chất thải").check()
    page.get_by_label("Ở đâu").fill(where)
    page.get_by_role("button", name="Lấy vị trí của điện thoại này").click()


def sent(person: Visitor) -> None:
    """The steps that follow, and the receipt."""
    page = person.page
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
    person.check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")


def test_the_telephone_says_where_it_stands(app: Flask, app_session: Session, visitor: Callable[..., Visitor]) -> None:
    make_seen(app_session, clock.now())
    app_session.commit()
    farmer = visitor(screen=PHONE)
    farmer.context.grant_permissions(["geolocation"])
    farmer.context.set_geolocation(HERE)
    reported(farmer, "bờ suối dưới cầu treo")
    expect(farmer.page.get_by_label("Toạ độ")).to_have_value("22.82345, 104.98412")
    expect(farmer.page.get_by_role("status").first).to_have_text("Đã ghi toạ độ.")
    farmer.check()
    sent(farmer)
    app_session.rollback()
    assert app_session.scalars(select(SightingPlace.latitude)).one() == 22.82345
    farmer.page.goto("/phan-anh/")
    expect(farmer.page.locator("main")).not_to_contain_text("bờ suối dưới cầu treo")
    assert farmer.troubles == []


def test_a_telephone_that_will_not_say_where_it_is_is_no_end(
    app: Flask, app_session: Session, visitor: Callable[..., Visitor]
) -> None:
    make_seen(app_session, clock.now())
    app_session.commit()
    farmer = visitor(screen=PHONE)
    reported(farmer, "km 12 tỉnh lộ 177")
    expect(farmer.page.get_by_text("Chưa lấy được vị trí. Xin ghi nơi đó bằng lời ở trên.")).to_be_visible()
    expect(farmer.page.get_by_label("Ở đâu")).to_have_value("km 12 tỉnh lộ 177")
    sent(farmer)
    app_session.rollback()
    assert app_session.scalars(select(SightingPlace.latitude)).one() is None


def test_a_journalist_finds_what_is_late_first(
    app: Flask, app_session: Session, visitor: Callable[..., Visitor]
) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    late = parties.recommended(parties.round(one))
    parties.task(one)
    late.due_on = parties.today - timedelta(days=3)
    app_session.commit()
    journalist = visitor()
    page = journalist.page
    page.goto("/cam-ket/")
    expect(page.locator("tbody tr").first).to_contain_text("quá hạn 3 ngày")
    page.get_by_role("link", name="Quá hạn").first.click()
    expect(page.locator("tbody").first.locator("tr")).to_have_count(1)
    journalist.check()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").first.click()
    assert str(parties.today - timedelta(days=3)) in taken.value.path().read_text(encoding="utf-8-sig")
