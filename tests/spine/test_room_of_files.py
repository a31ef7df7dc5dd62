"""The system itself takes no longer files (RLIMIT_FSIZE): what SQLite and the stores meet is a real failed write."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.files.atomic_write import is_unfinished
from consult.submissions.models import Submission
from consult.web import health
from tests.administration.condition.test_condition import stamp
from tests.builders import DRAFT, make_consultation
from tests.files import made
from tests.pages import Browser

LONGEST = 64 * 1024
"""Bytes of a file for as long as there is no room: the database and its log are longer by far."""
MATTER = "/lay-y-kien/phan-loai-rac/"
TEXT = "Nên thu gom rác hai lần mỗi tuần, vào buổi sáng."


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a disk takes something is found anew each time."""
    monkeypatch.setattr(health, "TRUSTED_FOR", 0.0)


@pytest.fixture
def consultation(app: Flask, app_session: Session) -> Consultation:
    stamp(app)
    app.extensions["consult.files"].put(DRAFT.encode())
    return make_consultation(app_session, now=now(), slug="phan-loai-rac", disclosure=Disclosure.AT_ONCE)


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process grows beyond LONGEST during the block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LONGEST, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def commits(app: Flask) -> bool:
    """What /readyz says of the database's disk; it is not ready without."""
    answer = app.test_client().get("/readyz")
    assert answer.get_json()["commit"] or answer.status_code == 503
    return bool(answer.get_json()["commit"])


def unfinished(app: Flask) -> list[Path]:
    return [path for path in app.config["INSTANCE"].rglob("*") if is_unfinished(path.name)]


def test_reading_goes_on_and_what_was_typed_is_sent_again(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    typed = {"comments.0.text": TEXT, "name": "Hoàng Thị Lý"}
    check = browser.get(f"{MATTER}gop-y/").walk(typed, "Xem lại trước khi gửi", "Tiếp tục")
    assert commits(app)
    with no_room():
        page = browser.send(check, check.form("Gửi").fill({}), "Gửi", 503)
        assert TEXT in page.text and page.headers["Retry-After"] == "60"
        # A block still finds its room beside the database: what failed a moment ago is asked, not that.
        assert not commits(app)
        assert Browser(app).get(MATTER).status == 200
    assert commits(app)
    assert page.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"
    assert app_session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_program_is_told_when_to_come_again(app: Flask, browser: Browser, consultation: Consultation) -> None:
    body, headers = {"comments": [{"text": TEXT}], "consent": "2026-11"}, {"Idempotency-Key": "k" * 22}
    address = "/api/v1/consultations/phan-loai-rac/submissions"
    with no_room():
        told = browser.client.post(address, json=body, headers=headers)
    assert (told.status_code, told.json, told.headers["Retry-After"]) == (503, {"reason": "storage_unavailable"}, "60")
    assert browser.client.post(address, json=body, headers=headers).status_code == 201


def test_an_upload_leaves_nothing_half_written(app: Flask, browser: Browser, consultation: Consultation) -> None:
    page = browser.get(f"{MATTER}gop-y/")
    typed = {"comments.0.text": TEXT, "file": (made.picture(size=(2_000, 2_000)), "ảnh bãi rác.jpg")}
    with no_room():
        page = browser.send(page, page.form("Tiếp tục").fill(typed), "Tiếp tục", 503)
    assert TEXT in page.text and unfinished(app) == []
    with no_room(), pytest.raises(OSError):
        app.extensions["consult.files"].put(bytes(2 * LONGEST))
    assert unfinished(app) == []


def test_without_a_key_to_sign_with_nothing_is_taken_and_nothing_is_lost(
    app: Flask, browser: Browser, consultation: Consultation, app_session: Session
) -> None:
    """The folder of keys was not carried along: the log could not be signed, so no comment is received."""
    check = browser.get(f"{MATTER}gop-y/").walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi", "Tiếp tục")
    signer = app.extensions["consult.signer"]
    app.extensions["consult.signer"] = type(signer)(signer.log_name, ())
    page = browser.send(check, check.form("Gửi").fill({}), "Gửi", 503)
    assert TEXT in page.text and app_session.scalar(select(func.count()).select_from(Submission)) == 0
    app_session.rollback()
    assert Browser(app).get(MATTER).status == 200
    app.extensions["consult.signer"] = signer
    assert page.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"
