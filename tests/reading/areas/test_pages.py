"""The pages of communes: what touches one under any of its names, and of people nothing about fewer than five."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import Area, AreaSuccession
from consult.submissions.inputs import Sender
from tests.builders import make_area
from tests.pages import Browser
from tests.reading.scene import SECRET_NAME, Scene

MEETING = {"meeting_on": "2026-11-20", "meeting_place": "Nhà văn hóa thôn Nà Hái"}


@pytest.fixture
def scene(app_session: Session, app: Flask) -> Scene:
    return Scene(app_session)


@pytest.fixture
def commune(scene: Scene) -> Area:
    return make_area(scene.session, "Xã Phủ Thông", code="02014")


@pytest.fixture
def former(scene: Scene, commune: Area) -> Area:
    """The commune that was merged into it."""
    end = date(2025, 7, 1)
    old = make_area(scene.session, "Xã Vi Hương", valid_from=date(2004, 1, 1), valid_to=end, code="01975")
    scene.session.add(AreaSuccession(predecessor_id=old.id, successor_id=commune.id, on=end))
    scene.session.commit()
    return old


def address(area: Area) -> str:
    return f"/dia-ban/{area.code}/{area.valid_from.isoformat()}/"


def write(scene: Scene, area: Area, people: int) -> None:
    """So many people of an area write, and others elsewhere, so that the breakdown may be told."""
    for _ in range(people):
        scene.send("Cần nước sạch.", sender=Sender(SECRET_NAME, False, area.id))
    for _ in range(6):
        scene.send("Cần đường.", sender=Sender(SECRET_NAME, False, None))


def test_what_names_a_commune_stands_on_its_page_and_on_those_of_its_old_names(
    scene: Scene, commune: Area, former: Area, browser: Browser
) -> None:
    scene.matter.area_id, scene.matter.project = commune.id, MEETING
    scene.session.commit()
    for area in (commune, former):
        page = browser.get(address(area))
        assert scene.url in page.html
        assert "Ngày 20/11/2026" in page.text and "Nhà văn hóa thôn Nà Hái" in page.text
    assert address(commune) in browser.get(address(former)).html
    assert address(former) in browser.get(address(commune)).html
    assert address(commune) in browser.get(scene.url).html
    assert address(commune) in browser.get("/dia-ban/").html


def test_what_names_a_commune_of_two_changes_ago_stands_on_the_page_of_today(
    scene: Scene, commune: Area, former: Area, browser: Browser
) -> None:
    newest = make_area(scene.session, "Xã Bạch Sơn", valid_from=date(2026, 1, 1), code="02099")
    commune.valid_to = newest.valid_from
    scene.session.add(AreaSuccession(predecessor_id=commune.id, successor_id=newest.id, on=newest.valid_from))
    for named in (former, commune, newest):
        scene.matter.area_id = named.id
        scene.session.commit()
        assert [scene.url in browser.get(address(area)).html for area in (former, commune, newest)] == [True] * 3


def test_a_matter_of_the_whole_province_is_told_apart(scene: Scene, commune: Area, browser: Browser) -> None:
    page = browser.get(address(commune))
    assert "Chưa có đợt lấy ý kiến nào ghi riêng địa bàn này." in page.text
    assert page.find(f"//section[@aria-labelledby = 'ca-tinh']//a[@href = '{scene.url}']")


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_five_people_who_spoke_are_told_and_four_are_not(
    scene: Scene, commune: Area, browser: Browser, people: int, told: bool
) -> None:
    write(scene, commune, people)
    text = browser.get(address(commune)).text
    assert ("5 phiếu góp ý của người dân xã Phủ Thông" in text) is told
    assert f"{people} phiếu góp ý" not in text or told
    assert SECRET_NAME not in text


def test_a_matter_that_is_not_public_stands_on_no_page(scene: Scene, commune: Area, browser: Browser) -> None:
    scene.matter.area_id, scene.matter.published_at = commune.id, None
    scene.session.commit()
    assert scene.matter.title not in browser.get(address(commune)).text
    assert address(commune) not in browser.get("/dia-ban/").html


def test_a_commune_is_found_by_its_old_name(scene: Scene, commune: Area, former: Area, browser: Browser) -> None:
    page = browser.get("/dia-ban/?ten=vi+huong")
    assert address(former) in page.html and address(commune) in page.html
    assert "Không tìm thấy" in browser.get("/dia-ban/?ten=khong+co+xa+nay").text


@pytest.mark.parametrize("place", ["99999/2025-07-01/", "02014/2025-13-01/", "02014/hom-nay/", "02014/2024-01-01/"])
def test_an_area_that_there_is_not_is_not_found(commune: Area, browser: Browser, place: str) -> None:
    browser.get(f"/dia-ban/{place}", status=404)


def test_the_day_of_today_is_in_the_page(scene: Scene, commune: Area, browser: Browser) -> None:
    past = "2020-01-31"
    scene.matter.area_id, scene.matter.project = commune.id, {"meeting_on": past, "meeting_place": ""}
    scene.session.commit()
    assert "(đã qua)" in browser.get(address(commune)).text
