"""The log of signing in: who came in, who did not, and never what they typed."""

import json
import logging
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.logging import default_handler
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.people.words import Role
from consult.session_secret import Secrets
from consult.sign_in import invitations
from consult.web import sign_in_log
from tests.application import SECRET
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.signing_in import PASSWORD, code, sign_in_by_form, with_password

NEW = "một câu hoàn toàn khác"


class Lines:
    """What was written so far."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.caplog = caplog
        caplog.set_level(logging.INFO, "consult.sign_in")

    def all(self) -> list[dict[str, Any]]:
        """The lines, each read as one."""
        said = [record.getMessage() for record in self.caplog.records if record.name == "consult.sign_in"]
        assert not [line for line in said if not line.isascii() or not line.isprintable()]
        return [json.loads(line) for line in said]

    def events(self) -> list[str]:
        """What happened, in order."""
        return [line["event"] for line in self.all()]

    def hold(self, *secrets: str) -> bool:
        """Whether something stands in them that must not."""
        return any(secret in record.getMessage() for record in self.caplog.records for secret in secrets)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Lines:
    """The log."""
    return Lines(caplog)


@pytest.fixture
def person(app: Flask, app_session: Session) -> User:
    """An officer with a password."""
    return with_password(app, make_user(app_session, make_organisation(app_session), [Role.OFFICER]))


def test_in_and_out(browser: Browser, person: User, lines: Lines) -> None:
    sign_in_by_form(browser, person, "/dang-nhap/?next=/tai-khoan/").submit(button="Đăng xuất")
    assert lines.events() == ["password_right", "signed_in", "signed_out"]
    for line in lines.all():
        assert line["account"] == str(person.id) and line["address"] == "127.0.0.1" and line["at"]
    assert not lines.hold(PASSWORD, person.mail)


def test_a_wrong_password_and_an_unknown_mail(app: Flask, browser: Browser, person: User, lines: Lines) -> None:
    page = browser.get("/dang-nhap/")
    tries = ((person.mail, "sai mật khẩu"), (PASSWORD, "x"), (f" {PASSWORD.upper()}", "x"), ("a@b.vn", "x"))
    for mail, password in tries:
        page.submit({"mail": mail, "password": password}, form="password")
    known, first, same, other = lines.all()
    assert {line["event"] for line in lines.all()} == {"sign_in_failed"}
    assert known["account"] == str(person.id) and "unknown" not in known
    assert first["unknown"] == same["unknown"] != other["unknown"] and "account" not in first
    assert not lines.hold(PASSWORD, PASSWORD.upper(), "ruộng", person.mail, "sai mật khẩu", "a@b.vn")
    app.extensions["consult.secrets"] = Secrets("another secret of this site, long enough for all")
    Browser(app).get("/dang-nhap/").submit({"mail": "a@b.vn", "password": "x"}, form="password")
    assert lines.all()[-1]["unknown"] != other["unknown"]


@pytest.mark.parametrize("mail", ['a"}\n{"event": "signed_in"', "a\r\nINFO consult.sign_in {}", "\u2028x", "\x1b[2J"])
def test_nothing_typed_makes_a_line_of_its_own(browser: Browser, lines: Lines, mail: str) -> None:
    browser.get("/dang-nhap/").submit({"mail": mail, "password": mail}, form="password")
    assert lines.events() == ["sign_in_failed"] and not lines.hold(mail.strip())


def test_too_many_tries(browser: Browser, person: User, lines: Lines) -> None:
    page = browser.get("/dang-nhap/")
    for _ in range(11):
        page.submit({"mail": person.mail, "password": "sai"}, form="password")
    assert lines.events() == ["sign_in_failed"] * 10 + ["locked_out"]
    assert lines.all()[-1] | {"limit": "sign_in_account_here", "account": str(person.id)} == lines.all()[-1]


def test_the_second_factor(app: Flask, browser: Browser, person: User, lines: Lines) -> None:
    sign_in_by_form(browser, person)
    page = browser.get("/tai-khoan/ma-xac-thuc/")
    totp = pyotp.TOTP(page.words("//main//code")[0].replace(" ", ""))
    first, second = code(totp), code(totp, later=1)
    page.submit({"totp": first, "present": "sai"}, form="totp")
    page.submit({"totp": first, "present": PASSWORD}, form="totp")
    half = Browser(app).get("/dang-nhap/").submit({"mail": person.mail, "password": PASSWORD}, form="password")
    half.submit({"totp": "000000"}, form="totp")
    half.submit({"totp": second}, form="totp")
    assert lines.events()[2:] == [
        "second_factor_not_changed", "second_factor_changed", "password_right", "second_factor_failed",
        "second_factor_right", "signed_in",
    ]  # fmt: skip
    assert not lines.hold(totp.secret, first, second, "000000", PASSWORD)


def test_passwords_links_and_other_sign_ins(app: Flask, browser: Browser, person: User, lines: Lines) -> None:
    token = invitations.token_of(person, Secrets(SECRET), clock.now())
    for password in ("congdoan2026", NEW):
        page = browser.get(f"/dang-nhap/loi-moi/{token}/")
        form = page.form("again").values() | {"password": password, "again": password}
        page.submit(form, form="again")
    Browser(app).post(f"/dang-nhap/loi-moi/{token}/", form, status=409)
    page = browser.get("/tai-khoan/")
    page = page.submit({"present": NEW, "password": PASSWORD, "again": PASSWORD}, form="present")
    page.submit(button="Đăng xuất khỏi mọi thiết bị")
    assert lines.events() == [
        "invitation_used", "signed_in", "invitation_refused", "password_changed", "sessions_revoked",
    ]  # fmt: skip
    assert not lines.hold(token, NEW, PASSWORD, "congdoan2026")


def test_who_asks_for_what_is_not_theirs(browser: Browser, person: User, lines: Lines) -> None:
    assert browser.get("/quan-tri/").heading == "Đăng nhập"
    assert lines.events() == [], "who is not signed in is led to the door"
    sign_in_by_form(browser, person)
    browser.get("/quan-tri/nguoi-dung/", status=403)
    line = lines.all()[-1]
    assert (line["event"], line["account"], line["action"]) == ("refused", str(person.id), "administer")
    assert (line["reason"], line["path"]) == ("not_your_role", "/quan-tri/nguoi-dung/")


def test_roles(app: Flask, browser: Browser, app_session: Session, person: User, lines: Lines) -> None:
    body = make_organisation(app_session, name="Sở Nội vụ")
    one, two = (make_user(app_session, body, [Role.ADMINISTRATOR]) for _ in range(2))
    sign_in_by_form(browser, one)
    address = f"/quan-tri/nguoi-dung/{person.id}/"
    for role in ("Người soạn văn bản của tổ chức", "Lãnh đạo phê duyệt"):
        browser.get(address).submit({"role": role, "organisation": "Sở Nội vụ"}, form="role")
    other = Browser(app)
    sign_in_by_form(other, two)
    page = other.get("/quan-tri/cho-xac-nhan/")
    page.submit({"proposal": page.find("//input[@name = 'proposal']/@value")}, button="Xác nhận")
    browser.get(address).click("Chấm dứt ngay").submit(button="Chấm dứt vai trò")
    browser.get(address).click("Đóng tài khoản").submit(button="Đóng tài khoản này")
    told = [line for line in lines.all() if line["account"] == str(person.id)]
    assert [line["event"] for line in told] == [
        "role_granted", "role_proposed", "role_confirmed", "role_ended", "account_closed",
    ]  # fmt: skip
    assert [line["by"] for line in told] == [str(who.id) for who in (one, one, two, one, one)]


def test_a_line_is_written_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app.logger, "handlers", [default_handler])
    sign_in_log.register(app)
    sign_in_log.log.info("%s", '{"event": "tried"}')
    app.logger.error("something else")
    written = capsys.readouterr().err
    assert (written.count("tried"), written.count("something else")) == (1, 1)
