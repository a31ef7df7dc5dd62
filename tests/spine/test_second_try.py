"""What could not be taken at the end of a period, and is sent again after it, counts from when it first came."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CONSENT_VERSION
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.web import flood_control
from consult.web.arrival.resubmission import HEADER
from tests.builders import make_actor, make_consultation
from tests.failing import read_only
from tests.pages import Browser, Page
from tests.server.racing import close
from tests.submissions.rows import comment, new

TEXT = "Nên thu gom rác hai lần mỗi tuần.\nDòng thứ hai, “có ngoặc”."
MATTER = "/lay-y-kien/phan-loai-rac/gop-y/"
API = "/api/v1/consultations/phan-loai-rac/submissions"


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=clock.now(), slug="phan-loai-rac")


@pytest.fixture
def given_back(app: Flask, browser: Browser, matter: Consultation, app_session: Session) -> Page:
    """The page that gives a comment back, of a period that has ended since."""
    check = browser.get(MATTER).walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi")
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
    check = browser.get(MATTER).walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi")
    close(app_session, matter.id)
    assert browser.send(check, check.form("Gửi"), "Gửi", 409).heading == "Chưa gửi được ý kiến"


@pytest.fixture
def crowd(app: Flask) -> Callable[[], None]:
    """So many come from this address that nothing more of it is taken, until the test says so."""
    counted = app.extensions[flood_control.COUNTED] = flood_control.Minutes()
    counted.counts["127.0.0.1/32"] = app.config["SUBMISSIONS_PER_MINUTE"]
    return counted.counts.clear


def test_who_waits_for_the_crowd_to_pass_is_in_time(
    crowd: Callable[[], None], browser: Browser, matter: Consultation, app_session: Session
) -> None:
    check = browser.get(MATTER).walk({"comments.0.text": f"  {TEXT} "}, "Xem lại trước khi gửi")
    assert not check.find("//input[@name='arrived']")
    asked = browser.send(check, check.form("Gửi"), "Gửi", 429)
    close(app_session, matter.id)
    asked = browser.send(asked, asked.form("Gửi"), "Gửi", 429)
    crowd()
    assert asked.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"
    assert received(app_session) == 1


def test_what_was_changed_meanwhile_is_late(
    crowd: Callable[[], None], browser: Browser, matter: Consultation, app_session: Session
) -> None:
    check = browser.get(MATTER).walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi")
    asked = browser.send(check, check.form("Gửi"), "Gửi", 429)
    close(app_session, matter.id)
    crowd()
    form = asked.form("Gửi")
    [text] = [control for control in form.controls() if control.get("name") == "comments.0.text"]
    form.fields[text] = ["Điều khác, nghĩ ra sau khi hết hạn."]
    assert browser.send(asked, form, "Gửi", 409).heading == "Chưa gửi được ý kiến"


def test_who_was_too_fast_for_a_person_is_in_time(
    app: Flask, browser: Browser, matter: Consultation, app_session: Session
) -> None:
    app.config["FORM_SECONDS"] = 3600
    check = browser.get(MATTER).walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi")
    asked = browser.send(check, check.form("Gửi"), "Gửi", 409)
    close(app_session, matter.id)
    assert asked.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến"


def test_what_is_held_up_at_the_door_keeps_the_moment_it_had(
    app: Flask, given_back: Page, app_session: Session
) -> None:
    app.extensions[flood_control.AT_THE_DOOR] = door = flood_control.Minutes()
    door.counts["127.0.0.1/32"] = flood_control.STEPS * app.config["SUBMISSIONS_PER_MINUTE"]
    again = given_back.browser.send(given_back, given_back.form("Gửi lại"), "Gửi lại", 429)
    door.counts.clear()
    assert again.submit(button="Gửi lại").heading == "Đã tiếp nhận ý kiến"
    assert received(app_session) == 1


def test_who_joins_and_waits_for_the_crowd_is_in_time(
    app: Flask, crowd: Callable[[], None], browser: Browser, matter: Consultation, app_session: Session
) -> None:
    signer, codes = app.extensions["consult.signer"], app.extensions["consult.codes"]
    receive(app_session, matter, new(comment(TEXT, "d2.k1"), at=clock.now()), clock.now(), signer, codes)
    acts.release(app_session, matter, [1], make_actor(app_session, matter.lead, Role.OFFICER), clock.now())
    page = browser.get("/lay-y-kien/phan-loai-rac/y-kien/1/cung-y-kien/")
    form = page.form("Tôi cùng ý kiến").fill({"contact": " mai@example.invalid "})
    asked = browser.send(page, form, "Tôi cùng ý kiến", 429)
    close(app_session, matter.id)
    crowd()
    assert asked.submit(button="Tôi cùng ý kiến").heading == "Đã ghi nhận lượt cùng ý kiến"


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
