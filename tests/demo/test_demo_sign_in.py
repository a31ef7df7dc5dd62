"""One-click sign-in exists only for the demonstration on one's own machine: each condition alone closes it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

import config
from consult import create_app
from consult.administration.site import installation
from consult.db import Database
from consult.people.models import User
from consult.people.words import Role
from tests.application import OWN_NAMES, end
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser

PATH = "/dang-nhap/minh-hoa/"
MakeSite = Callable[..., Flask]


@pytest.fixture
def officer(settings: dict[str, Any]) -> User:
    """An officer in the database, made before the site starts."""
    database = Database(settings["DATABASE_URL"], settings["RATE_LIMIT_FILE"].parent, "OFF")
    settings["RATE_LIMIT_FILE"].parent.mkdir(parents=True, exist_ok=True)
    with database.session() as session:
        officer = make_user(session, make_organisation(session), [Role.OFFICER])
    database.engine.dispose()
    return officer


@pytest.fixture
def make_site(settings: dict[str, Any], officer: User) -> Iterator[MakeSite]:
    """Makes the site with the demo setting and on the demo's database, or without either."""
    sites: list[Flask] = []

    def make(setting: bool = True, fact: bool = True, **more: Any) -> Flask:
        database = Database(settings["DATABASE_URL"], settings["RATE_LIMIT_FILE"].parent, "OFF")
        with database.session() as session:
            if fact:
                installation.mark_as_demo(session, NOW)
        database.engine.dispose()
        sites.append(create_app({**settings, "DEMO": setting, **more}))
        return sites[-1]

    yield make
    for site in sites:
        end(site)


def test_one_click_signs_in(make_site: MakeSite, officer: User) -> None:
    browser = Browser(make_site(), REMOTE_ADDR="127.0.0.1")
    page = browser.get("/dang-nhap/")
    answer = browser.client.post(PATH, data={"person": str(officer.id), **_token(page)})
    assert answer.status_code == 303
    assert browser.get("/tai-khoan/").heading == "Tài khoản"


def test_it_leads_where_every_sign_in_leads(make_site: MakeSite, officer: User) -> None:
    """To the page that was asked for, and back to what was typed when a sign-in ended in the middle."""
    browser = Browser(make_site(), REMOTE_ADDR="127.0.0.1")
    asked = browser.get("/tai-khoan/ma-du-phong/")
    assert asked.submit(button=str(officer.id)).address == "/tai-khoan/ma-du-phong/"
    account = browser.get("/tai-khoan/khoa/")
    account.submit(button="Đăng xuất")
    ended = browser.post("/tai-khoan/khoa/", {"name": "Khóa ở cơ quan"}, status=401)
    assert "Khóa ở cơ quan" in ended.submit(button=str(officer.id)).html


@pytest.mark.parametrize("missing", ["setting", "fact"])
def test_without_setting_or_fact_there_is_no_such_route(make_site: MakeSite, officer: User, missing: str) -> None:
    site = make_site(**{missing: False})
    assert PATH not in {rule.rule for rule in site.url_map.iter_rules()}
    browser = Browser(site, REMOTE_ADDR="127.0.0.1")
    assert officer.name not in browser.get("/dang-nhap/").text
    browser.post(PATH, {"person": str(officer.id)}, status=404)


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "::ffff:192.168.1.7", "", "unix:"])
def test_from_elsewhere_nobody_comes_in(make_site: MakeSite, officer: User, address: str) -> None:
    browser = Browser(make_site(), REMOTE_ADDR="127.0.0.1")
    token = _token(browser.get("/dang-nhap/"))
    browser.environment["REMOTE_ADDR"] = address
    assert officer.name not in browser.get("/dang-nhap/").text
    browser.post(PATH, {"person": str(officer.id), **token}, status=404)


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"])
@pytest.mark.parametrize("proxies", [0, 1])
def test_behind_another_server_nobody_comes_in(make_site: MakeSite, officer: User, name: str, proxies: int) -> None:
    browser = Browser(make_site(PROXIES=proxies), REMOTE_ADDR="127.0.0.1")
    token = _token(browser.get("/dang-nhap/"))
    assert officer.name not in browser.get("/dang-nhap/", headers={name: "127.0.0.1"}).text
    browser.post(PATH, {"person": str(officer.id), **token}, status=404, headers={name: "127.0.0.1"})


def test_only_by_post(make_site: MakeSite, officer: User) -> None:
    Browser(make_site(), REMOTE_ADDR="127.0.0.1").get(f"{PATH}?person={officer.id}", status=405)


def test_only_with_the_token_of_the_page(make_site: MakeSite, officer: User) -> None:
    browser = Browser(make_site(), REMOTE_ADDR="127.0.0.1")
    browser.post(PATH, {"person": str(officer.id)}, status=400)
    assert browser.get("/tai-khoan/").heading == "Đăng nhập"


@pytest.mark.parametrize("person", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_nobody_unknown_comes_in(make_site: MakeSite, person: str) -> None:
    browser = Browser(make_site(), REMOTE_ADDR="127.0.0.1")
    browser.post(PATH, {"person": person, **_token(browser.get("/dang-nhap/"))}, status=404)


def test_production_refuses_the_setting_and_the_database(make_site: MakeSite) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_DEMO"):
        make_site(fact=False, ENVIRONMENT="production")
    make_site(setting=False, fact=False, ENVIRONMENT="production", **OWN_NAMES)
    with pytest.raises(config.Misconfigured, match="lệnh demo"):
        make_site(setting=False, fact=True, ENVIRONMENT="production")


def _token(page: Any) -> dict[str, str]:
    return {"csrf_token": page.form("person").values()["csrf_token"]}
