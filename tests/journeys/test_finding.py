"""Somebody who looks for a clause, a place and their own comment from the one box, by keyboard and without script."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.people.models import Area
from consult.people.seeding import seed_areas
from tests.builders import make_consultation
from tests.journeys.going import press, write
from tests.live import DESK, PHONE, Visitor
from tests.pages import Browser

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def code(app: Flask, app_session: Session, matter: Consultation) -> str:
    """The look-up code of a comment; a second matter is about one commune, and the index has followed."""
    seed_areas(app_session)
    area = app_session.query(Area).filter_by(name="Xã Phong Quang").one()
    text = "# Quyết định\n\n### Điều 1. Phạm vi\n\n1. Mở đường liên thôn.\n"
    make_consultation(app_session, now=now(), title="Đường liên thôn", text=text, area_id=area.id)
    form = Browser(app).get(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k1")
    check = form.walk({"comments.0.text": "Ghi rõ nơi nhận."}, "Xem lại trước khi gửi")
    code: str = check.submit(button="Gửi").words("//strong[@class = 'code']")[0]
    while app.extensions["consult.worker"].work_once(now()):
        pass
    return code


@pytest.mark.parametrize("screen", [NARROW, PHONE, DESK], ids=["320", "360", "1280"])
def test_one_box_finds_clause_place_and_comment(
    visitor: Callable[..., Visitor], matter: Consultation, code: str, screen: dict[str, int]
) -> None:
    person = visitor(javascript=False, screen=screen)
    page = person.open("/")
    page.emulate_media(color_scheme="dark" if screen is PHONE else "light")
    box = page.get_by_label("Từ cần tìm")
    button = page.get_by_role("button", name="Tìm kiếm", exact=True)
    person.check()
    write(page, box, "diem d khoan 1 dieu 2")
    press(page, button)
    assert page.title().startswith("Tìm “diem d khoan 1 dieu 2”")
    person.check()
    press(page, page.get_by_role("link", name="Dự thảo, điểm d khoản 1 Điều 2"))
    assert page.url.endswith(f"/lay-y-kien/{matter.slug}/du-thao/1/?tai=d2.k1.pd#d2.k1.pd")

    page = person.open("/")
    write(page, box, "xa duong quang")
    press(page, button)
    assert "Xã Phong Quang (trước là xã Dương Quang)" in page.inner_text("main")
    person.check()
    press(page, page.get_by_role("link", name="Đường liên thôn").first)
    assert page.inner_text("h1") == "Đường liên thôn"

    page = person.open("/tim-kiem/?q=khong+co+gi+nhu+the")
    assert "Không tìm thấy" in page.inner_text("main")
    person.check()
    press(page, page.get_by_text("Lọc kết quả"))
    page.get_by_label("Tìm trong").select_option("comment")
    write(page, box, code.replace("-", " "))
    press(page, button)
    assert page.url.endswith(f"/tra-cuu/{code}/") and "q=" not in page.url
    person.check()
