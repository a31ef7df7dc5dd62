"""The table on the site: readable without script, cut into pages, given as files to anybody once it is public."""

import gzip
import json
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.exports import service
from consult.exports.rows.order import OrderedComment
from consult.stages import Stage
from consult.submissions.comments.outcome import Outcome
from tests.builders import make_consultation
from tests.exports.test_table import everything_happens
from tests.pages import Browser
from tests.responses.desk_builder import comment, make_desk


def test_the_page_shows_groups_opinions_and_answers(app_session: Session, browser: Browser) -> None:
    desk = everything_happens(app_session)
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert page.heading == "Bảng tổng hợp, tiếp thu, giải trình"
    assert page.words("//h3") == ["Điều 1", "Khoản 1 Điều 2", "Điểm d khoản 1 Điều 2", "Điều 3"]
    assert "Về hiệu lực." in page.text
    assert "Trả lời chung." in page.text
    assert "Trả lời riêng." not in page.text
    assert "Kín" not in page.html
    assert (desk.matter.profile_rules or {})["table"]["counting_rule"] in page.text
    assert "Set-Cookie" not in page.headers


def test_one_answer_to_several_is_said_once(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, disclosure=Disclosure.AT_ONCE)
    desk.answer(*desk.receive("Một.", "Hai."), text="Một trả lời cho cả hai.")
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert page.text.count("Một trả lời cho cả hai.") == 1
    assert "Như trả lời ý kiến số 1." in page.text


def test_it_speaks_english_around_the_vietnamese_texts(app_session: Session, browser: Browser) -> None:
    desk = everything_happens(app_session)
    page = browser.get(f"/en/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert "Download the table" in page.text
    assert "Về hiệu lực." in page.text
    answer = browser.get(f"/en/lay-y-kien/{desk.matter.slug}/tong-hop.docx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in Document(BytesIO(answer.body)).tables[0].rows[0].cells[1].text


def test_anybody_may_download_the_files(app_session: Session, browser: Browser) -> None:
    desk = everything_happens(app_session)
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    word, table, data = (page.click(words) for words in ("Word", "Bảng tính", "Dữ liệu (.json)"))
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert f"tong-hop-{desk.matter.slug}.docx" in word.headers["Content-Disposition"]
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.body.startswith(b"\xef\xbb\xbfnumber,")
    assert json.loads(data.body)["slug"] == desk.matter.slug
    assert "Set-Cookie" not in word.headers


@pytest.mark.parametrize("address", ["tong-hop/", "tong-hop.docx", "tong-hop.csv", "tong-hop.json"])
def test_a_draft_has_no_table(app_session: Session, browser: Browser, address: str) -> None:
    matter = make_consultation(app_session, Stage.DRAFTING)
    browser.get(f"/lay-y-kien/{matter.slug}/{address}", status=404)


@pytest.mark.parametrize("address", ["tong-hop.ods", "tong-hop.docm", "tong-hop.x"])
def test_other_endings_do_not_exist(app_session: Session, browser: Browser, address: str) -> None:
    desk = make_desk(app_session)
    browser.get(f"/lay-y-kien/{desk.matter.slug}/{address}", status=404)


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.OPEN, Stage.WITHDRAWN])
def test_a_matter_without_comments_says_so(app_session: Session, browser: Browser, stage: Stage) -> None:
    matter = make_consultation(app_session, stage)
    assert "Chưa có ý kiến nào." in browser.get(f"/lay-y-kien/{matter.slug}/tong-hop/").text
    browser.get(f"/lay-y-kien/{matter.slug}/tong-hop.docx")


@pytest.mark.parametrize("asked", ["2", "99", "0", "-1", "x", ""])
def test_any_page_number_gives_a_page(app_session: Session, browser: Browser, asked: str) -> None:
    desk = make_desk(app_session, Stage.OPEN, disclosure=Disclosure.AT_ONCE)
    desk.receive(*(comment("Rác cần được phân loại. " * 80, "d1") for _ in range(20)))
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/?trang={asked}")
    assert "Trang" in page.text
    assert len(gzip.compress(page.body)) < 20_000


def test_pages_are_cut_by_weight_and_lose_nothing() -> None:
    weights = [100, 30_000, 20_000, 20_000, 10, 10, 0]
    entries = [
        OrderedComment(None, number, 1, "d1", None, "", Outcome.AWAITING, None, None, weight=weight)  # type: ignore[arg-type]
        for number, weight in enumerate(weights)
    ]
    pages = service.cut(entries)
    assert [entry.number for page in pages for entry in page] == list(range(len(weights)))
    assert [len(page) for page in pages] == [1, 1, 1, 4]
    assert service.cut([]) == [[]]


def test_demonstration_files_are_marked(app_session: Session, app: Flask) -> None:
    desk = everything_happens(app_session)
    app.config["DEMO"] = True
    browser = Browser(app)
    for suffix in ("csv", "json"):
        assert "DỮ LIỆU MINH HỌA" in browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop.{suffix}").body.decode()
    word = Document(BytesIO(browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop.docx").body))
    assert "DỮ LIỆU MINH HỌA" in [each.text for each in word.sections[0].header.paragraphs]
