"""The reading page: named sheets, clauses that can be cited, the whole text, heads of tables, what to know first."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from bench.statements import statements
from consult import clock
from consult.consultations.models import Consultation
from consult.reading.texts import long_tables
from consult.reading.texts.service import Text
from consult.reading.texts.sheet_names import name_of
from consult.reading.texts.sheets import Node, cut
from consult.stages import Stage
from tests.builders import make_consultation
from tests.pages import Browser
from tests.reading.scene import Scene, every_state
from tests.reading.test_public_pages import LONG, url_of
from tests.signing_in import sign_in_by_form


def article(number: int, size: int = 100) -> Node:
    """An article of one paragraph."""
    return Node(f"d{number}", "article", str(number), f"Điều {number}.", "Tên", "chữ " * size)


def chapter(label: str, *articles: Node) -> Node:
    """A chapter of these articles."""
    return Node(f"c{label}", "chapter", label, f"Chương {label}.", "TÊN CHƯƠNG", children=articles)


@pytest.fixture
def long_matter(app_session: Session) -> Consultation:
    """An open matter whose draft needs several sheets."""
    return make_consultation(app_session, Stage.OPEN, text=LONG, now=clock.now())


def test_a_text_that_needs_several_sheets_begins_one_at_each_chapter() -> None:
    signature = Node("x1", "paragraph", text="TM. ỦY BAN NHÂN DÂN")
    annexes = tuple(
        Node(f"pl{label}", "appendix", label, f"PHỤ LỤC {label}", text="chữ " * 200) for label in ("I", "II")
    )
    nodes = (chapter("I", *map(article, (1, 2, 3))), chapter("II", *map(article, (4, 5))), signature, *annexes)
    names = [name_of(sheet) for sheet in cut(nodes, 3_500)]
    assert names == ["Chương I, Điều 1–2", "Chương I, Điều 3", "Chương II, Điều 4–5", "Phụ lục I", "Phụ lục II"]
    assert [name_of(sheet) for sheet in cut(nodes, 100_000)] == ["Chương I – Phụ lục II, Điều 1–5"]


def test_a_text_without_articles_is_named_by_its_numbers() -> None:
    numbers = tuple(Node(f"r{label}", "roman", label, f"{label}.", "Mục", "chữ " * 400) for label in ("I", "II", "III"))
    assert [name_of(sheet) for sheet in cut(numbers, 8_000)] == ["I – II", "III"]


def test_titles_tell_sheets_apart_and_the_pager_names_its_neighbours(
    long_matter: Consultation, browser: Browser
) -> None:
    address = url_of(long_matter) + "du-thao/1/"
    first = browser.get(address)
    second = first.click("Trang sau: Chương II, Điều 15–28")
    assert first.title.startswith("Chương I, Điều 1–14 (1/2) – ")
    assert second.title.startswith("Chương II, Điều 15–28 (2/2) – ")
    assert second.words("//nav[@aria-label = 'Mục lục']//*[@aria-current]") == ["Chương II. PHẦN II"]


def test_the_whole_text_stands_on_one_page_for_those_who_ask(long_matter: Consultation, browser: Browser) -> None:
    page = browser.get(url_of(long_matter) + "du-thao/1/").click("toàn văn trên một trang")
    assert page.title.startswith("Toàn văn – ")
    assert page.find("//*[contains(@class, 'provision article')]/@id") == [f"d{number}" for number in range(1, 29)]
    assert not page.find("//a[starts-with(@href, '?trang=')]")


def test_a_clause_has_an_address_and_a_citation(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    reading = browser.get(scene.url + "du-thao/1/")
    own = reading.find("//*[@id = 'd2.k1.pdd']//a[contains(@class, 'cite')]/@href")
    assert own == [scene.url + "du-thao/1/dieu-khoan/d2.k1.pdd/"]
    page = browser.get(own[0])
    [citation] = page.words("//*[@id = 'trich-dan']")
    assert citation.startswith("điểm đ khoản 1 Điều 2, dự thảo lần 1, ") and "công bố ngày" in citation
    assert page.words("//*[@id = 'lien-ket']")[0].endswith(scene.url + "du-thao/1/?tai=d2.k1.pdd#d2.k1.pdd")
    assert page.title.startswith("điểm đ khoản 1 Điều 2, dự thảo lần 1 – ")
    assert page.click("Đọc trong dự thảo").find("//*[@id = 'd2.k1.pdd']")
    assert page.click("Các ý kiến và trả lời").status == 200
    english = browser.get("/en" + own[0])
    assert english.words("//*[@id = 'trich-dan']")[0].startswith("point đ, clause 1, Article 2, revision 1, ")
    for wrong in ("d99", "d2.k1.pdd.x", "%00", "..%2F"):
        browser.get(f"{scene.url}du-thao/1/dieu-khoan/{wrong}/", status=404)


def test_print_carries_the_address_as_a_picture_and_in_words(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    page = browser.get(scene.url + "du-thao/1/")
    printed = page.words("//*[@class = 'printed']")[0]
    assert printed.split("In từ ")[1].split(" ngày ")[0].endswith(f"{scene.url}du-thao/1/")
    assert "bản dự thảo lần 1" in printed
    picture = page.find("//*[@class = 'printed']/img")[0]
    assert picture.get("loading") == "lazy"  # Nobody who only reads loads it.
    answer = browser.get(picture.get("src"))
    assert (answer.headers["Content-Type"], answer.body[:5]) == ("image/svg+xml; charset=utf-8", b"<?xml")
    browser.get(scene.url + "du-thao/9/ma-qr.svg", status=404)


def test_what_to_know_comes_first(app_session: Session, browser: Browser) -> None:
    words = {"changes": "Mỗi nhà tách rác thành ba nhóm.", "for_whom": "Mọi hộ gia đình."}
    project = {"meeting_on": "2026-12-01", "meeting_place": "Nhà văn hóa thôn Nà Hái"}
    scene = Scene(app_session)
    scene.matter.plain_words, scene.matter.project = words, project
    app_session.commit()
    for address in (scene.url, scene.url + "du-thao/1/"):
        box = browser.get(address).words("//*[@class = 'to-know']")[0]
        for sentence in (*words.values(), "Nhận góp ý đến hết ngày", "Góp ý thế nào", "Ngày 1/12/2026, Nhà văn hóa"):
            assert sentence in box, address
        assert "không thay thế việc tham dự cuộc họp" in box
    assert browser.get("/en" + scene.url).find("//*[@class = 'to-know']//dd[@lang = 'vi']")


def test_law_text_is_vietnamese_on_english_pages(app_session: Session, browser: Browser) -> None:
    scene = Scene(app_session)
    for path in ("du-thao/1/", "du-thao/1/dieu-khoan/d2/"):
        assert browser.get("/en" + scene.url + path).find("//*[@class = 'law'][@lang = 'vi']")
        assert not browser.get(scene.url + path).find("//main//*[@lang]")


def rows(*texts: tuple[str, ...]) -> long_tables.Rows:
    """A table of these cells."""
    return [[{"text": text} for text in row] for row in texts]


@pytest.mark.parametrize(
    ("table", "head"),
    [
        (rows(("STT", "Tên"), ("1", "Chì")), 1),
        (rows(("TT", ""), ("", "Chì")), 1),
        (rows(("Nhóm", "Mức"), ("1.", "5"), ("2.", "6")), 1),
        (rows(("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI"), ("Số: 1", "Hà Nội")), 0),
        (rows(("STT", "Tên")), 0),
        (rows(("1", "Chì"), ("2", "Kẽm")), 0),
        (rows(("Một ô",), ("1",)), 0),
        ([[{"text": "STT", "rowspan": 2}, {"text": "Tên", "colspan": 2}], *rows(("a", "b"), ("1", "c", "d"))], 2),
    ],
)
def test_a_head_is_told_only_where_it_is_plain(table: long_tables.Rows, head: int) -> None:
    assert long_tables.head_rows(table) == head


def test_sums_go_up_to_chapters_in_the_contents_and_to_articles_in_the_margin() -> None:
    clause = Node("d1.k1", "clause", children=(Node("d1.k1.pa", "point"),))
    nodes = (chapter("I", Node("d1", "article", children=(clause,))),)
    counts = {"d1.k1": 2, "d1.k1.pa": 3}
    listed = {"d1": 5, "d1.k1": 5, "d1.k1.pa": 3}
    text = Text(nodes, tuple(cut(nodes)), 4)
    assert text.sums(counts) == {"cI": 5, **listed}
    assert text.sums(counts, as_listed=True) == listed
    assert text.sums({}) == {}
    assert text.earlier_sums({"d1.k1": {1: 2}, "d1.k1.pa": {1: 1, 2: 1}})["d1"] == {1: 3, 2: 1}


def test_a_count_is_what_its_list_shows(app_session: Session, browser: Browser) -> None:
    scene, _ = every_state(app_session)
    page = browser.get(scene.url + "du-thao/1/")
    for link in page.find("//a[@class = 'tally']"):
        assert browser.get(link.get("href")).words("//*[@data-inline-fragment]/p")[0].split()[0] == link.text.split()[0]


def test_few_statements_whoever_reads(app: Flask, app_session: Session) -> None:
    scene, _ = every_state(app_session)
    address = scene.url + "du-thao/1/"
    officer = Browser(app)
    sign_in_by_form(officer, scene.desk.people["officer"])
    # What is found once for each version of a matter was found before.
    officer.get(scene.url + "y-kien/quan-diem/")
    assert statements(app, app.test_client(), address) <= 5
    app.extensions["consult.page_cache"].limit = 0
    assert statements(app, officer.client, address) <= 4
    assert statements(app, officer.client, address + "dieu-khoan/d2.k1/") <= 4
