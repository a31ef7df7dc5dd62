"""What a device kept while an older draft was the newest, and sends after the next one: it stays about its clause."""

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections.models import CollectedOpinion
from tests.arriving import asked
from tests.builders import make_publisher
from tests.collections.offline.test_without_a_line import GONE_BACK, PATIENCE, Device, device, finish
from tests.collections.test_older_draft import ONE_MORE
from tests.consultations.revised import revise
from tests.live import served

__all__ = ["device"]
KEPT = "caches.match(location.pathname, {ignoreVary: true}).then((one) => one.text())"


def said(device: Device, about: str, words: str) -> None:
    device.page.locator("#anchor").select_option(about)
    device.page.locator("#text").fill(words)


def second_draft(device: Device, session: Session) -> None:
    session.rollback()
    assert device.scene.matter is not None
    revise(session, device.scene.matter, make_publisher(session), ONE_MORE, now())
    session.commit()


def with_the_new_page(device: Device) -> None:
    """Until the device keeps the page of the second draft, and has opened it."""
    for _time in range(100):
        if "du-thao/2/d4" in asked(device.page, KEPT):
            device.reopen()
            return
        device.page.wait_for_timeout(100)
    raise AssertionError("the old page is still kept")


def test_what_was_kept_under_an_older_draft_stays_about_its_clause(device: Device, app_session: Session) -> None:
    page = device.page
    page.locator("#place").fill("Thôn Một")
    page.locator("#held_on").fill("2026-11-21")
    said(device, "du-thao/1/d3", "Xin lùi một năm")
    page.get_by_role("button", name="Ghi ý kiến này").click()
    said(device, "du-thao/1/d1", "Thêm cả chợ")
    page.wait_for_timeout(600)
    second_draft(device, app_session)
    with served(device.app):
        asked(device.page, "navigator.serviceWorker.ready.then((one) => one.update()).then(() => 1)")
        with_the_new_page(device)
        page = device.page
        offered = page.locator("#anchor option").evaluate_all("(all) => all.map((one) => one.value)")
        assert "du-thao/1/d3" in offered and "du-thao/2/d1" in offered
        expect(page.locator("#anchor")).to_have_value("du-thao/1/d1", timeout=PATIENCE)
        expect(page.locator("#anchor option:checked")).to_have_text("Như đã ghi, nay không còn trong danh sách")
        page.get_by_role("button", name="Sửa", exact=True).click()
        expect(page.locator("#anchor")).to_have_value("du-thao/1/d3", timeout=PATIENCE)
        page.get_by_role("button", name="Ghi ý kiến này").click()
        said(device, "du-thao/1/d1", "Thêm cả chợ")
        finish(page)
        asked(page, GONE_BACK)
        device.waits_for("Đã gửi: buổi số 1")
    app_session.rollback()
    rows = app_session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number))
    assert [(one.anchor, one.text) for one in rows] == [
        ("du-thao/1/d3", "Xin lùi một năm"), ("du-thao/1/d1", "Thêm cả chợ"),
    ]  # fmt: skip
