"""The pages of the public log, and that nothing private is in any public answer."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.submissions.models import CommentVersion, Submission
from tests.api.conftest import Ask
from tests.api.test_reading import VERIFIER
from tests.pages import Browser
from tests.transparency.lively import CONTACT, HIDDEN_TEXT, NAME, ORIGINAL, PUBLIC_NAME, TELEPHONE, Lively

PRIVATE = (NAME, CONTACT, TELEPHONE, HIDDEN_TEXT, ORIGINAL, "Sửa lại cho rõ", "dấu hiệu tố cáo", "Luật Tố cáo",
           "gửi người góp ý",
           "Phong bì")  # fmt: skip
OF_API = ("", "/facts", "/comments", "/sums", "/ledger", "/ledger/entries", "/revisions/1/1", "/revisions/1/2/pages")


@pytest.mark.parametrize("start", ["", "/en"])
def test_the_log_is_told_in_words(app: Flask, lively: Lively, start: str) -> None:
    browser = Browser(app)
    page = browser.get(f"{start}/nhat-ky/").click(lively.matter.title)
    note, key = page.find("//pre[starts-with(., 'consult.test/ledger')]")
    size = int(note.text.split("\n")[1])
    assert key.text.startswith("consult.test/ledger/")
    seen = 0
    while True:
        entries = page.find("//h2/following-sibling::ul/li")
        seen += len(entries)
        if not page.find("//a[@rel='next']"):
            break
        page = browser.get(page.address.split("?")[0] + page.find("//a[@rel='next']")[0].get("href")[-8:])
    assert seen == size


def test_every_entry_has_a_page(app: Flask, lively: Lively, ask: Ask) -> None:
    browser = Browser(app)
    size = ask(f"/consultations/{lively.slug}/ledger")["size"]
    for index in range(size):
        page = browser.get(f"/nhat-ky/{lively.slug}/{index}/")
        assert len(page.words("//p[@class='lead']")[0]) > 10
    browser.get(f"/nhat-ky/{lively.slug}/{size}/", 404)
    browser.get(f"/nhat-ky/{lively.slug}/?trang=0", 404)
    browser.get("/nhat-ky/khong-co/", 404)


def test_a_matter_whose_slug_the_site_took_for_itself_is_found_beside_it(
    app: Flask, lively: Lively, app_session: Session
) -> None:
    """The log fixes its slug, so it cannot be renamed: its addresses have a sign that no slug has."""
    app_session.execute(update(Consultation).where(Consultation.id == lively.matter.id).values(slug="toan-trang"))
    app_session.commit()
    browser = Browser(app)
    log = browser.get("/lay-y-kien/toan-trang/").click("Nhật ký công khai: tự kiểm tra không ý kiến nào bị bỏ sót")
    assert log.address == "/nhat-ky/toan-trang_/" and lively.matter.title in log.text
    first = log.find("//a[starts-with(@href, '/nhat-ky/toan-trang_/')]")
    assert first and browser.get("/nhat-ky/toan-trang_/0/").words("//p[@class='lead']")
    assert browser.get("/nhat-ky/").click(lively.matter.title).address == "/nhat-ky/toan-trang_/"
    # What is no such matter has no second address.
    browser.get("/lay-y-kien/khong-co_/", 404)


def test_the_verifier_is_offered_as_it_is(app: Flask) -> None:
    answer = Browser(app).get("/nhat-ky/verify_ledger.py")
    assert answer.body == VERIFIER.read_bytes()


def secrets_of(session: Session) -> list[str]:
    """Every salt and hash that is nobody's business."""
    session.rollback()
    found = []
    for row in session.scalars(select(Submission)):
        salts = (row.identity_salt, row.contact_salt, row.attachments_salt)
        found += [salt.hex() for salt in salts if salt]
        found += [row.code_hash, row.secret_hash, row.idempotency_hash, row.body_hash]
    hidden = session.scalars(select(CommentVersion).where(CommentVersion.text.like(f"{HIDDEN_TEXT}%")))
    return found + [row.text_salt.hex() for row in hidden if row.text_salt]


def test_nothing_private_is_in_any_public_answer(app: Flask, lively: Lively, app_session: Session) -> None:
    browser = Browser(app)
    start = f"/api/v1/consultations/{lively.slug}"
    answers = [*(f"{start}{path}" for path in OF_API), "/api/v1/consultations", "/api/v1/openapi.json"]
    told = [json.dumps(browser.get(path).json, ensure_ascii=False) for path in answers]
    pages = ("", f"{lively.slug}/", f"{lively.slug}/?trang=2", *(f"{lively.slug}/{index}/" for index in range(30)))
    told += [browser.get(f"/nhat-ky/{path}").html for path in pages]
    whole = "\n".join(told)
    assert not [word for word in (*PRIVATE, *secrets_of(app_session)) if word in whole]
    assert PUBLIC_NAME in whole
