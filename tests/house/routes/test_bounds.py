"""What is typed comes back without the signs that no page can show, wherever a form is given back."""

import pytest
from flask import Flask, request

from tests.pages import Browser

TYPED = "Ô\x01 tô\x1f\x85\ufffe cũ"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_fields_hold_what_a_page_can_show(app: Flask, kind: str) -> None:
    with app.test_request_context("/", method="POST", data={"text": f"{TYPED}\0", "tick": "1"}, content_type=kind):
        assert request.form.to_dict() == {"text": "Ô tô cũ", "tick": "1"}


def test_lines_and_tabs_stay(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"text": "a\r\n\tb"}):
        assert request.form["text"] == "a\r\n\tb"


def test_what_is_looked_for_comes_back(browser: Browser) -> None:
    page = browser.get("/lay-y-kien/", query_string={"tu-khoa": TYPED})
    assert page.form("tu-khoa").values()["tu-khoa"] == "Ô tô cũ"


def test_nul_in_a_query_is_a_sign_that_means_nothing(app: Flask) -> None:
    with app.test_request_context("/?tai=%00&%01ma=a%02b"):
        assert request.args.to_dict() == {"tai": "\ufffd", "ma": "ab"}
