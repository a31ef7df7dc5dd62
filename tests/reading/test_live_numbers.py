"""What is received and not yet released: counted at once where it is listed, by the minute elsewhere, and no flood of
it lets kept pages go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.reading.freshness import Freshness
from tests.pages import Browser
from tests.reading.scene import Scene

KEPT = ("", "du-thao/1/", "du-thao/1/dieu-khoan/d2/", "du-thao/1/ma-qr.svg")
LISTS = ("y-kien/", "tong-hop/")


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """An open matter."""
    return Scene(app_session)


States = Callable[..., list[str | None]]


@pytest.fixture
def states(app: Flask) -> States:
    """Gives the states of pages of a scene's matter, at one instant for the whole test."""
    fresh, now = Freshness(app.extensions["consult.database"].engine), clock.now()
    return lambda scene, *paths: [fresh(scene.url + path, now) for path in paths]


def test_a_flood_of_unreleased_comments_lets_no_kept_page_go(states: States, scene: Scene) -> None:
    kept, lists = states(scene, *KEPT), states(scene, *LISTS)
    assert None not in kept
    for number in range(20):
        scene.send(f"Ý kiến {number}")
    assert states(scene, *KEPT) == kept
    assert all(before != after for before, after in zip(lists, states(scene, *LISTS), strict=True))
    number = scene.send("Một ý kiến nữa")
    scene.release(number)
    assert all(before != after for before, after in zip(kept, states(scene, *KEPT), strict=True))


def test_a_matter_that_shows_comments_at_once_shows_them_at_once(states: States, app_session: Session) -> None:
    scene = Scene(app_session, disclosure=Disclosure.AT_ONCE)
    before = states(scene, *KEPT)
    scene.send()
    assert all(one != other for one, other in zip(before, states(scene, *KEPT), strict=True))


def test_live_numbers_and_lists_of_matters_are_made_anew_every_minute(app: Flask, scene: Scene) -> None:
    fresh = Freshness(app.extensions["consult.database"].engine)
    start = clock.now().replace(second=0, microsecond=0)
    for path in (scene.url + "so-lieu/", "/", "/lay-y-kien/"):
        assert (
            fresh(path, start)
            == fresh(path, start + timedelta(seconds=59))
            != fresh(path, start + timedelta(minutes=1))
        )


def test_the_numbers_of_this_minute_have_a_page(scene: Scene, browser: Browser) -> None:
    browser.get(scene.url)
    scene.send()
    address = browser.get(scene.url).find("//*[@data-refresh]/@data-refresh")[0]
    before, page, after = clock.now(), browser.get(address), clock.now()
    live = page.words("//*[@data-live]")[0]
    assert any(f"tính đến {moment.astimezone(clock.LOCAL_ZONE):%H:}" in live for moment in (before, after))
    assert page.heading == "Số liệu mới nhất"


def test_the_counts_of_a_sheet_have_a_page(scene: Scene, browser: Browser) -> None:
    reading = browser.get(scene.url + "du-thao/1/")
    assert "Chưa có ý kiến về điều, khoản nào" in reading.text
    scene.send(path="d2.k1.pdd")
    page = browser.get(reading.find("//*[@data-refresh]/@data-refresh")[0])
    assert page.words("//*[@data-live]")[0].startswith("1 ý kiến về các điều, khoản của bản này (tính đến ")
    assert page.find("//a/@data-at") == ["d2", "d2.k1", "d2.k1.pdd"]
    assert page.words("//a[@data-at]")[2] == "1 ý kiến về điểm đ khoản 1 Điều 2"


@pytest.mark.parametrize("query", ["tai=d2", "tai=du-thao/9", "tai=du-thao/1&trang=9", "tai=../x", "tai=trang/1"])
def test_what_has_no_numbers_is_not_found(scene: Scene, browser: Browser, query: str) -> None:
    browser.get(f"{scene.url}so-lieu/?{query}", status=404)
