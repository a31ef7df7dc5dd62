"""What is typed comes back without the signs that no page can show, wherever a form is given back."""

from flask import Flask, request

from tests.pages import Browser

TYPED = "Ô\x00\x01 tô\x1f\x85\ufffe cũ"


def test_fields_and_queries_hold_what_a_page_can_show(app: Flask) -> None:
    with app.test_request_context("/?tu-khoa=a%00b%01&%02=c", method="POST", data={"text": TYPED, "tick": "1"}):
        assert request.args.to_dict() == {"tu-khoa": "ab", "": "c"}
        assert request.form.to_dict() == {"text": "Ô tô cũ", "tick": "1"}


def test_lines_and_tabs_stay(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"text": "a\r\n\tb"}):
        assert request.form["text"] == "a\r\n\tb"


def test_what_is_looked_for_comes_back(browser: Browser) -> None:
    page = browser.get("/lay-y-kien/", query_string={"tu-khoa": TYPED})
    assert page.form("tu-khoa").values()["tu-khoa"] == "Ô tô cũ"
