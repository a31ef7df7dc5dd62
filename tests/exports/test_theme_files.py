"""The themes as files: what the page says of each, some of its texts, and how many pairs are rightly together."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask import Flask

from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from tests.builders import NOW
from tests.pages import Browser, Page
from tests.responses.conftest import Enter, desk, enter
from tests.responses.desk_builder import Desk
from tests.responses.themes.test_pages import at, theme_with, themed
from tests.similar.themes.topics import TOPICS

__all__ = ["desk", "enter", "themed"]

ENDINGS = ("csv", "xlsx", "json")


def file_of(browser: Browser, desk: Desk, ending: str) -> bytes:
    """The file as the page links it."""
    page = browser.get(at(desk))
    link = page.find(f"//main//a[contains(@href, 'chu-de.{ending}')]")[0].get("href")
    answer = browser.client.get(link)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert f'filename="noi-bo-chu-de-{desk.matter.slug}.{ending}"' in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def of_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def of_xlsx(data: bytes) -> list[dict[str, str]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True))
    return [
        {str(name): "" if value is None else str(value) for name, value in zip(rows[0], row, strict=True)}
        for row in rows[1:]
    ]


READ: dict[str, Callable[[bytes], list[dict[str, str]]]] = {"csv": of_csv, "xlsx": of_xlsx}


def of_json(browser: Browser, desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file_of(browser, desk, "json"))
    return found


def test_every_file_has_the_themes_of_the_page_in_its_order(themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    sizes = [int(one) for one in officer.get(at(themed)).words("//td[@data-label='Nội dung khác nhau']/span")]
    for ending, read in READ.items():
        assert [int(one["Nội dung khác nhau"]) for one in read(file_of(officer, themed, ending))] == sizes
    told = of_json(officer, themed)
    assert [one["size"] for one in told["themes"]] == sizes and sum(sizes) == sum(map(len, TOPICS.values()))
    assert told["consultation"] == themed.matter.slug


def test_workbook_and_csv_say_the_same(themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    assert of_xlsx(file_of(officer, themed, "xlsx")) == of_csv(file_of(officer, themed, "csv"))


def test_a_named_and_signed_theme_is_told_as_such(themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    page: Page = theme_with(officer.get(at(themed)), "lắp camera")
    page.submit({"Tên chủ đề": "=Camera ở thôn"}, "Lưu tên").submit({}, "Ký xác nhận chủ đề")
    [one] = [one for one in of_json(officer, themed)["themes"] if one["named"]]
    assert (one["name"], one["signed_by"]) == ("=Camera ở thôn", "Trần Văn Bình") and one["signed_on"]
    [row] = [row for row in of_csv(file_of(officer, themed, "csv")) if row["Tình trạng"] == "đã ký"]
    assert row["Chủ đề"] == "'=Camera ở thôn"


def test_each_has_some_of_its_texts(themed: Desk, enter: Enter) -> None:
    texts = {text for own in TOPICS.values() for text in own}
    for one in of_json(enter("officer"), themed)["themes"]:
        said = [sample["text"] for sample in one["samples"]]
        assert 1 <= len(said) == min(3, one["size"]) and set(said) <= texts


def test_how_good_they_are_is_told_as_on_the_page(themed: Desk, enter: Enter) -> None:
    for who in ("officer", "second_officer"):
        browser = enter(who)
        page = browser.get(at(themed, "cham-cap/"))
        while page.find("//button[contains(., 'Cùng')]"):
            page = page.submit({}, page.words("//main//form//button")[0])
    officer = enter("officer")
    told = of_json(officer, themed)
    quality = told["quality"]
    assert quality["judged"] == quality["agreed"] > 0
    assert sum(one["judged"] for one in told["themes"]) == quality["together"]
    assert sum(one["good"] for one in told["themes"]) == quality["both"]
    assert f"Hai người đã chấm {quality['judged']} cặp" in officer.get(at(themed)).text


def test_no_sender_is_in_it_and_nothing_that_is_set_apart(desk: Desk, themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    first = of_json(officer, themed)["themes"][-1]["samples"][0]
    acts.quarantine(desk.session, desk.matter, first["comment"], "có vẻ là tố cáo", desk.officer, NOW)
    desk.session.commit()
    for ending in ENDINGS:
        assert first["text"] not in file_of(officer, themed, ending).decode("utf-8", "replace")
    assert Sender is not None


def test_each_file_says_what_it_is(themed: Desk, enter: Enter) -> None:
    officer = enter("officer")
    assert "không dùng để đếm số người" in of_json(officer, themed)["note"]
    book = openpyxl.load_workbook(io.BytesIO(file_of(officer, themed, "xlsx")))
    assert "NỘI BỘ" in str(book.worksheets[0]["A1"].value) and "NỘI BỘ" in str(book.worksheets[0].oddHeader.center.text)


@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_else_gets_them(app: Flask, desk: Desk, browser: Browser, ending: str) -> None:
    assert app and "Đăng nhập" in browser.get(f"/xu-ly/{desk.matter.slug}/chu-de.{ending}").heading
