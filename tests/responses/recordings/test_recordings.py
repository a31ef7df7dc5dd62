"""A sheet read out: who may put it on the site, of which print, and that nobody hears it once it holds no more."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import Area
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind
from tests.application import sign_in
from tests.builders import make_area
from tests.consultations.preparation.test_summaries import wave
from tests.pages import Browser, Page
from tests.reading.scene import Scene

SOUND = (wave(), "doc.wav")


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    return Scene(app_session)


@pytest.fixture
def commune(scene: Scene) -> Area:
    area = make_area(scene.session, "Xã Phủ Thông", code="02014")
    numbers = [scene.send("Cần nước.", sender=Sender("Ai đó", False, one)) for one in (area.id, None) for _ in range(6)]
    scene.release(*numbers)
    scene.answer(*numbers, text="Tiếp thu.")
    return area


@pytest.fixture
def desk(app: Flask, scene: Scene) -> Browser:
    browser = Browser(app)
    sign_in(browser, scene.desk.people["officer"])
    return browser


def put(desk: Browser, scene: Scene, area: Area | None, printed: str = "0-12", **given: object) -> Page:
    page = desk.get(f"/xu-ly/{scene.matter.slug}/niem-yet/")
    typed = {"area": area.name if area else "Cả đợt lấy ý kiến", "printed": printed, "sound": SOUND, **given}
    return page.submit(typed, button="Đăng bản ghi âm")  # type: ignore[arg-type]


def heard(page: Page) -> list[str]:
    return [one.get("src") for one in page.find("//audio")]


def test_a_recording_is_heard_with_the_matter_and_in_its_commune(
    scene: Scene, commune: Area, desk: Browser, browser: Browser
) -> None:
    assert "Đã đăng bản ghi âm" in put(desk, scene, commune).text
    put(desk, scene, commune, language="tyz")
    board = browser.get(f"{scene.url}niem-yet/")
    assert len(heard(board)) == 2 and "Nghe đọc: Xã Phủ Thông" in board.text
    assert heard(browser.get(f"/dia-ban/02014/{commune.valid_from.isoformat()}/")) == heard(board)
    assert len(heard(browser.get(scene.url))) == 2
    sound = browser.get(heard(board)[0])
    assert sound.body == SOUND[0] and sound.headers["Content-Type"].startswith("audio/")
    browser.get(heard(board)[0].replace(".wav", ".mp3"), 404)


def test_a_later_one_takes_its_place_and_one_can_be_taken_off(
    scene: Scene, commune: Area, desk: Browser, browser: Browser
) -> None:
    put(desk, scene, None)
    first = heard(browser.get(f"{scene.url}niem-yet/"))
    assert "Đã đăng bản ghi âm" in put(desk, scene, None).text
    second = heard(browser.get(f"{scene.url}niem-yet/"))
    assert len(first) == len(second) == 1 and first != second
    browser.get(first[0], 404)
    assert "Đã bỏ bản ghi âm" in desk.get(_desk(scene)).submit(button="Bỏ doc.wav").text
    assert not heard(browser.get(f"{scene.url}niem-yet/"))
    browser.get(second[0], 404)


def test_it_falls_silent_when_something_on_the_sheet_is_public_no_more(
    scene: Scene, commune: Area, desk: Browser, browser: Browser
) -> None:
    put(desk, scene, commune)
    [address] = heard(browser.get(f"{scene.url}niem-yet/"))
    scene.decide(3, CommentActKind.WITHHELD, "personal_data")
    assert not heard(browser.get(f"{scene.url}niem-yet/")) and not heard(browser.get(scene.url))
    browser.get(address, 404)
    page = put(desk, scene, commune)
    assert page.status == 422 and "in lại tờ" in page.text
    assert "Đã đăng" in put(desk, scene, commune, printed="1 – 12").text


@pytest.mark.parametrize("printed", ["", "12", "9-12", "0-13", "0-0", "x-y", "0-" + "9" * 30])
def test_what_names_no_print_is_not_taken(scene: Scene, commune: Area, desk: Browser, printed: str) -> None:
    page = desk.get(_desk(scene))
    form = page.form("field-printed").fill({"printed": printed or "-", "sound": SOUND})
    answer = desk.send(page, form)
    assert answer.status == 422 and "Xin nhập mã bản in" in answer.text


def test_only_who_tells_the_matter_may(app: Flask, scene: Scene, commune: Area) -> None:
    browser = Browser(app)
    sign_in(browser, scene.desk.people["leader"])
    assert browser.get(_desk(scene), 404).status == 404


def _desk(scene: Scene) -> str:
    return f"/xu-ly/{scene.matter.slug}/niem-yet/"
