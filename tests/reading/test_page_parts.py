"""The part of a page that a comment is about, as a picture: where it is read, and for nobody who may not read it."""

from io import BytesIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files.page_images import PART_ACROSS, WHOLE, part_around
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.submissions.acts import service as acts
from tests.application import sign_in
from tests.builders import make_actor, make_user
from tests.pages import Browser
from tests.pdfs import pictures_pdf
from tests.reading.texts.test_pdf import report, send

PUBLIC = "/lay-y-kien/dtm/y-kien/1/"
DESK = "/xu-ly/dtm/y-kien/1/"
IMAGE = "//figure/img[contains(@src, 'phan-trang.webp')]"


def quartered() -> Image.Image:
    """A page that is red above on the right, and white elsewhere."""
    page = Image.new("RGB", (600, 800), "white")
    page.paste("red", (300, 0, 600, 400))
    return page


@pytest.fixture
def matter(app: Flask, app_session: Session, browser: Browser) -> Consultation:
    """A matter on a report with one comment, on the quarter that is red, not public yet."""
    made = report(app, app_session, pictures_pdf([quartered()]))
    send(browser.get("/lay-y-kien/dtm/gop-y/?tai=tai-lieu/1/1/trang/1/khung/500-0-500-500"))
    return made


def officer_of(app: Flask, session: Session, matter: Consultation) -> Browser:
    browser = Browser(app)
    sign_in(browser, make_user(session, matter.lead, [Role.OFFICER], "Nông Thị Cán"))
    return browser


def is_red(image: Image.Image) -> bool:
    red, green, blue = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return red > 200 and green < 40 and blue < 40


def test_the_part_is_shown_with_a_public_comment(
    app: Flask, app_session: Session, browser: Browser, matter: Consultation
) -> None:
    assert not browser.get(PUBLIC).find(IMAGE)
    browser.get(PUBLIC + "phan-trang.webp", status=404)
    officer = make_actor(app_session, matter.lead, Role.OFFICER, Role.LEADER)
    acts.release(app_session, matter, [1], officer, clock.now())
    page = browser.get(PUBLIC)
    assert page.find("//details//img[contains(@src, 'trang/1/anh-nhe.webp')]")
    answer = browser.client.get(page.find(f"{IMAGE}/@src")[0])
    assert (answer.status_code, answer.mimetype) == (200, "image/webp") and len(answer.data) < 40_000
    image = Image.open(BytesIO(answer.data))
    size = [int(page.find(f"{IMAGE}/@{side}")[0]) for side in ("width", "height")]
    assert is_red(image) and size == [pytest.approx(side, abs=2) for side in image.size]
    again = browser.client.get(PUBLIC + "phan-trang.webp", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_desk_sees_the_part_before_the_public(app: Flask, app_session: Session, matter: Consultation) -> None:
    desk = officer_of(app, app_session, matter)
    page = desk.get(DESK)
    answer = desk.client.get(page.find(f"{IMAGE}/@src")[0])
    assert answer.status_code == 200 and is_red(Image.open(BytesIO(answer.data)))
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.click("Đọc trang được góp ý").heading.startswith("Trang 1")
    assert app.test_client().get(f"{DESK}phan-trang.webp").status_code != 200
    desk.get("/xu-ly/dtm/y-kien/2/phan-trang.webp", status=404)


def test_a_comment_on_the_whole_page_has_no_part(app: Flask, app_session: Session, matter: Consultation) -> None:
    send(Browser(app).get("/lay-y-kien/dtm/gop-y/?tai=tai-lieu/1/1/trang/1"))
    desk = officer_of(app, app_session, matter)
    page = desk.get("/xu-ly/dtm/y-kien/2/")
    assert not page.find(IMAGE) and page.click("Đọc trang được góp ý").heading.startswith("Trang 1")
    desk.get("/xu-ly/dtm/y-kien/2/phan-trang.webp", status=404)


SIDE = st.integers(1, WHOLE)
POINTS = st.floats(50, 5_000)


@given(SIDE, SIDE, st.integers(0, WHOLE), st.integers(0, WHOLE), POINTS, POINTS)
def test_what_is_drawn_holds_the_part_and_is_no_sliver(
    wide: int, high: int, left: int, top: int, width: float, height: float
) -> None:
    left, top = min(left, WHOLE - wide), min(top, WHOLE - high)
    part = part_around((left, top, wide, high), width, height)
    at_left, at_top, across, down = part.sides
    assert 0 <= at_left <= left and left + wide <= at_left + across <= WHOLE
    assert 0 <= at_top <= top and top + high <= at_top + down <= WHOLE
    assert 1 <= part.across <= PART_ACROSS
    assert part.down <= 2.1 * part.across + 2 or across == WHOLE
