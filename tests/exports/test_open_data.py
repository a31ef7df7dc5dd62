"""Open data in words: the same rows as CSV, XLSX and JSON, of each matter and of the whole site."""

import csv
import io
import json
import zipfile

import pytest
from sqlalchemy.orm import Session

from consult.exports.open_data import views
from consult.exports.open_data.rows import COLUMNS
from consult.exports.plain import critique_csv
from consult.stages import Stage
from consult.submissions.words import Stance
from tests.builders import make_consultation
from tests.exports.test_table import everything_happens
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk


def table(body: bytes) -> list[list[str]]:
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A desk on which everything has happened."""
    made = everything_happens(app_session)
    app_session.commit()
    return made


def test_every_file_of_a_matter_says_the_same(desk: Desk, browser: Browser) -> None:
    here = f"/lay-y-kien/{desk.matter.slug}/tong-hop."
    rows = table(browser.client.get(f"{here}vi.csv").data)
    told = json.loads(browser.client.get(f"{here}vi.json").data)
    assert rows[0] == list(told[0]) and len(rows[0]) == len(COLUMNS) and "Nội dung ý kiến" in rows[0]
    number, text = rows[0].index("Số ý kiến"), rows[0].index("Nội dung ý kiến")
    assert [(row[number], row[text]) for row in rows[1:]] == [
        (str(row["Số ý kiến"]), row["Nội dung ý kiến"]) for row in told
    ]
    assert not [value for row in rows for value in row if value.startswith(("data_", "citizen_", "withheld_"))]
    assert len(told) == len(json.loads(browser.client.get(f"{here}json").data)["comments"])
    book = zipfile.ZipFile(io.BytesIO(browser.client.get(f"{here}xlsx").data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == len(rows) and "<f>" not in sheet


def test_a_choice_is_called_as_on_the_form(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session)
    desk.release(*desk.receive(comment(stance=Stance.SUPPORT)))
    [row] = json.loads(browser.client.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop.vi.json").data)
    assert row["Quan điểm"] == "Đồng ý"


def test_the_whole_site_is_all_matters(desk: Desk, app_session: Session, browser: Browser) -> None:
    second = make_desk(app_session)
    second.receive(comment())
    make_consultation(app_session, Stage.DRAFTING)
    app_session.commit()
    rows = table(browser.client.get("/du-lieu/toan-trang.csv").data)
    told = json.loads(browser.client.get("/du-lieu/toan-trang.json").data)
    assert len(rows) == len(told) + 1 and len({row[0] for row in rows[1:]}) == 2
    book = zipfile.ZipFile(io.BytesIO(browser.client.get("/du-lieu/toan-trang.xlsx").data))
    kept = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(kept) == 2 and sum(book.read(name).count(b"<row>") for name in kept) == len(rows) + 1


def test_without_matters_there_is_an_empty_list(browser: Browser) -> None:
    assert json.loads(browser.client.get("/du-lieu/toan-trang.json").data) == []
    assert "Chưa có đợt lấy ý kiến nào được công bố." in browser.get("/du-lieu/").text


def test_not_too_many_are_made_while_somebody_waits(
    desk: Desk, app_session: Session, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_desk(app_session).receive(comment())
    app_session.commit()
    monkeypatch.setattr(views, "MOST_MADE", 1)
    first = browser.client.get("/du-lieu/toan-trang.csv")
    assert first.status_code == 503 and first.headers["Retry-After"]
    assert browser.client.get("/du-lieu/toan-trang.csv").status_code == 200


def test_the_page_says_what_every_column_means(desk: Desk, browser: Browser) -> None:
    page = browser.get("/du-lieu/")
    assert len(page.find("//dl/div")) == len(COLUMNS) + len(critique_csv.COLUMNS)
    for address in page.find("//main//a/@href[contains(., 'tong-hop.')]"):
        assert browser.client.get(str(address)).status_code == 200
