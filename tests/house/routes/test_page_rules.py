"""The rules for pages find what they are there to find, and forms are sent as a browser would send them."""

import pytest
from flask import Flask, request

from tests.html_rules import problems_of
from tests.page_forms import Value
from tests.pages import Browser

GOOD = """<!doctype html><html lang="vi"><head><title>Góp ý</title>
<link rel="stylesheet" href="/static/site.css"></head>
<body><main><h1>Góp ý</h1>
<form method="post" action="/sent" enctype="multipart/form-data"><input type="hidden" name="ticket" value="t">
<label for="text">Nội dung</label><textarea id="text" name="text" required>
cũ</textarea>
<fieldset><legend>Quan điểm</legend>
<label><input type="radio" name="stance" value="support"> Đồng ý</label>
<label><input type="radio" name="stance" value="oppose" checked> Không đồng ý</label></fieldset>
<label><input type="checkbox" name="publish"> Công khai họ tên</label>
<label for="area">Xã</label><select id="area" name="area"><option value="1">Phong Quang</option>
<option value="2">Chợ Mới</option></select>
<label for="scan">Bản chụp</label><input id="scan" type="file" name="scan" data-largest="9" data-too-large="Quá lớn">
<button name="step" value="more">Thêm ý kiến</button><button name="step" value="send">Gửi</button></form>
</main></body></html>"""
NAMED = "aria-labelledby='two'"


def test_a_good_page_has_no_problems() -> None:
    assert problems_of(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (' lang="vi"', "", "lang"),
        ("<title>Góp ý</title>", "<title> </title>", "<title>"),
        ("<h1>Góp ý</h1>", "<h2>Góp ý</h2>", "0 <h1>"),
        ("<h1>Góp ý</h1>", "<h1>Góp</h1><h1>ý</h1>", "2 <h1>"),
        ("<h1>Góp ý</h1>", "<h1>Góp ý</p>", "line"),
        ("<main>", "<main><p style='color: red'>", "inline style"),
        ("<main>", "<main><script>go()</script>", "inline script"),
        ("<main>", "<main><p onclick='go()'>x</p>", "onclick"),
        ("<main>", "<main><a href='javascript:go()'>x</a>", "script"),
        ("<main>", "<main><img src='https://elsewhere.example/x.png' alt=''>", "own path"),
        ("/static/site.css", "//elsewhere.example/site.css", "own path"),
        ("<main>", "<main><img src='/x.png'>", "alt"),
        ("<main>", "<main><p id='text'>", "2 times"),
        ("<main>", "<main><a href='#nowhere'>x</a>", "nowhere"),
        ("<main>", f"<main><section {NAMED}><div role=region {NAMED}><h2 id='two'>x</h2></div></section>", "2 regions"),
        ("<main>", "<main><a href='/'></a>", "says nothing"),
        ("<h1>Góp ý</h1>", "<h1>Góp ý</h1><p>shown_field.last_day</p>", "no catalogue"),
        ('<label for="area">Xã</label>', "", "no label"),
        ('<label for="text">', '<label for="txt">', "no id"),
        ('type="file"', 'type="file" capture', "choosing a file"),
        (' data-largest="9"', "", "how large"),
        ('name="ticket"', 'name="other"', "neither csrf_token nor ticket"),
        ('method="post"', 'method="get"', "into the address"),
    ],
)
def test_each_rule_finds_its_problem(old: str, new: str, said: str) -> None:
    problems = problems_of(GOOD.replace(old, new, 1))
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("inside", "problems"),
    [
        ('<p lang="vi">Điều 1 <span lang="en">2 comments</span></p>', 0),
        ('<p lang="vi">Điều 1 <span>2 comments</span></p>', 1),
        ('<div lang="vi"><p aria-label="Comments and answers">Điều 1</p></div>', 1),
        ('<p lang="vi">Ma Van Thanh, website</p>', 0),
    ],
)
def test_what_an_english_page_says_itself_is_in_no_vietnamese_part(inside: str, problems: int) -> None:
    page = GOOD.replace(' lang="vi"', ' lang="en"').replace("<main>", f"<main>{inside}")
    assert len(problems_of(page)) == problems


@pytest.fixture
def browser() -> Browser:
    """A browser on a site of two pages: a form, and what was sent with it."""
    app = Flask("pages")
    app.add_url_rule("/", "form", lambda: GOOD)

    @app.post("/sent")
    def sent() -> dict[str, object]:
        scan = request.files.get("scan")
        return {"form": request.form.to_dict(), "scan": scan.read().decode() if scan else None}

    return Browser(app)


def test_a_form_is_filled_by_label_or_name_and_sent_as_it_stands(browser: Browser) -> None:
    answers: dict[str, Value] = {
        "Nội dung": "một\nhai",
        "stance": "Đồng ý",
        "Công khai họ tên": True,
        "area": "Chợ Mới",
    }
    page = browser.get("/").submit({**answers, "Bản chụp": (b"scan", "scan.pdf")}, button="Gửi")
    sent = {"ticket": "t", "text": "một\r\nhai", "stance": "support", "publish": "on", "area": "2", "step": "send"}
    assert page.json == {"form": sent, "scan": "scan"}


def test_an_untouched_form_sends_what_it_showed_and_its_first_button(browser: Browser) -> None:
    page = browser.get("/").submit()
    sent = {"ticket": "t", "text": "cũ", "stance": "oppose", "area": "1", "step": "more"}
    assert page.json == {"form": sent, "scan": None}


def test_what_a_browser_would_not_send_or_does_not_have_is_an_error(browser: Browser) -> None:
    with pytest.raises(AssertionError, match="required"):
        browser.get("/").submit({"text": ""}, button="Gửi")
    with pytest.raises(LookupError, match="no field"):
        browser.get("/").submit({"Họ tên": "An"}, button="Gửi")
    with pytest.raises(LookupError, match="no choice"):
        browser.get("/").submit({"stance": "maybe"}, button="Gửi")
