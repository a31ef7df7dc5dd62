"""Finding with one's own words: other words for the same, most of the words, numbers of comments, places."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.administration.reference import synonyms
from consult.consultations.preparation import summaries
from consult.consultations.preparation.summaries import NewSummary
from consult.data.synonyms import seed_synonyms
from consult.outbox.worker import Worker
from consult.people.models import Area
from consult.people.seeding import seed_areas
from consult.policy import ANYBODY
from consult.search.comment_numbers import AskedNumber, number_in
from consult.search.engines import conditions, fts5_query
from consult.search.engines.tokens import MOST_TERMS, Terms, may_be, terms
from consult.search.fewer_words import fewer
from consult.search.thesaurus import MOST_OTHER_WORDS, with_groups
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.text import accented
from tests.application import end, make_app
from tests.builders import NOW, make_consultation
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

MOST_CONDITIONS = 600

GROUPS = [["rác", "chất thải rắn"], ["đền bù", "bồi thường"], ["heo", "lợn"], ["rác nhà", "rác sinh hoạt"]]


@pytest.fixture
def desk(app_session: Session, worker: Worker) -> Desk:
    """A matter with two public comments."""
    seed_synonyms(app_session)
    desk = make_desk(app_session, Stage.RESPONDING)
    numbers = desk.receive("Tiền bồi thường quá ít.", "Con lợn nhà tôi ốm.", "Con lớn nhà tôi ốm.")
    acts.release(app_session, desk.matter, numbers, desk.officer, NOW)
    handle(worker)
    return desk


def handle(worker: Worker) -> None:
    """Handles all there is."""
    while worker.work_once(NOW):
        pass


def asked(words: str, rest: str = "") -> str:
    """The address of a search."""
    return f"/tim-kiem/?q={quote(words)}{rest}"


def others(words: str) -> list[str]:
    """What is looked for beside what was typed."""
    return [one.text for one in with_groups(GROUPS, terms(words)).others]


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("rác", ["chất thải rắn"]), ("RÁC", ["chất thải rắn"]), ("rac", ["chất thải rắn"]), ("rắc", []), ("rạc", []),
        ("chat thai ran", ["rác"]), ("chất thai rắn ở chợ", ["rác"]), ("chất thải rấn", []),
        ("rác nhà", ["rác sinh hoạt"]), ("chất thải rán", ["rác"]),
        ("đên bù", ["bồi thường"]), ("den bu rác", ["bồi thường", "chất thải rắn"]), ("đến bù", []),
        ("“rác” đền bù", ["bồi thường"]), ("“đền bù”", []), ("thải rắn", []),
    ],
)  # fmt: skip
def test_other_words_are_looked_for_when_the_accents_typed_allow_it(typed: str, beside: list[str]) -> None:
    assert others(typed) == beside


def test_a_word_may_be_typed_with_some_of_its_marks() -> None:
    for typed in ("truong", "trương", "trường", "truòng"):
        assert may_be(accented(typed), accented("trường")), typed
    for typed in ("trướng", "trưong5", "trong"):
        assert not may_be(accented(typed), accented("trường")), typed


def test_what_is_looked_for_beside_has_an_end() -> None:
    groups = [[f"từ{number}", *(f"chữ {number} {other} dài lắm" for other in range(12))] for number in range(40)]
    for typed in (" ".join(f"từ{number}" for number in range(40)), "từ1 " * 400, "tu\u0300\u0301" * 90):
        words = with_groups(groups, terms(typed))
        assert sum(len(one.terms) for one in words.others) <= MOST_OTHER_WORDS
        assert len(words.terms) <= MOST_TERMS
        for tried in (words, *fewer(words, {term.folded: 1 for term in words.terms})):
            queries = [
                fts5_query.count_query(tried, []),
                *(one for step in fts5_query.steps(tried, []) for one in step),
            ]
            assert len(queries) <= 16 and max(query.count(" : ") for query in queries) <= MOST_CONDITIONS


def test_a_word_nobody_typed_keeps_its_accents(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("con heo ốm"))
    assert page.words("//article//h2") == ["Ý kiến số 2"] and page.words("//mark") == ["Con lợn", "ốm"]
    assert "Cũng tìm: lợn." in page.text


def test_the_page_tells_what_else_was_looked_for_and_looks_for_less(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("đền bù"))
    assert page.words("//article//h2") == ["Ý kiến số 1"] and "Cũng tìm: bồi thường." in page.text
    exact = page.click("Chỉ tìm đúng từ đã gõ")
    assert not exact.find("//article") and "Cũng tìm:" not in exact.text
    english = browser.get(f"/en{asked('đền bù')}")
    assert "Also looked for: bồi thường." in english.text


def test_what_an_administrator_changes_holds_for_the_next_reader_of_every_process(
    app: Flask, browser: Browser, desk: Desk, tmp_path: Path
) -> None:
    process = make_app(app.config["DATABASE_URL"], tmp_path, SEARCH_FOLDER=app.config["SEARCH_FOLDER"])
    other = Browser(process)
    for one in (browser, other):
        assert not one.get(asked("lợi tức")).find("//article")
    row = synonyms.put(desk.session, "", ["lợi tức", "tiền bồi thường"], ANYBODY, NOW)
    for one in (browser, other):
        assert one.get(asked("lợi tức")).words("//article//h2") == ["Ý kiến số 1"]
    synonyms.remove(desk.session, row.key, ANYBODY, NOW)
    for one in (browser, other):
        assert not one.get(asked("lợi tức")).find("//article")
    end(process)


def test_most_of_the_words_when_nothing_has_all(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("tiền bồi thường ở Hà Nội"))
    assert page.words("//article//h2")[0] == "Ý kiến số 1"
    assert "Không tìm thấy nội dung nào có đủ các từ này. Dưới đây là nội dung có 1 trong 4 từ đã gõ." in page.text
    assert not browser.get(asked("“tiền bồi thường” ở Hà Nội")).find("//article")
    assert not browser.get(asked("khoản 77 điều 99")).find("//article")


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("ý kiến số 112", 112, ""), ("y kien so 112", 112, ""), ("Ý KIẾN 112", 112, ""), ("í kiến số 112", 112, ""),
        ("số 112", 112, ""), ("so 112", 112, ""), ("#112", 112, ""), ("# 112", 112, ""), ("ý kiến #112", 112, ""),
        ("góp ý số 7", 7, ""), ("phiếu số 7", 7, ""), ("comment 112", 112, ""), ("comment no. 112", 112, ""),
        ("Opinion number 3", 3, ""), ("ý kiến số 0112", 112, ""), ("ý kiến số: 112", 112, ""),
        ("ý kiến số 112.", 112, ""),
        ("ý kiến số 12 về con đường", 12, "về con đường"), ("rác, ý kiến số 5", 5, "rác"), ("yk 9", 9, ""),
        ("112", None, ""), ("số 112/2026", None, ""), ("số 15/2026/QĐ-UBND", None, ""), ("nghị định số 8", None, ""),
        ("ý kiến số 1.120", None, ""), ("“ý kiến số 112”", None, ""), ("ý kiến số 0", None, ""),
        ("số nhà 112", None, ""),
        ("ý kiến số 12345678", None, ""), ("ý kiến 5%", None, ""), ("bãi đổ thải số 2", None, ""),
    ],
)  # fmt: skip
def test_the_number_of_a_comment_is_understood(typed: str, number: int | None, rest: str) -> None:
    assert number_in(typed) == (AskedNumber(number, rest) if number else None)


def test_a_number_opens_its_comment_or_lists_those_that_have_it(browser: Browser, desk: Desk, worker: Worker) -> None:
    one = browser.client.get("/en/tim-kiem/?q=%233")
    assert (one.status_code, one.location) == (303, f"/en/lay-y-kien/{desk.matter.slug}/y-kien/3/")
    other = make_desk(desk.session, Stage.OPEN, title="Đường liên thôn")
    other.receive("Một.", "Hai.", "Ba.")
    handle(worker)
    page = browser.get(asked("ý kiến số 3"))
    links = page.find("//*[contains(@class, 'notice')]//li/a/@href")
    assert sorted(links) == sorted(f"/lay-y-kien/{each.matter.slug}/y-kien/3/" for each in (desk, other))
    assert not page.find("//article") and "Không tìm thấy" not in page.text
    nearest = browser.get(asked("ý kiến số 3 đường liên thôn")).find("//*[contains(@class, 'notice')]//li/a/@href")
    assert nearest[0] == f"/lay-y-kien/{other.matter.slug}/y-kien/3/"
    within = browser.client.get(asked("số 3", f"&dot={other.matter.slug}"))
    assert within.location == f"/lay-y-kien/{other.matter.slug}/y-kien/3/"
    assert browser.get(asked("ý kiến số 999")).status == 200


def test_several_places_of_one_name_are_one_list(app_session: Session, browser: Browser, worker: Worker) -> None:
    seed_areas(app_session)
    app_session.commit()
    province = app_session.query(Area).filter_by(name="Xã Phong Quang").one().parent_id
    around = make_consultation(app_session, title="Kế hoạch của tỉnh", area_id=province)
    handle(worker)
    page = browser.get(asked("huyện bạch thông"))
    [notice] = page.find("//*[@class = 'notice note']")
    assert "địa bàn ứng với tên này" in page.text
    assert len(notice.xpath(".//a[contains(@href, '/dia-ban/')]")) > 1
    assert notice.xpath(".//a[contains(@href, '/lay-y-kien/')]/@href") == [f"/lay-y-kien/{around.slug}/"]
    assert browser.get(notice.xpath(".//a[contains(@href, '/dia-ban/')]/@href")[0]).status == 200


def test_english_words_find_a_matter_by_its_english_title(browser: Browser, desk: Desk, worker: Worker) -> None:
    told = NewSummary("en", "About bins.", title="Sorting household waste", question="Will it work?")
    summaries.put_summary(desk.session, desk.matter, told, desk.officer, NOW)
    handle(worker)
    page = browser.get(asked("household waste"))
    assert page.words("//article//p[@lang = 'en']/mark") == ["household waste"]
    english = browser.get(f"/en{asked('sorting waste')}")
    assert english.words("//article//h2")[0] == "Sorting household waste"
    assert english.find("//article//p[@lang = 'vi']")
    summaries.remove_summary(desk.session, desk.matter, "en", desk.officer, NOW)
    handle(worker)
    assert not browser.get(asked("household waste")).find("//article")


def test_nothing_is_looked_for_beside_nothing(tmp_path: Path) -> None:
    assert conditions.found(Terms(())) == conditions.Every()
