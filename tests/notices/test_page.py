"""The page of mails: only in development, only without a mail server, only for who sits at the machine."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.application import end, make_app
from tests.builders import NOW
from tests.notices.test_notices import MAI
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


def test_mails_can_be_read_and_their_links_followed(app: Flask, app_session: Session, browser: Browser) -> None:
    assert "Chưa có thư nào." in browser.get("/thu-da-gui/").text
    desk = make_desk(app_session)
    desk.receive("Một <b>ý kiến</b>.", sender=MAI)
    while app.extensions["consult.worker"].work_once(NOW):
        pass
    page = browser.get("/thu-da-gui/").click("Đã tiếp nhận ý kiến góp ý số 1")
    assert page.heading == "Đã tiếp nhận ý kiến góp ý số 1"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.find("//main//a[contains(@href, '/y-kien/1/')]")
    assert "Đã tiếp nhận" in browser.get(page.address.replace("/thu-da-gui", "/en/thu-da-gui")).text


@pytest.mark.parametrize("name", ["x", "00000000-0000-7000-8000-000000000000", "..%2f..%2fsecret-key", "%2e%2e"])
def test_nothing_else_is_read(browser: Browser, name: str) -> None:
    browser.get(f"/thu-da-gui/{name}/", status=404)


@pytest.mark.parametrize(
    "settings",
    [{"ENVIRONMENT": "production"}, {"SMTP_HOST": "mail.example.invalid"}],
)
def test_it_does_not_exist_in_production_or_beside_a_mail_server(
    sqlite_url: str, tmp_path: Path, settings: dict[str, Any]
) -> None:
    app = make_app(sqlite_url, tmp_path, **settings)
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/thu-da-gui")]
    end(app)


@pytest.mark.parametrize(
    "given",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"environ_overrides": {"REMOTE_ADDR": ""}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
    ],
)
def test_it_does_not_exist_for_who_is_elsewhere(browser: Browser, given: dict[str, Any]) -> None:
    assert browser.client.get("/thu-da-gui/", **given).status_code == 404
