"""The second factor: set up by the owner, asked for at the door, used once, removed only by somebody else."""

from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.administration.accounts import service as accounts
from consult.errors import Invalid
from consult.people.models import User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import ANYBODY
from consult.sign_in import second_factor, service
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from tests.builders import NOW, make_organisation, make_user
from tests.demo.suite import Suite
from tests.pages import Browser, Page
from tests.signing_in import HASHED, PASSWORD, code, sign_in_by_form

VAULT = SecretBox([b"one key of thirty-two characters"])


def enrolled(session: Session) -> tuple[User, pyotp.TOTP]:
    """A person with a telephone."""
    user, secret, then = (
        make_user(session, password_hash=HASHED),
        second_factor.new_secret(),
        NOW - timedelta(minutes=5),
    )
    totp = pyotp.TOTP(secret)
    service.enrol(session, user.id, Proof(PASSWORD), VAULT.seal(user.id, secret), totp.at(then), None, VAULT, then)
    return user, totp


def test_a_code_works_once_and_only_around_its_time(session: Session) -> None:
    user, totp = enrolled(session)
    service.use_code(session, user.id, f" {totp.at(NOW)[:3]} {totp.at(NOW)[3:]}", VAULT, NOW)
    with pytest.raises(Invalid):
        service.use_code(session, user.id, totp.at(NOW), VAULT, NOW + timedelta(seconds=5))
    for minutes in (-3, 3):
        with pytest.raises(Invalid):
            service.use_code(session, user.id, totp.at(NOW + timedelta(minutes=minutes)), VAULT, NOW)
    service.use_code(session, user.id, totp.at(NOW + timedelta(seconds=30)), VAULT, NOW + timedelta(seconds=5))


@pytest.mark.parametrize("code", ["", "000", "abcdef", "１２３４５６", "1" * 5000])
def test_nonsense_is_no_code(session: Session, code: str) -> None:
    user, _totp = enrolled(session)
    with pytest.raises(Invalid):
        service.use_code(session, user.id, code, VAULT, NOW)


def test_the_secret_is_kept_encrypted_and_for_its_owner(session: Session) -> None:
    user, totp = enrolled(session)
    assert user.totp_secret and totp.secret not in user.totp_secret
    assert VAULT.open(user.id, user.totp_secret) == totp.secret
    assert VAULT.open(make_user(session).id, user.totp_secret) is None
    assert SecretBox([b"another key of thirty-two signs."]).open(user.id, user.totp_secret) is None
    assert VAULT.open(user.id, "☃") is None


def test_no_file_holds_the_secret_that_a_page_shows(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    page = browser.get("/tai-khoan/ma-xac-thuc/").submit({"totp": "000000", "present": PASSWORD}, form="totp")
    [secret] = page.words("//main//code")
    assert page.status == 422 and len(secret) > 30
    kept = [one.read_text() for one in Path(app.config["ANSWERS_FOLDER"]).rglob("*") if one.is_file()]
    assert not [one for one in kept if secret.split()[0] in one]


def test_somebody_else_forgets_a_lost_telephone(session: Session) -> None:
    user, _totp = enrolled(session)
    accounts.drop_second_factor(session, user.id, ANYBODY, NOW)
    assert user.totp_secret is None


def enrol_on_page(browser: Browser) -> tuple[pyotp.TOTP, Page]:
    """Sets the second factor up as the page says."""
    page = browser.get("/tai-khoan/ma-xac-thuc/")
    shown = page.words("//main//code")
    assert max(map(len, shown[0].split())) == 4, "a key that is typed by hand is read in fours"
    totp = pyotp.TOTP(shown[0].replace(" ", ""))
    wrong = page.submit({"totp": "000000", "present": PASSWORD}, form="totp")
    assert wrong.status == 422 and wrong.words("//main//code") == shown
    assert wrong.submit({"totp": code(totp), "present": "không phải"}, form="totp").status == 422
    return totp, wrong.submit({"totp": code(totp), "present": PASSWORD}, form="totp")


def test_the_door_asks_for_it(app: Flask, browser: Browser, app_session: Session) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    totp, page = enrol_on_page(browser)
    assert "Đã bật mã xác thực" in page.text
    other = Browser(app)
    page = other.get("/dang-nhap/?next=/tai-khoan/").submit({"mail": user.mail, "password": PASSWORD}, form="password")
    assert page.heading == "Mã xác thực"
    assert other.get("/tai-khoan/").heading == "Đăng nhập"
    assert page.submit({"totp": "000000"}, form="totp").status == 422
    page = page.submit({"totp": code(totp, later=1)}, form="totp")
    assert page.address == "/tai-khoan/" and page.heading == "Tài khoản"


@pytest.mark.real
def test_nothing_typed_instead_of_a_code_runs(
    app: Flask, browser: Browser, app_session: Session, samples: Path
) -> None:
    user = make_user(app_session)
    sign_in_by_form(browser, user)
    enrol_on_page(browser)
    half = Browser(app).get("/dang-nhap/").submit({"mail": user.mail, "password": PASSWORD}, form="password")
    assert half.heading == "Mã xác thực"
    for word in Suite(samples).all[::250]:
        page = half.submit({"totp": word}, form="totp")
        assert page.status in (422, 429) and word not in page.form("totp").values().values()


@pytest.mark.parametrize("half_way", ["", "made-up", "WyJhIiwiYiIsMV0.x"])
def test_a_made_up_half_way_is_sent_back(browser: Browser, half_way: str) -> None:
    ticket = browser.get("/dang-nhap/").form("password").values()["ticket"]
    page = browser.post("/dang-nhap/ma-xac-thuc/", {"ticket": ticket, "half_way": half_way, "totp": "1"}, status=422)
    assert page.heading == "Đăng nhập"


@pytest.mark.parametrize("role", list(Role))
def test_where_the_site_asks_for_it_every_role_waits(app: Flask, browser: Browser, app_session: Session, role) -> None:
    app.config["REQUIRE_TOTP"] = True
    user = make_user(app_session, make_organisation(app_session), [role])
    page = sign_in_by_form(browser, user, "/dang-nhap/?next=/quan-tri/")
    assert page.address == "/tai-khoan/ma-xac-thuc/"
    addresses = {"/quan-tri/": {Role.ADMINISTRATOR}, "/xu-ly/": DESK_ROLES, "/to-chuc/": ORGANISATION_ROLES}
    for address in addresses:
        browser.get(address, status=403)
    _totp, page = enrol_on_page(browser)
    for address, roles in addresses.items():
        assert (address in page.find("//nav//a/@href")) == (role in roles)
        browser.get(address, status=200 if role in roles else 403)
