"""A branch sets the program up, and sees what it sent that is not recorded yet."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from consult.collections.branches import keys
from consult.submissions.views_frame import site_codes
from tests.collections.openrosa.collect import Collect, filled
from tests.collections.scene import collecting
from tests.files import made
from tests.live import served
from tests.pages import Browser


@pytest.fixture
def way(app: Flask, app_session: Session, browser: Browser) -> Iterator[tuple[Collect, str]]:
    """The program of a branch, and the page on it."""
    with app.app_context():
        codes = site_codes()
        scene = collecting(app_session, "Xã A", codes=codes)
        key = keys.of_branch(scene.branches["Xã A"], codes)
    with served(app) as site:
        yield Collect(site, 1, key), browser.get(f"/thu-thap/vao/{key}/").address + "odk/"


def test_how_it_is_set_up(way: tuple[Collect, str], browser: Browser) -> None:
    collect, address = way
    page = browser.get(address)
    assert keys.shown(str(collect.key)) in page.text and "/thu-thap/odk/1" in page.text
    assert len(page.find("//main//ol/li")) == 5 and page.find("//main//img")
    assert b"<svg" in browser.get(f"{address}ma-qr.svg").body
    book = load_workbook(io.BytesIO(browser.get(page.link("Tải biểu mẫu XLSForm")).body))
    assert book.sheetnames == ["survey", "choices", "settings"]


def test_what_is_not_whole_waits_and_is_recorded_when_asked(way: tuple[Collect, str], browser: Browser) -> None:
    collect, address = way
    form = collect.ask("GET", "forms/thu-thap-1.xml").text
    xml = filled(form, [{"text": "Một"}, {"sound": "mat.m4a"}], ["1.jpg"])
    assert collect.post(xml, {"1.jpg": made.picture()}).status == 201
    page = browser.get(address)
    assert "còn thiếu 1 tệp" in page.text
    done = page.submit(form="instance")
    assert "Một" in done.text and "1.jpg" in done.text
    assert "chưa ghi nhận" not in browser.get(address).text
    assert collect.post(xml, {"mat.m4a": made.m4a()}).status == 201
    assert "mat.m4a" in browser.get(done.address).text


def test_a_day_that_is_still_to_come_is_told_and_kept(way: tuple[Collect, str], browser: Browser) -> None:
    collect, address = way
    form = collect.ask("GET", "forms/thu-thap-1.xml").text
    refused = collect.post(filled(form, [{"text": "Một"}], held_on="2190-01-01"), {})
    assert refused.status == 400
    page = browser.get(browser.get(address).link("Xã A")).click("Ghi ý kiến bằng ODK Collect")
    assert page.submit(form="instance").status == 422
