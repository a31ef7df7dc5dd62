"""Addresses name their draft, and one whose clause has gone says what became of it; lists and sums go by clauses."""

import pytest
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from tests.consultations.articles import INSERTED, REMOVED, next_draft, on, open_matter
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """Three drafts: Điều 5 of the first is Điều 6 of the second and Điều 5 of the third; Điều 4 was dropped."""
    made = open_matter(app_session, disclosure=Disclosure.AT_ONCE)
    made.receive(on("d5", 1, "Về xử phạt."), on("d4", 1, "Về giờ đi."))
    next_draft(made, *INSERTED)
    made.receive(on("d6", 2, "Vẫn về xử phạt."), on("d5", 2, "Về bãi rác."))
    next_draft(made, *REMOVED)
    made.receive(on("d5", 3, "Lại về xử phạt."))
    app_session.commit()
    return made


def at(desk: Desk, browser: Browser, rest: str) -> Page:
    return browser.get(f"/lay-y-kien/{desk.matter.slug}/{rest}")


def listed(page: Page) -> list[int]:
    return sorted(int(words.rsplit(" ", 1)[1]) for words in page.words("//article//h2"))


def test_an_address_whose_clause_was_dropped_says_so(desk: Desk, browser: Browser) -> None:
    for address in ("du-thao/3/?tai=d7", "du-thao/3/dieu-khoan/d7/"):
        page = at(desk, browser, address)
        assert page.status == 200 and "Điều 7 (bản dự thảo lần 2): trong bản dự thảo lần 3 là Điều 6." in page.text
        assert page.link("Đọc Điều 6").endswith("/du-thao/3/?tai=d6#d6")
    browser.get(f"/lay-y-kien/{desk.matter.slug}/du-thao/3/?tai=d99", 404)


def test_a_clause_of_an_older_draft_says_what_it_is_now(desk: Desk, browser: Browser) -> None:
    for address in (
        "du-thao/2/?tai=d6",
        "du-thao/2/dieu-khoan/d6/",
        "y-kien/?tai=du-thao/2/d6",
        "gop-y/?tai=du-thao/2/d6",
    ):
        assert "Điều 6 (bản dự thảo lần 2): trong bản dự thảo lần 3 là Điều 5." in at(desk, browser, address).text
    dropped = "Điều 4 (bản dự thảo lần 1) đã được bỏ kể từ bản dự thảo lần 3."
    for address in ("du-thao/1/?tai=d4", "y-kien/?tai=du-thao/1/d4", "gop-y/?tai=du-thao/1/d4"):
        assert dropped in at(desk, browser, address).text


def test_a_list_is_of_the_clause_and_not_of_the_number(desk: Desk, browser: Browser) -> None:
    assert listed(at(desk, browser, "y-kien/?tai=du-thao/3/d5")) == [1, 3, 5]
    assert listed(at(desk, browser, "y-kien/?tai=du-thao/2/d6")) == [1, 3]
    assert listed(at(desk, browser, "y-kien/?tai=du-thao/3/d4")) == [4]
    page = at(desk, browser, "y-kien/")
    places = page.words("//article/p[@class = 'meta']/a")
    assert places[:3] == [f"Điều 5 (bản dự thảo lần {number})" for number in (3, 2)][:1] + [
        "Điều 5 (bản dự thảo lần 2)", "Điều 6 (bản dự thảo lần 2)",
    ]  # fmt: skip


def test_a_path_alone_is_of_the_draft_that_it_was_written_for(desk: Desk, browser: Browser) -> None:
    page = at(desk, browser, "y-kien/?tai=d5")
    assert listed(page) == [1] and "Ý kiến về Điều 5 (bản dự thảo lần 1)" in page.text
    assert at(desk, browser, "gop-y/?tai=d5").form().values()["comments.0.anchor"] == "du-thao/1/d5"
    assert at(desk, browser, "gop-y/?tai=d7").form().values()["comments.0.anchor"] == "du-thao/2/d7"


def test_a_list_at_a_clause_that_is_gone_is_of_the_one_that_is_meant(desk: Desk, browser: Browser) -> None:
    page = at(desk, browser, "y-kien/?tai=du-thao/1/d7")
    assert "Điều 7 (bản dự thảo lần 2): trong bản dự thảo lần 1 là Điều 6." in page.text


def test_a_form_at_a_clause_that_is_gone_leads_to_what_became_of_it(desk: Desk, browser: Browser) -> None:
    page = at(desk, browser, "gop-y/?tai=du-thao/3/d7")
    form = page.click("Góp ý về Điều 6")
    assert form.form().values()["comments.0.anchor"] == "du-thao/3/d6"


def test_sums_are_of_clauses(desk: Desk, browser: Browser) -> None:
    page = at(desk, browser, "y-kien/thong-ke/")
    rows = dict(
        zip(page.words("//table//th[@scope = 'row']/a"), page.words("//th[a]/following-sibling::td"), strict=True)
    )
    one, two, three = (f"(bản dự thảo lần {number})" for number in (1, 2, 3))
    assert rows == {f"Điều 5 {three}; Điều 6 {two}; Điều 5 {one}": "3", f"Điều 4 {one}": "1", f"Điều 5 {two}": "1"}
    told = browser.get(f"/lay-y-kien/{desk.matter.slug}/thong-ke.csv").body.decode()
    assert f"place,Điều 5 {three}; Điều 6 {two}; Điều 5 {one},3" in told


def test_the_interface_for_programs_names_the_draft(desk: Desk, browser: Browser) -> None:
    told = browser.get(f"/api/v1/consultations/{desk.matter.slug}/comments").json["comments"]
    assert [one["label"] for one in told[:3]] == [
        "Điều 5 (bản dự thảo lần 1)", "Điều 4 (bản dự thảo lần 1)", "Điều 6 (bản dự thảo lần 2)",
    ]  # fmt: skip


def test_english_says_draft(desk: Desk, browser: Browser) -> None:
    assert "Article 6 (draft 2)" in browser.get(f"/en/lay-y-kien/{desk.matter.slug}/y-kien/3/").text
