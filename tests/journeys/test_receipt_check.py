"""A receipt is dropped into a page, and the browser itself says whether the log holds what it proves."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import own_submission
from tests.arriving import given, line_comes_back, line_dies
from tests.live import PHONE, Visitor
from tests.submissions.rows import CODES, comment, new

pytestmark = pytest.mark.browser
ADDRESS = "/nhat-ky/kiem-tra-bien-nhan/"


@pytest.fixture
def proof(app: Flask, app_session: Session, matter: Consultation) -> dict[str, Any]:
    """What the receipt of the second of three forms proves."""
    signer = app.extensions["consult.signer"]
    texts = ("Nên ghi rõ ngày thu gom.", "Bãi rác gần suối: “không được”.", "Đồng ý.")
    receipts = [receive(app_session, matter, _sent(text), clock.now(), signer, CODES) for text in texts]
    app_session.commit()
    number = receipts[1].submission_number
    found = app_session.scalars(select(Submission).where(Submission.number == number)).one()
    return own_submission.receipt_file(app_session, found, signer)


def _sent(text: str) -> Any:
    return new(comment(text, "d2.k1"), word=text, at=clock.now())


def dropped(page: Page, content: str, expected: str) -> str:
    """What the page says of a file with this content."""
    given(
        page.get_by_label("Tệp biên nhận"),
        {"name": "bien-nhan.json", "mimeType": "application/json", "buffer": content.encode()},
    )
    page.locator(f"[data-said={expected}]").wait_for(state="visible", timeout=10_000)
    shown = [one for one in page.locator("[data-said]").all() if one.is_visible()]
    assert len(shown) == 1
    return shown[0].inner_text()


def test_what_was_sent_is_found_and_what_was_changed_is_told(
    visitor: Callable[..., Visitor], proof: dict[str, Any]
) -> None:
    person = visitor(screen=PHONE)
    page = person.open(ADDRESS)
    person.check()
    assert "Ý kiến số 2 trong biên nhận" in dropped(page, json.dumps(proof), "good")
    [item] = proof["comments"]
    text = {**item["openings"]["text"], "value": {**item["openings"]["text"]["value"], "text": "Khác"}}
    other_words = {**proof, "comments": [{**item, "openings": {**item["openings"], "text": text}}]}
    elsewhere = {**proof, "comments": [{**item, "index": item["index"] + 1}]}
    other_entry = {**proof, "comments": [{**item, "entry": item["entry"].replace("web", "api")}]}
    for changed in (other_words, elsewhere, other_entry):
        dropped(page, json.dumps(changed), "changed")
    dropped(page, json.dumps({**proof, "origin": proof["origin"] + "/2"}), "epoch")
    for strange in ("{}", "no file of ours", json.dumps({**proof, "origin": "elsewhere/1"})):
        dropped(page, strange, "other")


def test_a_line_that_is_dead_is_not_called_a_bad_receipt(
    visitor: Callable[..., Visitor], proof: dict[str, Any]
) -> None:
    person = visitor(screen=PHONE)
    page = person.open(ADDRESS)
    line_dies(person.page)
    dropped(page, json.dumps(proof), "away")
    line_comes_back(person.context)
    dropped(page, json.dumps(proof), "good")


def test_without_script_the_program_is_offered(visitor: Callable[..., Visitor], matter: Consultation) -> None:
    page = visitor(javascript=False, screen=PHONE).open(ADDRESS)
    expect(page.get_by_label("Tệp biên nhận")).not_to_be_visible()
    expect(page.get_by_role("link", name="Tải chương trình kiểm tra")).to_be_visible()
