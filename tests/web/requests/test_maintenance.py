"""Maintenance: pages go on or one page answers for all, what is sent comes back, and it is never over by itself."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import watch_checks
from consult.administration.condition.findings import State
from consult.stages import Stage
from consult.web import context
from consult.web.arrival import resubmission
from consult.web.arrival.arrived_at import REACHED
from consult.web.requests.maintenance import Maintenance, Switch
from tests.builders import NOW, make_consultation
from tests.html_rules import problems_of
from tests.pages import Browser

WORDS, ENGLISH = "Nâng cấp máy chủ <nhanh>.", "A new server."


@pytest.fixture
def switch(app: Flask) -> Switch:
    """The switch of the site."""
    found: Switch = app.extensions["consult.maintenance"]
    return found


def soon(closed: bool = False) -> Maintenance:
    """Two hours of maintenance."""
    now = clock.now()
    return Maintenance(now, now + timedelta(hours=2), WORDS, ENGLISH, closed)


def test_reads_go_on_and_what_is_sent_comes_back_with_the_announced_end(
    app: Flask, browser: Browser, app_session: Session, switch: Switch
) -> None:
    matter = make_consultation(app_session, Stage.OPEN)
    typed = {"comments.0.text": "Thu gom mỗi tuần hai lần."}
    check = browser.get(f"/lay-y-kien/{matter.slug}/gop-y/").walk(typed, "Xem lại trước khi gửi")
    switch.turn_on(soon())
    assert browser.get(f"/lay-y-kien/{matter.slug}/").status == 200
    answer = browser.send(check, check.form("Gửi"), "Gửi", 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Trang đang được bảo trì" in answer.text and "Dự kiến xong lúc" in answer.text and WORDS in answer.text
    assert "Thu gom mỗi tuần hai lần." in answer.text
    switch.turn_off()
    assert "Mã tra cứu" in answer.submit(button="Gửi lại").text


def test_programs_are_told_too(app: Flask, switch: Switch) -> None:
    switch.turn_on(soon())
    asked = app.test_client()
    assert asked.get("/api/v1/consultations").status_code == 200
    answer = asked.post("/api/v1/consultations/x/submissions", json={})
    assert (answer.status_code, answer.get_json()) == (503, {"reason": "maintenance"})
    switch.turn_on(soon(closed=True))
    for path in ("/api/v1/consultations", "/en/api/v1/consultations"):
        answer = asked.get(path)
        assert answer.status_code == 503 and answer.get_json()["reason"] == "maintenance"
        assert "Retry-After" in answer.headers


def test_a_site_that_is_closed_answers_with_one_page_that_needs_nothing(app: Flask, switch: Switch) -> None:
    switch.turn_on(soon(closed=True))
    app.extensions["consult.database"].engine.dispose()
    asked = app.test_client()
    for path in ("/", "/en/lay-y-kien/", "/quan-tri/", "/khong-co/", "/readyz"):
        answer = asked.get(path)
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) == 3600
    assert problems_of(answer.text) == []
    assert "Nâng cấp máy chủ &lt;nhanh&gt;." in answer.text and ENGLISH in answer.text
    assert "Trang đang được bảo trì" in answer.text and "The site is being maintained" in answer.text
    assert "X-Request-ID" in answer.headers and asked.head("/").text == ""
    assert asked.get("/healthz").status_code == 200 and asked.get("/static/css/site.css").status_code == 200


def test_a_form_that_is_sent_to_a_closed_site_comes_back_without_the_database(
    app: Flask, browser: Browser, app_session: Session, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way back leads to the page that says so, and what was typed would be gone."""
    matter = make_consultation(app_session, Stage.OPEN)
    typed = {"comments.0.text": "Thu gom mỗi tuần hai lần."}
    check = browser.get(f"/lay-y-kien/{matter.slug}/gop-y/").walk(typed, "Xem lại trước khi gửi")
    switch.turn_on(soon(closed=True))
    with monkeypatch.context() as away:
        away.setattr(app.extensions["consult.database"], "session", None)
        answer = browser.send(check, check.form("Gửi"), "Gửi", 503)
        again = browser.send(answer, answer.form("Gửi lại"), "Gửi lại", 503)
    for one in (answer, again):
        assert "đang đóng để bảo trì" in one.text and WORDS in one.text and "Thu gom mỗi tuần hai lần." in one.text
        assert "default-src 'self'" in one.headers["Content-Security-Policy"] and int(one.headers["Retry-After"]) > 0
    switch.turn_off()
    assert "Mã tra cứu" in again.submit(button="Gửi lại").text


