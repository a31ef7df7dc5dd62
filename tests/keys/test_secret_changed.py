"""The session secret changed while people are at work: with the one before named nobody notices, else all is void."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import config
from consult import clock
from consult.errors import Refused
from consult.people.models import User
from consult.people.words import Role
from consult.session_secret import Secrets, secrets_of
from consult.sign_in import invitations
from tests.application import SECRET, end, make_keys, settings_of, sign_in
from tests.builders import make_consultation, make_organisation, make_user
from tests.keys.site import NEW_SECRET, site
from tests.pages import Browser
from tests.signing_in import PASSWORD, with_password


@pytest.fixture
def before(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site with its first secret."""
    make_keys(settings_of(sqlite_url, tmp_path)["KEYS_FOLDER"])
    app = site(sqlite_url, tmp_path)
    yield app
    end(app)


@pytest.fixture(params=[True, False], ids=["named", "forgotten"])
def named(request: pytest.FixtureRequest) -> bool:
    """Whether the secret before is named."""
    return bool(request.param)


@pytest.fixture
def after(before: Flask, tmp_path: Path, named: bool) -> Iterator[Flask]:
    """The site with another one."""
    app = site(before.config["DATABASE_URL"], tmp_path, NEW_SECRET, *([SECRET] if named else []))
    yield app
    end(app)


@pytest.fixture
def person(before: Flask) -> User:
    """An administrator with a password."""
    with before.extensions["consult.database"].session() as session:
        return with_password(before, make_user(session, make_organisation(session), [Role.ADMINISTRATOR]))


def moved(browser: Browser, after: Flask) -> None:
    """The same person, whose next request meets the other site."""
    cookie, browser.client = browser.client.get_cookie("consult"), after.test_client()
    if cookie is not None:
        browser.client.set_cookie("consult", cookie.value)


def test_who_is_signed_in_stays_so_and_may_send_the_form_that_is_open(
    before: Flask, after: Flask, person: User, named: bool
) -> None:
    browser = Browser(before)
    sign_in(browser, person)
    page = browser.get("/quan-tri/nguoi-dung/moi/")
    moved(browser, after)
    sent = page.submit({"name": "Nông Thị Hương", "mail": "huong@example.vn", "office": "Ủy viên"}, form="mail")
    assert (sent.status, "huong@example.vn" in sent.html) == ((200, True) if named else (401, False))


def test_who_is_writing_to_the_site_sends_it(before: Flask, after: Flask, named: bool) -> None:
    with before.extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug="phan-loai-rac")
    browser = Browser(before)
    page = browser.get("/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k1")
    page = page.walk({"comments.0.text": "Đề nghị giữ nguyên."}, button="Xem lại trước khi gửi")
    moved(browser, after)
    sent = page.submit(button="Gửi")
    assert sent.status == (200 if named else 409)
    assert ("Mã tra cứu" in sent.text) is named and (named or "Đề nghị giữ nguyên." in sent.html)


def test_who_is_between_password_and_code_goes_on(before: Flask, after: Flask, person: User, named: bool) -> None:
    browser = Browser(before)
    page = browser.get("/dang-nhap/").submit({"mail": person.mail, "password": "không đúng"}, form="password")
    moved(browser, after)
    page = page.submit({"mail": person.mail, "password": PASSWORD}, form="password")
    assert (page.status == 200) is named


def test_an_invitation_is_good_for_its_week(before: Flask, after: Flask, person: User, named: bool) -> None:
    token = invitations.token_of(person, before.extensions["consult.secrets"], clock.now())
    assert (after.test_client().get(f"/dang-nhap/loi-moi/{token}/").status_code == 200) is named
    with after.extensions["consult.database"].session() as session:
        if named:
            assert invitations.read(session, token, after.extensions["consult.secrets"], clock.now()).id == person.id
        else:
            with pytest.raises(Refused):
                invitations.read(session, token, after.extensions["consult.secrets"], clock.now())


@pytest.mark.parametrize("purpose", ["carried", "voice", "files", "half-way", "intake"])
def test_what_travels_in_a_page_is_still_ours(before: Flask, after: Flask, named: bool, purpose: str) -> None:
    sealed = before.extensions["consult.secrets"].serializer(purpose).dumps(["a"])
    safe, read = after.extensions["consult.secrets"].serializer(purpose).loads_unsafe(sealed)
    assert (safe, read) == (named, ["a"])
    assert not after.extensions["consult.secrets"].serializer("another").loads_unsafe(sealed)[0]


@pytest.mark.parametrize("written", ["{0} {1}", "{0},{1}", " {0}, {1} ,"])
def test_several_earlier_secrets_are_written_in_one_line(tmp_path: Path, written: str) -> None:
    given = {
        "CONSULT_INSTANCE": str(tmp_path),
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_SECRET_KEY_OLD": written.format("a" * 40, "b" * 40),
    }
    settings = config.settings(given)
    assert settings["SECRET_KEY_FALLBACKS"] == ["a" * 40, "b" * 40]
    assert settings["WTF_CSRF_SECRET_KEY"] == ["b" * 40, "a" * 40, SECRET]


def test_what_is_signed_bears_the_newest_secret(tmp_path: Path) -> None:
    """A new secret that the old one could stand for would be of no use."""
    given = {"CONSULT_INSTANCE": str(tmp_path), "CONSULT_SECRET_KEY": NEW_SECRET, "CONSULT_SECRET_KEY_OLD": SECRET}
    both = secrets_of(config.settings(given))
    for purpose in ("carried", "voice"):
        assert Secrets(NEW_SECRET).serializer(purpose).loads(both.serializer(purpose).dumps(1)) == 1
    assert Secrets(NEW_SECRET).signer("ticket").unsign(both.signer("ticket").sign("a")) == b"a"
