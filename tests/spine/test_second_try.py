"""What could not be taken at the end of a period, and is sent again after it, counts from when it first came."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.submissions.inputs import CONSENT_VERSION
from consult.submissions.models import Submission
from consult.web.second_try import HEADER
from tests.builders import make_consultation
from tests.failing import read_only
from tests.pages import Browser, Page
from tests.server.racing import close

TEXT = "Nên thu gom rác hai lần mỗi tuần.\nDòng thứ hai, “có ngoặc”."
MATTER = "/lay-y-kien/phan-loai-rac/gop-y/"
API = "/api/v1/consultations/phan-loai-rac/submissions"


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=clock.now(), slug="phan-loai-rac")


@pytest.fixture
def given_back(app: Flask, browser: Browser, matter: Consultation, app_session: Session) -> Page:
    """The page that gives a comment back, of a period that has ended since."""
    check = browser.get(MATTER).submit({"comments.0.text": TEXT}, "Kiểm tra lại")
    with read_only(app):
        page = browser.send(check, check.form("Gửi"), "Gửi", 503)
    close(app_session, matter.id)
    return page


def received(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_a_form_that_was_in_time_is_in_time(given_back: Page, matter: Consultation, app_session: Session) -> None:
    receipt = given_back.submit(button="Gửi lại")
    assert receipt.heading == "Đã tiếp nhận ý kiến"
    app_session.rollback()
    arrived = app_session.scalars(select(Submission.arrived_at)).one()
    assert arrived < matter.periods[-1].closes_at


def test_it_may_fail_more_than_once(app: Flask, given_back: Page, app_session: Session) -> None:
    with read_only(app):
        again = given_back.browser.send(given_back, given_back.form("Gửi lại"), "Gửi lại", 503)
    assert again.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"
    assert received(app_session) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"comments.0.text": "Điều khác hẳn, nghĩ ra sau khi hết hạn."},
        {"name": "Hoàng Thị Lý"},
        {"arrived": ""},
        {"arrived": "0" * 64 + ".1700000000000.x"},
    ],
)
def test_nothing_but_the_same_is(given_back: Page, changed: dict[str, str], app_session: Session) -> None:
    form = given_back.form("Gửi lại")
    names = {control.get("name"): control for control in form.controls()}
    form.fields |= {names[name]: [value] for name, value in changed.items()}
    assert given_back.browser.send(given_back, form, "Gửi lại", 409).heading == "Chưa gửi được ý kiến"
    assert received(app_session) == 0


def test_not_for_longer_than_the_way_may_take(
    given_back: Page, app_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + clock.LONGEST_WAY + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert given_back.browser.send(given_back, given_back.form("Gửi lại"), "Gửi lại", 409).status == 409
    assert received(app_session) == 0


def test_what_was_late_at_first_stays_late(
    app: Flask, browser: Browser, matter: Consultation, app_session: Session
) -> None:
    check = browser.get(MATTER).submit({"comments.0.text": TEXT}, "Kiểm tra lại")
    close(app_session, matter.id)
    assert browser.send(check, check.form("Gửi"), "Gửi", 409).heading == "Chưa gửi được ý kiến"


def program(app: Flask, text: str, key: str, **headers: str) -> Any:
    body = json.dumps({"consent": CONSENT_VERSION, "comments": [{"anchor": "d2.k1", "text": text}]})
    return app.test_client().post(
        API, data=body, content_type="application/json", headers={"Idempotency-Key": key, **headers}
    )


def test_a_program_that_was_in_time_is_in_time(app: Flask, matter: Consultation, app_session: Session) -> None:
    key = "7" * 32
    with read_only(app):
        refused = program(app, TEXT, key)
    assert refused.status_code == 503
    close(app_session, matter.id)
    said = {HEADER: refused.headers[HEADER]}
    assert program(app, TEXT, key).status_code == 409
    assert program(app, TEXT + " Và thêm.", key, **said).status_code == 409
    assert program(app, TEXT, "8" * 32, **said).status_code == 409
    assert program(app, TEXT, key, **said).status_code == 201
    assert received(app_session) == 1
