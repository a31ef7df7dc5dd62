"""A journalist finds out whether anything was dropped: the results, the comments behind each number, the log, files,
and whether the receipt that somebody handed over holds."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.arriving import given
from tests.journeys.going import over_a_dead_line, press, stay
from tests.journeys.scene import ASKED, concluded
from tests.live import PHONE, Visitor
from tests.responses.desk_builder import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def over(app: Flask, app_session: Session) -> tuple[Desk, dict[str, Any]]:
    """A matter with its results, and the receipt of one who sent something."""
    return concluded(app, app_session)


def number_in(words: str) -> int:
    """The first number in some words."""
    found = re.search(r"\d+", words)
    assert found, words
    return int(found[0])


@pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
def test_nothing_was_dropped(
    visitor: Callable[..., Visitor], over: tuple[Desk, dict[str, Any]], tmp_path: Path, javascript: bool
) -> None:
    desk, receipt = over
    person = visitor(javascript=javascript, screen=PHONE)
    page = person.open("/")
    link = page.get_by_role
    press(page, link("link", name="Kết quả", exact=True))
    stay(person)
    press(page, page.locator("main .card h3 a").first)
    stay(person)
    sums = _every_number_leads_to_what_it_counts(person)
    assert sums["ý kiến đã nhận"] == 5 == sum(count for words, count in sums.items() if "tiếp thu" in words.lower())
    press(page, link("link", name="Nhật ký công khai: tự kiểm tra không ý kiến nào bị bỏ sót"))
    stay(person)
    told = page.locator("main li").all_inner_texts()
    assert len([one for one in told if "Tiếp nhận ý kiến số" in one]) == 5
    checks = page.url
    _file_holds_all(person, desk, tmp_path)
    page.goto(checks)
    press(page, link("link", name="Kiểm tra biên nhận", exact=True))
    stay(person)
    if javascript:
        _drop(person, receipt)
    else:
        expect(link("link", name="Tải chương trình kiểm tra")).to_be_visible()


def _every_number_leads_to_what_it_counts(person: Visitor) -> dict[str, int]:
    """The numbers of the results; each opens a page that names as many, over a line that dies too."""
    page = person.page
    at = page.url
    links = {one.inner_text(): one.get_attribute("href") for one in page.locator(".results > ul a").all()}
    for turn, (words, address) in enumerate(links.items()):
        if turn == 0:
            over_a_dead_line(person, lambda address=address: page.goto(str(address)))
        else:
            page.goto(str(address))
        stay(person)
        shown = _listed(page)
        assert shown in (None, number_in(words)), f"{words}: {shown} at {page.url}"
        assert f"{number_in(words)} " in page.inner_text("main")
    page.goto(at)
    return {" ".join(re.sub(r"\d+", "", words).split()): number_in(words) for words in links}


def _listed(page: Page) -> int | None:
    """How many comments a list shows; None on another page."""
    return page.locator("article.card").count() if page.url.partition("?")[0].endswith("/y-kien/") else None


def _file_holds_all(person: Visitor, desk: Desk, folder: Path) -> None:
    """From the foot of the page to open data, where the file of this matter has each comment and its answer."""
    page = person.page
    press(page, page.get_by_role("link", name="Dữ liệu mở", exact=True))
    stay(person)
    with page.expect_download() as saved:
        page.locator(f"a[href$='{desk.matter.slug}/tong-hop.vi.csv']").click()
    saved.value.save_as(folder / "all.csv")
    rows = list(csv.DictReader(io.StringIO((folder / "all.csv").read_text("utf-8-sig"))))
    assert [row["Số ý kiến"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0]["Nội dung ý kiến"] == ASKED and all(row["Trả lời"] for row in rows if row["Nội dung ý kiến"])
    columns = page.locator("main dl dt").all_text_contents()
    assert set(rows[0]) <= set(columns), "every column of the file is explained"


def _drop(person: Visitor, receipt: dict[str, Any]) -> None:
    page = person.page
    given(
        page.get_by_label("Tệp biên nhận"),
        {"name": "bien-nhan.json", "mimeType": "application/json", "buffer": json.dumps(receipt).encode()},
    )
    page.locator("[data-said=good]").wait_for(state="visible")
    assert "Ý kiến số 1 trong biên nhận này có trong nhật ký công khai" in page.get_by_role("status").inner_text()
    person.check()
