"""One box for words, provisions, places and look-up codes; and nothing hidden is shown for a moment longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from bench.statements import counted
from consult.consultations.preparation import publication
from consult.outbox.worker import Worker
from consult.people.models import Area
from consult.people.seeding import seed_areas
from consult.search.provision_queries import clause_in, own_path, short_paths
from consult.stages import Stage
from consult.submissions.acts import decisions
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from consult.web.log_masking import mask
from tests.builders import DRAFT, NOW, make_consultation
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

CODE = next(f"{number:018d}" for number in range(10**17, 10**17 + 97) if number % 97 == 1)


@pytest.fixture
def desk(app_session: Session, worker: Worker) -> Desk:
    """A matter with comments on two clauses, one of them answered."""
    desk = make_desk(app_session, Stage.RESPONDING)
    numbers = desk.receive(
        comment("Xe thu gom không đến ngõ.", "d2.k1.pd"), comment("Ngày thu gom chưa rõ.", "d2.k1"), "Góp ý chung."
    )
    acts.release(app_session, desk.matter, numbers, desk.officer, NOW)
    desk.answer(numbers[0], disposition="not_accepted", text="Đường hẹp, xe không vào được.")
    handle(worker)
    return desk


def handle(worker: Worker) -> None:
    """Handles all there is."""
    while worker.work_once(NOW):
        pass


def decide(desk: Desk, number: int, kind: CommentActKind, reason: str, **details: str) -> None:
    """An act on a comment by two persons."""
    act = decisions.propose(desk.session, desk.matter, number, kind, reason, desk.officer, NOW, details)
    decisions.confirm(desk.session, desk.matter, act.id, desk.second_officer, NOW)


def asked(words: str, rest: str = "") -> str:
    """The address of a search."""
    return f"/tim-kiem/?q={quote(words)}{rest}"


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database, those before the kept pages included."""
    read: list[str] = []
    with counted(app.extensions["consult.database"].engine) as seen:
        yield read
    read += [one for one in seen if one.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE"))]


@pytest.mark.parametrize(
    ("typed", "path", "rest"),
    [
        ("khoản 3 Điều 12", "d12.k3", ""),
        ("điều 12 khoản 3", "d12.k3", ""),
        ("diem a khoan 1 dieu 5a", "d5a.k1.pa", ""),
        ("điểm đ khoản 1 Điều 2", "d2.k1.pdd", ""),
        ("Điều 12, khoản 3", "d12.k3", ""),
        ("rác thải khoản 3 Điều 12 ở chợ", "d12.k3", "rác thải ở chợ"),
        ("Điều 12", "d12", ""),
        ("khoản 3", None, ""),
        ("điều kiện", None, ""),
        ("điều 12 điều 13", "d12", "điều 13"),
        ('"khoản 3 Điều 12"', None, ""),
        ("điều 99999999", None, ""),
        ("điều", None, ""),
        ("Phụ lục IV", "pliv", ""),
        ("nước thải phu luc 2", "pl2", "nước thải"),
        ("chương II", "cii", ""),
        ("Điều 5 chương II", "d5", "chương II"),
        ("chương trình 5", None, ""),
        ("phụ lục", None, ""),
        ("“Phụ lục IV”", None, ""),
    ],
)
def test_a_provision_is_understood_by_its_name(typed: str, path: str | None, rest: str) -> None:
    found = clause_in(typed)
    assert (found.path, found.rest) == (path, rest) if found and path else found is None and path is None


def test_short_paths_leave_out_what_nobody_needs_to_know() -> None:
    assert short_paths("c2.m1.d12.k3") == ("c2", "d12", "d12.k3")
    assert short_paths("plI.d2~2.k1") == ("plI", "d2", "d2.k1")
    assert short_paths("d1.q1.d5a.k2") == ("d5a", "d5a.k2")
    assert short_paths("") == short_paths("x3") == ()
    assert (own_path("c2.d12.k3"), own_path("c2"), own_path("c2.d12~2"), own_path("x3")) == ("d12.k3", "c2", "d12", "")
    assert short_paths("d2.a1.k1") == ("d2", "d2.k1"), "which alternative it stands in"
    assert own_path("d2.a1.k1") == "d2.k1" and own_path("d2.a1") == ""


def test_a_clause_leads_to_its_text_and_what_was_said_about_it(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("điểm d khoản 1 điều 2"))
    slug = desk.matter.slug
    assert "Điểm d khoản 1 Điều 2" in page.text
    assert page.words("//article//h2") == ["Dự thảo, điểm d khoản 1 Điều 2", "Trả lời ý kiến số 1", "Ý kiến số 1"]
    assert page.find("//article//h2/a/@href")[0] == f"/lay-y-kien/{slug}/du-thao/1/?tai=d2.k1.pd#d2.k1.pd"
    wider = browser.get(asked("khoản 1 điều 2 thu gom", "&loai=comment"))
    assert sorted(wider.words("//article//h2")) == ["Ý kiến số 1", "Ý kiến số 2"]
    as_words = page.click("Tìm đúng các từ đã gõ")
    assert "điểm d khoản 1 điều 2" in as_words.find("//input[@name = 'q']/@value")[0]
    assert not as_words.find("//article")


def test_an_appendix_and_a_chapter_lead_to_themselves_first(
    app_session: Session, browser: Browser, worker: Worker
) -> None:
    text = f"{DRAFT}\n\n## Phụ lục II. Biểu mẫu\n\nMẫu 1 theo Phụ lục I.\n\n## Phụ lục I. Mức thu\n\nTheo Phụ lục II.\n"
    make_consultation(app_session, now=NOW, text=text)
    handle(worker)
    for words, first in (("phụ lục I", "Dự thảo, Phụ lục I"), ("chuong i", "Dự thảo, Chương I")):
        page = browser.get(asked(words))
        assert page.words("//article//h2")[0] == first and "Tìm đúng các từ đã gõ" in page.text


def test_a_clause_that_is_nowhere_is_looked_for_as_words(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("khoản 77 điều 99"))
    assert "Không tìm thấy" in page.text and "Khoản 77" not in page.text


def test_results_are_narrowed_by_what_became_of_them_source_and_year(browser: Browser, desk: Desk) -> None:
    def found(rest: str) -> list[str]:
        return sorted(browser.get(asked("xe", rest)).words("//article//h2"))

    both = ["Trả lời ý kiến số 1", "Ý kiến số 1"]
    assert found("&ket-qua=not_accepted") == found("&nguon=comment") == both
    assert found(f"&nam={NOW.year}") == both
    assert found("&ket-qua=accepted") == found("&nguon=critique") == found(f"&nam={NOW.year - 1}") == []
    assert browser.get(asked("thu gom", "&ket-qua=unanswered")).words("//article//h2") == ["Ý kiến số 2"]
    page = browser.get(asked("xe", "&ket-qua=not_accepted&nguon=khong-co&nam=abc"))
    assert page.find("//select[@name = 'ket-qua']/option[@selected]/@value") == ["not_accepted"]
    assert page.find("//details[@open]")


def test_a_place_is_understood_by_its_old_and_new_name(
    app: Flask, app_session: Session, browser: Browser, worker: Worker
) -> None:
    seed_areas(app_session)
    app_session.commit()
    area = app_session.query(Area).filter_by(name="Xã Phong Quang").one()
    here = make_consultation(app_session, title="Đường liên thôn", area_id=area.id)
    around = make_consultation(app_session, title="Kế hoạch của tỉnh", area_id=area.parent_id)
    make_consultation(app_session, title="Việc ở nơi khác")
    handle(worker)
    for typed in ("xã Dương Quang", "duong quang", "Dương Quang, Bắc Kạn", "chợ ở xã dương quang"):
        page = browser.get(asked(typed))
        assert "Xã Phong Quang (trước là xã Dương Quang)" in page.text, typed
        listed = page.find("//*[contains(@class, 'notice')]//li/a/@href")
        assert listed == [f"/lay-y-kien/{one.slug}/" for one in (here, around)], typed
    page = browser.get(asked("phong quang"))
    assert "Xã Phong Quang" in page.text and "trước là" not in page.text
    assert "Phong Quang" not in browser.get(asked("quang")).text


def test_a_code_leads_to_its_comments_and_is_kept_nowhere(app: Flask, browser: Browser) -> None:
    shown = "-".join(CODE[start : start + 3] for start in range(0, 18, 3))
    for typed in (CODE, shown, shown.replace("-", " "), f" {shown} "):
        answer = browser.client.get("/tim-kiem/", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (303, f"/tra-cuu/{shown}/")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not app.extensions["consult.search_pages"].pages
    mistyped = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    answer = browser.client.get("/en/tim-kiem/", query_string={"q": mistyped})
    assert answer.location == f"/en/tra-cuu/?ma={mistyped}"
    assert browser.get(asked("2026 12 31")).status == 200


@pytest.mark.parametrize(
    "typed", [CODE, "012-345-678-901-234-567", "012+345%20678+901+234+567", "012%2D345-678901234567"]
)
def test_a_code_in_the_box_does_not_stand_in_logs(typed: str) -> None:
    said = mask(f'"GET /tim-kiem/?loai=&q={typed}&trang=1 HTTP/1.1" 303')
    assert said == '"GET /tim-kiem/?loai=&q=***&trang=1 HTTP/1.1" 303'
    assert mask("GET /tim-kiem/?q=m%C3%B4i+2026 HTTP/1.1") == "GET /tim-kiem/?q=m%C3%B4i+2026 HTTP/1.1"


def test_the_home_page_has_the_one_box(browser: Browser, desk: Desk) -> None:
    page = browser.get("/").submit({"q": "thu gom"})
    assert len(page.find("//article")) == 3
    assert "Tìm “thu gom”" in page.find("string(//title)")


def test_a_slip_of_the_finger_is_offered_the_word(browser: Browser, desk: Desk) -> None:
    page = browser.get(asked("thu gomm xe"))
    assert page.words("//*[contains(@class, 'empty')]//p[2]/a")[0] == "thu gom xe"
    assert page.click("thu gom xe").find("//article")
    assert "Có phải" not in browser.get(asked("zzzzzz")).text


def test_at_most_three_statements_for_a_search_and_one_for_a_kept_page(
    app: Flask, browser: Browser, desk: Desk
) -> None:
    browser.get(asked("xe"))
    for address in (asked("thu gom"), asked("điều 2"), asked("rác", f"&dot={desk.matter.slug}"), asked("khongco")):
        with statements(app) as made:
            browser.get(address)
        # One of them asks whether a kept page is still true.
        assert len(made) <= 3, made
        with statements(app) as kept:
            browser.get(address)
        assert len(kept) == 1, kept


def test_what_is_withheld_or_redacted_is_gone_for_the_next_reader(
    app: Flask, browser: Browser, desk: Desk, worker: Worker
) -> None:
    def reads(words: str, said: str) -> bool:
        found = [said in browser.get(asked(words)).html for _twice in range(2)]
        assert found[0] == found[1]
        return found[0]

    assert reads("ngo", "không đến") and reads("ngay", "chưa rõ") and reads("duong hep", "vào được")
    assert len(app.extensions["consult.search_pages"].pages) == 3
    decide(desk, 2, CommentActKind.REDACTED, "personal_data", text="Ngày […].")
    assert not reads("ngay", "chưa rõ")
    decide(desk, 1, CommentActKind.WITHHELD, "insult")
    assert not reads("ngo", "không đến")
    # Its answer went to nobody else.
    assert not reads("duong hep", "vào được")
    handle(worker)
    assert not reads("ngo", "không đến") and reads("ngay", "Ngày")


def test_what_is_released_or_stopped_is_told_to_the_next_reader(
    app: Flask, browser: Browser, desk: Desk, worker: Worker
) -> None:
    numbers = desk.receive("Hồ chứa ở đầu thôn.")
    handle(worker)
    assert not browser.get(asked("hồ chứa")).find("//article")
    acts.release(desk.session, desk.matter, numbers, desk.officer, NOW)
    assert not browser.get(asked("hồ chứa")).find("//article")
    handle(worker)
    assert browser.get(asked("hồ chứa")).find("//article")
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    assert browser.get(asked("hồ chứa")).find("//article")


def test_kept_pages_of_results_stay_in_their_own_room(app: Flask, browser: Browser, desk: Desk) -> None:
    pages = app.extensions["consult.search_pages"]
    before = dict(app.extensions["consult.page_cache"].pages)
    for number in range(40):
        browser.get(asked(f"xe {number}"))
    assert pages.weight <= pages.limit and len(pages.pages) == 40
    assert dict(app.extensions["consult.page_cache"].pages) == before
    browser.get("/tim-kiem/?q=xe++0")
    browser.get("/tim-kiem/?trang=1&q=xe%200&loai=")
    assert len(pages.pages) == 40
    assert browser.get(f"/tim-kiem/?q={'x' * 2000}").status == 200
    assert len(pages.pages) == 40
    for rest in ("", "&khong-co=1", "&q=khac", "&trang=01", "&trang=&loai="):
        assert browser.get(f"/tim-kiem/?q=xe{rest}").status == 200
    assert len(pages.pages) == 41
    for beyond in (9_999, 9_998):
        browser.get(f"/tim-kiem/?q=xe&trang={beyond}")
    assert len(pages.pages) == 42
    assert browser.client.get("/en/tim-kiem/?q=xe+0").get_data() != browser.client.get("/tim-kiem/?q=xe+0").get_data()


def test_a_kept_page_is_not_sent_again_to_who_has_it(browser: Browser, desk: Desk) -> None:
    first = browser.client.get(asked("xe"))
    again = browser.client.get(asked("xe"), headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.get_data()) == (200, 304, b"")
