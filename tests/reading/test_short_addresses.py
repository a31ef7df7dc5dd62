"""Addresses as people pass them on lead to the page that is meant, and to nothing that is not public."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.stages import Stage
from tests.builders import make_consultation
from tests.pages import Browser

HERE = "/lay-y-kien/phan-loai-rac/"


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/phan-loai-rac", HERE),
        ("/PHAN-LOAI-RAC/", HERE),
        ("/phan-loai-rac).", HERE),
        ("/en/Phan-Loai-Rac,", f"/en{HERE}"),
        ("/lay-y-kien/PHAN-LOAI-RAC/", HERE),
        (f"{HERE}.", HERE),
        (f"{HERE}y-kien/”", f"{HERE}y-kien/"),
        (f"{HERE}du-thao/1/…", f"{HERE}du-thao/1/"),
        (f"{HERE}tong-hop.", f"{HERE}tong-hop/"),
        ("/gioi-thieu!", "/gioi-thieu/"),
    ],
)
def test_what_is_meant_is_found(app_session: Session, browser: Browser, path: str, leads_to: str) -> None:
    make_consultation(app_session, now=clock.now(), slug="phan-loai-rac")
    answer = browser.client.get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, leads_to)
    assert browser.client.get(leads_to).status_code == 200


def test_a_number_is_enough(app_session: Session, browser: Browser) -> None:
    found = make_consultation(app_session, now=clock.now())
    for written in (found.short_key, found.short_key.lstrip("0"), f"{found.short_key}.", f"000{found.short_key}"):
        assert browser.client.get(f"/{written}").headers["Location"] == f"/lay-y-kien/{found.slug}/"


def test_what_is_not_public_is_not_there_by_any_name(app_session: Session, browser: Browser) -> None:
    hidden = make_consultation(app_session, Stage.DRAFTING, now=clock.now(), slug="chua-cong-bo")
    paths = (
        "/chua-cong-bo",
        "/CHUA-CONG-BO.",
        f"/{hidden.short_key}",
        "/khong-co",
        "/99",
        "/0",
        "/lay-y-kien/khong-co/",
    )
    for path in paths:
        browser.get(path, status=404)


@pytest.mark.parametrize(
    "path", ["/xu-ly.", "/quan-tri.)", "/api/v1/nothing.", "/.", "/…", "/" + "a" * 400, "/static/none.css.", "/%00."]
)
def test_nothing_else_is_led_anywhere_new(app: Flask, browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code in {308, 404}
