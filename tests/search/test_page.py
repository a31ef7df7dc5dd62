"""The search page: for anybody, in both languages, whatever is typed, whatever state the index is in."""

import gc
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.outbox.worker import Worker
from consult.stages import Stage
from consult.submissions.acts import service as acts
from tests.builders import DRAFT, NOW, make_consultation
from tests.html_rules import problems_of
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

HOSTILE = (
    "*a*",
    "[a TO z]",
    "x" * 10_000,
    "môi trường " * 1000,
    "\"'`--<script>alert(1)</script>",
    "\u202e\u0000\ud7ff%s%(q)s{{7*7}}",
    "AND OR NOT ( ) : ^ ~",
    "ﷺ½🇻🇳",
)


@pytest.fixture
def desk(app_session: Session, worker: Worker) -> Desk:
    """A site with one matter, one public comment with an answer, and one that waits."""
    desk = make_desk(app_session, Stage.RESPONDING)
    first, _second = desk.receive("Xe thu gom <b>không</b> đến ngõ.", "Chờ kiểm tra: xe thu gom.")
    acts.release(app_session, desk.matter, [first], desk.officer, NOW)
    desk.answer(first, text="Tiếp thu: xe thu gom đến từng ngõ.")
    while worker.work_once(NOW):
        pass
    return desk


def test_a_new_site_has_nothing_to_find(browser: Browser) -> None:
    page = browser.get("/tim-kiem/?q=rác")
    assert "Không tìm thấy nội dung nào có đủ các từ này." in page.text
    assert page.find("//main//a[@href = '/lay-y-kien/']")


def test_without_words_there_is_only_the_form(browser: Browser, desk: Desk) -> None:
    page = browser.get("/tim-kiem/")
    assert page.heading == "Tìm kiếm"
    assert not page.find("//article")
    assert "Xin nhập ít nhất một từ" in browser.get("/tim-kiem/?q=%2A%2A").text


def test_results_are_marked_escaped_and_lead_to_their_place(browser: Browser, desk: Desk) -> None:
    page = browser.get("/tim-kiem/").submit({"q": "xe thu gom"})
    slug = desk.matter.slug
    assert sorted(page.words("//article//h2")) == ["Trả lời ý kiến số 1", "Ý kiến số 1"]
    assert set(page.find("//article//h2/a/@href")) == {f"/lay-y-kien/{slug}/y-kien/1/"}
    assert sorted(page.words("//article//mark")) == ["Xe thu gom", "thu", "xe thu gom"]
    assert "<b>không</b>" in page.text
    assert "Chờ kiểm tra" not in page.html
    clause = browser.get("/tim-kiem/?q=c%E1%BB%93ng+k%E1%BB%81nh")
    assert clause.words("//article//h2") == ["Dự thảo, điểm d khoản 1 Điều 2"]
    assert clause.find("//article//h2/a/@href") == [f"/lay-y-kien/{slug}/du-thao/1/?tai=d2.k1.pd#d2.k1.pd"]


def test_the_english_site_searches_in_english(browser: Browser, desk: Desk) -> None:
    page = browser.get("/en/tim-kiem/?q=xe+thu+gom&loai=comment")
    assert page.words("//article//h2") == ["Comment no. 1"]
    assert page.find("//article//h2/a/@href") == [f"/en/lay-y-kien/{desk.matter.slug}/y-kien/1/"]


def test_filters_stay_chosen_and_can_be_left(browser: Browser, desk: Desk) -> None:
    page = browser.get(f"/tim-kiem/?q=xe+thu+gom&loai=answer&dot={desk.matter.slug}")
    assert page.find("//select[@name = 'loai']/option[@selected]/@value") == ["answer"]
    assert page.find("//select[@name = 'dot']/option[@selected]/@value") == [desk.matter.slug]
    assert len(page.find("//article")) == 1
    assert len(page.click("Bỏ lọc").find("//article")) == 2
    none = browser.get(f"/tim-kiem/?q=khongcogi&loai=answer&dot={desk.matter.slug}")
    assert none.find("//main//a[contains(@href, '/tim-kiem/?q=khongcogi')]")


