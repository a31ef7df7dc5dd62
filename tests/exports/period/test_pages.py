"""The pages and files of figures within a span: public ones by quarter, those of the desk from a day to a day."""

import csv
import io
import json
import zipfile

from consult import clock
from consult.responses.figures import span
from tests.pages import Browser
from tests.responses.conftest import Enter, desk, enter
from tests.responses.desk_builder import Desk

__all__ = ["desk", "enter"]


def this_quarter() -> str:
    return span.code(*span.quarter_of(clock.local_day(clock.now())))


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_public_page_and_its_files_say_the_same(desk: Desk, browser: Browser) -> None:
    desk.receive("Một.")
    desk.answer(1)
    page = browser.get("/du-lieu/theo-quy/")
    assert "Ý kiến được trả lời" not in page.text
    made = {suffix: browser.client.get(f"/du-lieu/theo-quy/{this_quarter()}.{suffix}") for suffix in ("csv", "json")}
    told = rows(made["csv"].data)
    assert [{**one, "number": int(one["number"])} for one in told] == json.loads(made["json"].data)
    accepted = [one["number"] for one in told if (one["scope"], one["what"]) == ("all", "accepted")]
    assert accepted == ["1"]
    assert not [one for one in told if one["scope"] == "unit"]


def test_the_workbook_has_the_same_rows(desk: Desk, browser: Browser) -> None:
    desk.receive("Một.")
    sent = browser.client.get(f"/du-lieu/theo-quy/{this_quarter()}.xlsx")
    with zipfile.ZipFile(io.BytesIO(sent.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == 1 + len(rows(browser.client.get(f"/du-lieu/theo-quy/{this_quarter()}.csv").data))


def test_a_quarter_before_the_first_matter_is_none(desk: Desk, browser: Browser) -> None:
    for name in ("1999-q1", "2001-q1", "2199-q4", "2026", "x"):
        browser.get(f"/du-lieu/theo-quy/{name}/", status=404)


def test_the_desk_chooses_its_days_and_gets_units(desk: Desk, enter: Enter) -> None:
    desk.receive("Một.")
    leader = enter("leader")
    page = leader.get("/xu-ly/so-lieu/?tu=2020-01-01&den=2199-12-31")
    assert desk.matter.short_name in page.text
    link = page.find("//main//a[contains(@href, 'day=2020-01-01')]")[0]
    assert leader.get(link.get("href")).text.count("1 ý kiến khớp với bộ lọc") == 1
    sent = leader.client.get("/xu-ly/so-lieu.csv?tu=2020-01-01&den=2199-12-31")
    assert {one["scope"] for one in rows(sent.data)} == {"all", "body", "consultation", "unit"}
    assert "no-store" in sent.headers["Cache-Control"]


def test_days_that_are_none_are_this_quarter(desk: Desk, enter: Enter) -> None:
    leader = enter("leader")
    plain = leader.get("/xu-ly/so-lieu/").text
    for asked in ("tu=2026-02-30&den=x", "tu=2026-05-01&den=2026-04-01", "tu=0001-01-01&den=9999-12-31"):
        assert leader.get(f"/xu-ly/so-lieu/?{asked}").text == plain
