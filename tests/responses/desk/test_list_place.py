"""The list keeps its place on every page of one comment and after every act, and takes all that match at once."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, request
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.responses.answers import approval
from consult.responses.desk import assignment, forms
from consult.responses.desk.listing import case_list
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from tests.application import sign_in
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, make_desk

ALL = "Cho công khai cả 7 ý kiến khớp bộ lọc"


@pytest.fixture
def desk(app_session: Session, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Seven comments, two on a page; the even ones are given to the officer."""
    monkeypatch.setattr(case_list, "PAGE_SIZE", 2)
    made = make_desk(app_session, Stage.RESPONDING, now=clock.now(), disclosure=Disclosure.ON_RELEASE)
    for number in range(1, 8):
        made.receive(f"Ý kiến thứ {number}.")
    assignment.assign(app_session, made.matter, [2, 4, 6], None, made.people["officer"].id, made.leader, clock.now())
    return made


def listed(page: Page) -> list[int]:
    return [int(box.get("value")) for box in page.find("//input[@name='comment'][@type='checkbox']")]


def list_of(desk: Desk, query: str) -> str:
    return f"/xu-ly/{desk.matter.slug}/?{query}"


def test_a_comment_leads_to_its_neighbours_in_the_list_and_back_to_its_page(desk: Desk, browser: Browser) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, "mine=1&page=2"))
    assert listed(page) == [6]
    comment = page.click("6")
    assert "thứ 6" in comment.text and not comment.find("//a[@rel='next']")
    before = browser.get(comment.find("//a[@rel='prev']")[0].get("href"))
    assert "thứ 4" in before.text
    back = before.click("Về danh sách ý kiến")
    assert listed(back) == [6] and parse_qs(urlsplit(back.address).query) == {"mine": ["1"], "page": ["2"]}
    # Without a list it is the whole list.
    alone = browser.get(f"/xu-ly/{desk.matter.slug}/y-kien/4/")
    assert "/y-kien/5/" in alone.find("//a[@rel='next']")[0].get("href")


def test_saving_goes_on_to_the_next_of_the_list_until_there_is_none(desk: Desk, browser: Browser) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, "mine=1&draft=none")).click("2").click("Soạn trả lời")
    for number in (2, 4, 6):
        assert f"thứ {number}" in page.text
        page = page.submit(
            {"disposition": "accepted", "text": "Tiếp thu.", "change_path": "d2.k1"}, "Lưu, sang ý kiến tiếp theo"
        )
    assert "Không còn ý kiến nào phía sau" in page.text
    assert parse_qs(urlsplit(page.address).query) == {"mine": ["1"], "draft": ["none"]}


def test_an_act_leads_back_to_the_page_with_the_ticks_that_were_set(desk: Desk, browser: Browser) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, "unit=none&page=2"))
    assert listed(page) == [5, 7]
    back = page.submit({"comment": ["5"], "to_user": str(desk.people["officer"].id)}, "Giao xử lý")
    assert parse_qs(urlsplit(back.address).query) == {"unit": ["none"], "page": ["2"], "chon": ["5"]}
    page = browser.get(list_of(desk, "page=3"))
    back = page.submit({"comment": ["5", "6"]}, "Cho công khai")
    ticked = back.find("//input[@name='comment'][@type='checkbox'][@checked]")
    assert [one.get("value") for one in ticked] == ["5", "6"]


def test_all_that_match_are_taken_and_those_that_cannot_be_are_named(
    desk: Desk, app_session: Session, browser: Browser
) -> None:
    desk.by_two(3, CommentActKind.INVALID, "off_topic")
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, ""))
    done = page.submit({"to_user": str(desk.people["second_officer"].id)}, "Giao cả 7 ý kiến khớp bộ lọc")
    assert "3" in done.text and listed(browser.get(list_of(desk, f"person={desk.people['second_officer'].id}"))) == [
        1,
        2,
    ]
    held = assignment.hand_over(
        app_session, desk.matter, desk.people["second_officer"].id, desk.people["officer"].id, desk.leader, clock.now()
    )
    assert held == [1, 2, 4, 5, 6, 7]


def test_what_came_or_was_changed_since_is_left_out(desk: Desk, browser: Browser, app_session: Session) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, ""))
    (seen,) = page.find("//input[@name='seen_at']")
    seen.set("value", (clock.now() - timedelta(days=400)).isoformat())
    assert page.submit({}, ALL).status == 409
    app_session.expire_all()
    assert listed(browser.get(list_of(desk, "visibility=public"))) == []
    page = browser.get(list_of(desk, ""))
    seen = page.find("//input[@name='seen_at']")[0]
    for wrong in ("", "gì đó", (clock.now() + timedelta(days=1)).isoformat(), "2026-01-01T00:00:00"):
        seen.set("value", wrong)
        assert page.submit({}, ALL).status == 404


def test_paper_that_was_recorded_meanwhile_is_left_out_however_old_it_is(desk: Desk, browser: Browser) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, ""))
    desk.receive("Đến bằng giấy từ hôm trước.")
    page.submit({"to_user": str(desk.people["second_officer"].id)}, "Giao cả 7 ý kiến khớp bộ lọc")
    assert listed(browser.get(list_of(desk, "unit=none"))) == [8]


def test_what_cannot_be_undone_is_not_done_to_all_at_once(desk: Desk, browser: Browser) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(list_of(desk, ""))
    button = page.find("//button[@value='release'][@formaction]")[0]
    button.set("value", "pass_on")
    assert page.submit({"passed_to": "Công an xã"}, ALL).status == 404


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("draft=none", {1, 5, 6, 7}), ("draft=drafted", {2}), ("draft=sent_back", {3}), ("draft=approved", set()),
        ("draft=published", {4}), ("by_me=1", {2, 3, 4}), ("draft=nonsense", {1, 2, 3, 4, 5, 6, 7}),
    ],
)  # fmt: skip
def test_by_the_state_of_the_draft(
    desk: Desk, app_session: Session, browser: Browser, query: str, numbers: set[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(case_list, "PAGE_SIZE", 50)
    acts.release(app_session, desk.matter, [4], desk.officer, clock.now())
    desk.draft(2)
    back = desk.draft(3)
    chosen = [(back.id, desk.hash_of(back))]
    approval.send_back(app_session, desk.matter, chosen, "Thiếu căn cứ.", desk.leader, clock.now())
    desk.answer(4)
    sign_in(browser, desk.people["officer"])
    assert set(listed(browser.get(list_of(desk, query)))) == numbers


def test_ticks_of_an_address_are_numbers_and_few(app: Flask) -> None:
    with app.test_request_context("/?chon=5,x,7,-1,9999999999"):
        assert forms.ticked(request.args) == ["5", "7"]
    assert forms.ticks(range(1, 60)) == "" and forms.ticks([3, 4]) == "chon=3,4"