def test_a_closed_site_gives_back_in_the_language_of_the_page_and_says_when_it_came(app: Flask, switch: Switch) -> None:
    switch.turn_on(soon(closed=True))
    moment, form, asked = clock.now() - timedelta(seconds=20), {"comments.0.text": "Twice a week."}, app.test_client()
    came = {REACHED: moment.timestamp()}
    answer = asked.post("/en/lay-y-kien/x/gop-y/", data=form, environ_overrides=came)
    assert answer.status_code == 503 and "The site is closed for maintenance" in answer.text
    [arrived] = re.findall(r'name="arrived" value="([^"]+)"', answer.text)
    switch.turn_off()
    with app.test_request_context("/lay-y-kien/x/gop-y/", method="POST", data={**form, "arrived": arrived}):
        resubmission.recognise()
        assert abs(context.arrived_at() - moment) < timedelta(seconds=1)


def test_a_closed_site_repeats_nothing_that_another_site_sent(app: Flask, switch: Switch) -> None:
    switch.turn_on(soon(closed=True))
    answer = app.test_client().post("/", data={"text": "lừa dối"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 503 and "lừa dối" not in answer.text and ENGLISH in answer.text


def test_it_is_never_over_by_itself_and_is_told_when_it_should_be(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "maintenance.json"
    Switch(path).turn_on(Maintenance(NOW, NOW + timedelta(hours=1)))
    later = NOW + timedelta(days=3)
    other = Switch(path)
    assert other.state() is not None
    assert other.state().retry_after(later) == 60  # type: ignore[union-attr]
    found = watch_checks.maintenance(path, session, later)
    assert (found.state, found.reason) == (State.BROKEN, "late")
    other.turn_on(Maintenance(later, later + timedelta(hours=1), closed=True))
    assert Switch(path).state().began == NOW, "it goes on"  # type: ignore[union-attr]
    assert watch_checks.maintenance(path, session, later).reason == "closed"


@pytest.mark.parametrize("written", ["", "{}", "[1]", '{"began": "x"}'])
def test_a_switch_that_cannot_be_read_is_on(tmp_path: Path, written: str) -> None:
    path = tmp_path / "maintenance.json"
    path.write_text(written)
    found = Switch(path).state()
    assert found is not None and not found.closed and found.until is None


@pytest.mark.parametrize(
    ("until", "meant"), [('"2027-01-05T18:00"', "2027-01-05T11:00:00+00:00"), ('""', None), ("null", None)]
)
def test_a_switch_written_by_hand_answers_as_it_was_meant(
    app: Flask, switch: Switch, until: str, meant: str | None
) -> None:
    switch.path.write_text(
        f'{{"began": "2027-01-05T08:00", "until": {until}, "message": "", "message_en": "", "closed": true}}'
    )
    found = switch.state()
    assert found is not None and (found.until and found.until.isoformat()) == meant
    assert app.test_client().get("/").status_code == 503


def test_the_command_turns_it_on_and_off(app: Flask, switch: Switch) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["maintenance", "state"]).output == "Bảo trì không bật.\n"
    tomorrow = clock.local_day(clock.now() + timedelta(days=1))
    said = run(args=["maintenance", "on", "--until", f"{tomorrow} 06:00", "--message", WORDS])
    assert said.exit_code == 0 and "Giờ hẹn xong: 06:00" in said.output
    found = switch.state()
    assert (
        found is not None
        and found.message == WORDS
        and found.until == clock.start_of_day(tomorrow) + timedelta(hours=6)
    )
    for wrong in ("25:00", "mai", "2020-01-01 06:00"):
        assert run(args=["maintenance", "on", "--until", wrong]).exit_code == 1
    assert run(args=["maintenance", "on", "--until", "00:00"]).exit_code == 0, "the next midnight"
    assert run(args=["maintenance", "on", "--message", "x" * 501]).exit_code == 1
    assert run(args=["maintenance", "off"]).exit_code == 0 and switch.state() is None
    assert run(args=["maintenance", "off"]).exit_code == 1
