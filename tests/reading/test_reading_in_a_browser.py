"""The public pages in a real browser, on a phone and on a desk: nobody is shut out, nothing sticks out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.live import DESK, PHONE, Visitor
from tests.reading.scene import every_state

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_public_pages_shut_nobody_out(visitor: Callable[..., Visitor], app_session: Session, screen: object) -> None:
    scene, numbers = every_state(app_session)
    person = visitor(javascript=True, screen=screen)
    pages = ("/", "/lay-y-kien/", scene.url, scene.url + "du-thao/1/", scene.url + "y-kien/", "/to-cao-khieu-nai/")
    for address in (*pages, *(f"{scene.url}y-kien/{numbers[word]}/" for word in ("answered", "withheld", "split"))):
        person.open(address)
        person.check()


def test_from_home_to_an_answer_without_script(visitor: Callable[..., Visitor], app_session: Session) -> None:
    scene, numbers = every_state(app_session)
    page = visitor(javascript=False, screen=PHONE).open("/")
    page.get_by_role("link", name=scene.matter.title).click()
    page.get_by_role("link", name="Các ý kiến và trả lời").click()
    page.get_by_text("Lọc kết quả").click()
    page.get_by_label("Kết quả").select_option("accepted")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name=f"Ý kiến số {numbers['answered']}", exact=True).click()
    expect(page.get_by_text("Sẽ bổ sung khoản 3.")).to_be_visible()
    page.get_by_role("link", name="Thêm khoản 3").click()
    expect(page).to_have_url(re.compile(r"/du-thao/1/\?tai=d2\.k2#d2\.k2$"))
    expect(page.locator("[id='d2.k2']")).to_be_visible()
