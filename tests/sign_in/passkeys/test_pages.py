"""Passkeys as people meet them: added on one's own page, shown at the door."""

import json
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from consult.people.models import User
from tests.builders import make_user
from tests.pages import Browser, Page
from tests.sign_in.passkeys.authenticator import Authenticator
from tests.signing_in import PASSWORD, sign_in_by_form

NAMED = {"name": "khóa USB", "present": PASSWORD}


def add(browser: Browser, key: Authenticator) -> Page:
    """Adds a key as the pages say."""
    page = browser.get("/tai-khoan/khoa/").submit(NAMED, form="name")
    [options] = page.find("//form/@data-options")
    return page.submit({"passkey": key.make(json.loads(options))}, form="begun")


def asked(browser: Browser, page: Page) -> dict[str, Any]:
    """What the script is told when the button is pressed."""
    sent = page.form("passkey").values()
    given = {name: sent[name] for name in ("ticket", "half_way") if name in sent}
    options = browser.post("/dang-nhap/khoa/hoi/", given).json
    assert isinstance(options, dict)
    return options


def with_key(app: Flask, browser: Browser, session: Session) -> tuple[User, Authenticator]:
    """Somebody who added a key."""
    user, key = make_user(session), Authenticator()
    sign_in_by_form(browser, user)
    assert "Đã thêm khóa truy cập" in add(browser, key).text
    return user, key


def half(app: Flask, user: User) -> tuple[Browser, Page]:
    """The page after the right password, on another device."""
    browser = Browser(app)
    given = {"mail": user.mail, "password": PASSWORD}
    return browser, browser.get("/dang-nhap/?next=/tai-khoan/").submit(given, form="password")


def test_it_stands_in_for_the_code_after_the_password(app: Flask, browser: Browser, app_session: Session) -> None:
    user, key = with_key(app, browser, app_session)
    other, page = half(app, user)
    assert page.heading == "Mã xác thực" and not page.find("//input[@name='totp']")
    options = asked(other, page)
    assert len(options["allowCredentials"]) == 1
    page = page.submit({"passkey": key.show(options)}, form="passkey")
    assert page.address == "/tai-khoan/" and "mật khẩu và khóa: khóa USB" in page.text
    used = other.get("/tai-khoan/khoa/").words("//main//table//td")
    assert used[0] == "khóa USB" and used[2] != "chưa dùng"


def test_it_signs_in_alone(app: Flask, browser: Browser, app_session: Session) -> None:
    _user, key = with_key(app, browser, app_session)
    other = Browser(app)
    page = other.get("/dang-nhap/")
    options = asked(other, page)
    assert options["userVerification"] == "required" and not options["allowCredentials"]
    page = page.submit({"passkey": key.show(options)}, form="passkey")
    assert other.get("/tai-khoan/").heading == "Tài khoản"


def test_the_answer_is_bound_to_the_browser_that_asked(app: Flask, browser: Browser, app_session: Session) -> None:
    user, key = with_key(app, browser, app_session)
    first, page = half(app, user)
    answer = {"passkey": key.show(asked(first, page))}
    _second, stolen = half(app, user)
    assert "không dùng được" in stolen.submit(answer, form="passkey").text
    sent = page.submit(answer, form="passkey")
    assert sent.heading == "Tài khoản"
    again = first.post("/dang-nhap/khoa/", page.form("passkey").fill(answer).values(), status=422)
    assert again.heading == "Mã xác thực"


def test_a_key_begun_in_one_sign_in_is_not_added_in_another(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    other = Browser(app)
    for one in (browser, other):
        sign_in_by_form(one, user)
    page = browser.get("/tai-khoan/khoa/").submit(NAMED, form="name")
    [options] = page.find("//form/@data-options")
    begun = page.form("begun").values()["begun"]
    theirs = other.get("/tai-khoan/khoa/").submit(NAMED, form="name")
    answer = {"begun": begun, "passkey": Authenticator().make(json.loads(options))}
    refused = other.send(theirs, theirs.form("begun").fill(answer))
    assert refused.status == 409 and "đã hết giờ" in refused.text


def test_it_goes_with_the_password_of_its_owner(app: Flask, browser: Browser, app_session: Session) -> None:
    _user, _key = with_key(app, browser, app_session)
    page = browser.get("/tai-khoan/khoa/")
    for given in ({"remove_present": PASSWORD}, {"key": "khóa USB", "remove_present": "sai"}):
        assert page.submit(given, form="remove_present").status == 422
    page = page.submit({"key": "khóa USB", "remove_present": PASSWORD}, form="remove_present")
    assert "Chưa có khóa nào" in page.text