def test_many_results_come_in_pages(browser: Browser, app_session: Session, worker: Worker) -> None:
    lines = "\n\n".join(f"{number}. Nhóm chất thải thứ {number}." for number in range(1, 24))
    make_consultation(app_session, text=f"# Quyết định\n\n### Điều 1. Các nhóm\n\n{lines}\n")
    worker.work_once(NOW)
    first = browser.get("/tim-kiem/?q=nhom+chat+thai&loai=provision")
    assert "23 kết quả" in first.text
    assert "Trang 1 trên 3" in first.text
    last = first.click("Trang sau").click("Trang sau")
    assert len(last.find("//article")) == 3
    assert not last.find("//a[@rel = 'next']")
    assert browser.get("/tim-kiem/?q=nhom&trang=99999").status == 200
    assert browser.get("/tim-kiem/?q=nhom&trang=-1").status == 200


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_gets_a_page(browser: Browser, desk: Desk, typed: str) -> None:
    page = browser.client.get("/tim-kiem/", query_string={"q": typed})
    assert page.status_code == 200
    assert problems_of(page.get_data(as_text=True)) == []


def test_statements_do_not_grow_with_what_is_found(app: Flask, browser: Browser, desk: Desk) -> None:
    def statements(words: str) -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        engine = app.extensions["consult.database"].engine
        event.listen(engine, "before_cursor_execute", note)
        browser.get(f"/tim-kiem/?q={words}")
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    before = statements("xe+thu+gom")
    session = desk.session
    released = desk.receive(*[f"Xe thu gom số {number}." for number in range(30)])
    acts.release(session, desk.matter, released, desk.officer, NOW)
    desk.answer(*released, text="Tiếp thu: xe thu gom.")
    app.extensions["consult.worker"].work_once(NOW)
    assert statements("xe+thu+gom") <= before


# Whoosh leaves a torn file to the garbage collector to close, which is made to come here and not in another test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_missing_or_torn_index_is_said_and_built_again(
    app: Flask, browser: Browser, desk: Desk, worker: Worker
) -> None:
    engine = app.extensions["consult.search"]
    engine.forget()
    answer = browser.client.get("/tim-kiem/?q=xe+thu+gom")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "đang được lập lại" in answer.get_data(as_text=True)
    assert problems_of(answer.get_data(as_text=True)) == []
    worker.prepare(NOW)
    assert len(browser.get("/tim-kiem/?q=xe+thu+gom").find("//article")) == 2
    for path in app.config["SEARCH_FOLDER"].rglob("*"):
        if path.suffix in {".seg", ".toc"}:
            path.write_bytes(b"torn")
    assert browser.client.get("/tim-kiem/?q=xe+thu+gom").status_code == 503
    # It is young: all that a long run has left need not be looked through.
    gc.collect(1)
    result = app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert "Đã lập chỉ mục" in result.output
    assert len(browser.get("/tim-kiem/?q=xe+thu+gom").find("//article")) == 2


def test_the_page_is_the_same_for_everybody(browser: Browser, desk: Desk) -> None:
    answer = browser.client.get("/tim-kiem/?q=xe+thu+gom")
    assert "Set-Cookie" not in answer.headers
    assert answer.get_data() == browser.client.get("/tim-kiem/?q=xe+thu+gom").get_data()


def test_a_paragraph_that_stands_in_nothing_is_somewhere_in_the_draft(browser: Browser, desk: Desk) -> None:
    page = browser.get("/tim-kiem/?q=quyet+dinh+quy+dinh&loai=provision")
    assert "Dự thảo" in page.words("//article//h2")
    assert "đoạn này" not in page.text


def test_a_paragraph_behind_a_dash_is_named_by_what_it_stands_in(
    browser: Browser, app_session: Session, worker: Worker
) -> None:
    text = f"{DRAFT}\n\n### Điều 9. Báo cáo\n\n1. Báo cáo gồm:\n\n- Lượng bùn thải.\n"
    make_consultation(app_session, now=NOW, text=text)
    while worker.work_once(NOW):
        pass
    page = browser.get("/tim-kiem/?q=bun+thai")
    assert page.words("//article//h2") == ["Dự thảo, khoản 1 Điều 9"] and "- Lượng" in page.text


@pytest.mark.parametrize(
    "typed", ["kĩ thuật", "qui chuẩn", "kí hiệu", "ký hiệu", "ki\u0303 thua\u0323\u0302t", "hy vọng"]
)
def test_what_is_written_with_i_or_y_is_found_in_either_way(
    browser: Browser, app_session: Session, worker: Worker, typed: str
) -> None:
    more = "### Điều 9. Quy chuẩn\n\nTheo quy chuẩn kỹ thuật.\n\n### Điều 10. Biển báo\n\nKí hiệu rõ, hi vọng.\n"
    make_consultation(app_session, now=NOW, text=f"{DRAFT}\n\n{more}")
    while worker.work_once(NOW):
        pass
    page = browser.get(f"/tim-kiem/?q={quote(typed)}")
    assert page.words("//article//mark") and "Có phải" not in page.text
