"""What the page without a line may send, as the site reads it; and what its service worker keeps."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.collections import service
from consult.collections.branches import keys
from consult.submissions.views_frame import site_codes
from tests.builders import NOW
from tests.collections.scene import Collecting, collecting
from tests.pages import Browser, Page

KEY = "a" * 32
MEETING = {"v": 1, "id": KEY, "how": "meeting", "place": "Thôn Một", "held_on": "2026-11-21", "people": "40"}


@pytest.fixture
def scene(app: Flask, app_session: Session) -> Collecting:
    with app.app_context():
        return collecting(app_session, "Xã A", codes=site_codes())


@pytest.fixture
def address(scene: Collecting, app: Flask, browser: Browser) -> str:
    with app.app_context():
        key = keys.of_branch(scene.branches["Xã A"], site_codes())
    return browser.get(f"/thu-thap/vao/{key}/").address + "ngoai-tuyen/"


def sent(browser: Browser, address: str, status: int, **draft: Any) -> Any:
    return answer(browser.post(address, {"draft": json.dumps({**MEETING, **draft})}, status=status))


def answer(page: Page) -> Any:
    assert page.json is not None, page.body
    return page.json


def test_a_draft_comes_in_once(browser: Browser, address: str) -> None:
    said = [{"text": "Một", "anchor": "du-thao/1/d2", "of_a_later_release": {"x": 1}}, {"stance": "oppose"}]
    for _time in range(2):
        told = sent(browser, address, 201, opinions=said)
        assert (told["gathering"], told["numbers"]) == (1, [1, 2]) and told["address"].endswith("/buoi/1/")
    changed = sent(browser, address, 409, opinions=said[:1])
    assert "đã được nhận" in changed["message"] and changed["address"] == told["address"]


def test_what_is_wrong_is_told_in_words(browser: Browser, address: str) -> None:
    told = sent(browser, address, 422, place="", opinions=[{"text": "Một"}, {"text": "x", "contact": "12"}])
    assert told["errors"]["gathering.place"] == "required"
    told = sent(browser, address, 422, opinions=[{"text": "Một"}, {"text": "x", "contact": "12"}])
    assert told["message"].startswith("Ý kiến thứ 2:")


@pytest.mark.parametrize("draft", ["", "[", "[]", "{}", '{"opinions": 3}', '{"opinions": [1]}', "[" * 100_000,
                                   json.dumps({**MEETING, "held_on": "hôm qua"}), json.dumps({"id": 7}),
                                   json.dumps({**MEETING, "id": "\ud800" * 32})])  # fmt: skip
def test_what_is_no_draft_is_refused(browser: Browser, address: str, draft: str) -> None:
    assert "message" in answer(browser.post(address, {"draft": draft}, status=422))


def test_a_sign_that_no_writing_has_is_left_out(browser: Browser, address: str) -> None:
    sent(browser, address, 201, place="Thôn \ud800Một", opinions=[{"text": "M\ud800ột", "contact": "\ud800"}])


def test_who_may_not_is_told_so_that_nothing_is_lost(
    browser: Browser, address: str, app: Flask, scene: Collecting, app_session: Session
) -> None:
    told = sent(Browser(app), address, 403, opinions=[{"text": "Một"}])
    assert told["reason"] == "branch_link_needed" and "message" in told
    service.close(app_session, scene.collection.id, scene.secretary, NOW)
    assert sent(browser, address, 409, opinions=[{"text": "Một"}])["reason"] == "collection_closed"


def test_the_worker_is_another_one_when_the_page_is(
    browser: Browser, address: str, scene: Collecting, app_session: Session
) -> None:
    first = browser.get(f"{address}nen.js")
    assert first.headers["Content-Type"].startswith("text/javascript") and b"!== 'GET'" in first.body
    assert browser.get(f"{address}nen.js").body == first.body
    service.close(app_session, scene.collection.id, scene.secretary, NOW)
    assert browser.get(f"{address}nen.js").body == first.body
    browser.get(address)


def test_workers_are_for_this_page_alone(browser: Browser, address: str) -> None:
    assert "worker-src 'self'" in browser.get(address).headers["Content-Security-Policy"]
    for other in ("/", address.replace("ngoai-tuyen/", "")):
        assert "worker-src 'none'" in browser.get(other).headers["Content-Security-Policy"]
