"""What the script adds to a page, in a real browser, and that the page is whole without it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask
from playwright.sync_api import expect

from consult.web.guard import public
from tests.arriving import asked
from tests.live import DESK, PHONE, Visitor
from tests.look.rendering import page
from tests.look.test_components import CARD, COLUMNS, NOW, PIECES, ROWS
from tests.look.test_law_text import LAW, TREE

pytestmark = pytest.mark.browser

FORM = """<form method="post" action="/shown/sent/" data-draft-key="matter:d2" data-inline-fragment
data-script="{{ asset('js/form.js') }}"><input type="hidden" name="ticket" value="t">
<input type="hidden" name="seen" value="s">
<input type="hidden" name="current" value="0"><input type="hidden" name="comments.0.anchor" value="d2">
<p hidden data-draft-restored>Có bản nháp</p><p hidden data-basket="matter">Phiếu: <b>0</b></p>
{{ field('comments.0.text', 'Nội dung', kind='textarea', maxlength=100) }}
{{ field('comments.0.stance', 'Quan điểm', kind='radio', choices=[('support', 'Đồng ý'), ('oppose', 'Không đồng ý')]) }}
{{ field('name', 'Họ và tên', autocomplete='name') }}
<button class="button" name="do" value="send" data-forget="matter:d2">Gửi</button>
<progress hidden data-sending></progress><p hidden data-sending>Mất mạng</p></form>"""
FRAME = """<template data-inline-frame data-script="{{ asset('js/place.js') }}">
<section class="inline"></section></template>
<p hidden data-failed>Chưa tải được</p>"""
EVERYTHING = "".join(
    piece for name, piece in PIECES.items() if name in {"notice", "card", "tables", "facts", "figures"}
)

Show = Callable[..., None]


@pytest.fixture
def show(app: Flask) -> Show:
    """Puts pieces of template at /shown/<name>/."""
    pages = Blueprint("shown", __name__)

    def shows(**pieces: str) -> None:
        values: dict[str, Any] = {"tree": TREE, "base": "/shown/form/?tai=", "item": CARD, "now": NOW, "rows": ROWS}
        for name, piece in pieces.items():
            html = page(app, piece, columns=COLUMNS, hostile="Ý kiến dài về chất thải rắn sinh hoạt", **values)
            pages.add_url_rule(f"/shown/{name}/", name, public()(lambda html=html: html))
        app.register_blueprint(pages)

    return shows


def test_a_draft_is_kept_without_the_name_and_forgotten_after_the_receipt(
    visitor: Callable[..., Visitor], show: Show
) -> None:
    show(form=FORM, receipt="<p>Đã nhận</p>")
    at = visitor().open("/shown/form/")
    at.get_by_label("Nội dung").fill("Đề nghị bổ sung")
    at.get_by_label("Không đồng ý").check()
    at.get_by_label("Họ và tên").fill("Lò Thị Mai")
    expect(at.locator(".counter")).to_have_text("")
    at.reload()
    assert "Mai" not in asked(at, "localStorage.getItem('phieu:matter:d2')")
    expect(at.get_by_text("Phiếu: 1")).to_be_visible()
    expect(at.get_by_label("Nội dung")).to_have_value("Đề nghị bổ sung")
    expect(at.get_by_label("Không đồng ý")).to_be_checked()
    expect(at.get_by_text("Có bản nháp")).to_be_visible()
    at.goto("/shown/receipt/")
    assert asked(at, "localStorage.getItem('phieu:matter:d2')"), (
        "a receipt that is opened again takes no new draft away"
    )
    at.goto("/shown/form/")
    at.route("**/sent/", lambda route: route.fulfill(body="/shown/receipt/", content_type="text/uri-list"))
    at.get_by_role("button", name="Gửi").click()
    expect(at.get_by_text("Đã nhận")).to_be_visible()
    assert asked(at, "localStorage.getItem('phieu:matter:d2')") is None


def test_a_draft_that_cannot_be_read_is_none(visitor: Callable[..., Visitor], show: Show) -> None:
    show(form=FORM)
    person = visitor()
    at = person.open("/shown/form/")
    asked(at, "localStorage.setItem('phieu:matter:d2', '{')")
    at.reload()
    at.get_by_label("Nội dung").fill("a" * 92)
    expect(at.locator(".counter")).to_have_text("Còn 8 ký tự")
    assert not person.troubles


def test_characters_are_counted_when_few_are_left(visitor: Callable[..., Visitor], show: Show) -> None:
    show(form=FORM)
    at = visitor().open("/shown/form/")
    at.get_by_label("Nội dung").fill("a" * 89)
    expect(at.locator(".counter")).to_have_text("")
    at.get_by_label("Nội dung").fill("a" * 92)
    expect(at.locator(".counter")).to_have_text("Còn 8 ký tự")


def test_a_draft_given_back_can_be_thrown_away(visitor: Callable[..., Visitor], show: Show) -> None:
    again = FORM.replace(
        "<p hidden data-draft-restored>Có bản nháp</p>",
        "<div hidden data-draft-restored><button type=reset>Bỏ</button></div>",
    )
    show(form=again)
    at = visitor().open("/shown/form/")
    at.get_by_label("Nội dung").fill("Đề nghị bổ sung")
    at.get_by_label("Không đồng ý").check()
    at.reload()
    at.get_by_role("button", name="Bỏ").click()
    expect(at.get_by_label("Nội dung")).to_have_value("")
    expect(at.get_by_label("Không đồng ý")).not_to_be_checked()
    expect(at.get_by_label("Nội dung")).to_be_focused()
    at.reload()
    expect(at.get_by_label("Nội dung")).to_have_value("")
    assert asked(at, "localStorage.getItem('phieu:matter:d2')") is None


def test_one_box_ticks_all_rows(visitor: Callable[..., Visitor], show: Show) -> None:
    two = [{"id": 1, "check_label": "Một", "text": "a"}, {"id": 2, "check_label": "Hai", "text": "b"}]
    table = "{{ check_table('c', 'Ý kiến', columns, " + repr(two) + ", [2]) }}"
    show(table=table)
    at = visitor().open("/shown/table/")
    every = at.get_by_label("Chọn tất cả")
    assert every.evaluate("box => box.indeterminate")
    every.check()
    expect(at.get_by_label("Một")).to_be_checked()
    at.get_by_label("Hai").uncheck()
    expect(every).not_to_be_checked()


def test_the_form_comes_to_the_clause_and_a_second_press_waits(visitor: Callable[..., Visitor], show: Show) -> None:
    show(law=FRAME + LAW, form=FORM)
    at = visitor().open("/shown/law/")
    at.get_by_role("link", name="Góp ý về điểm đ khoản 3 Điều 12a").click()
    form = at.locator("#d12a\\.k3\\.pdd form")
    expect(form.get_by_label("Nội dung")).to_be_visible()
    assert at.url.endswith("/shown/law/")
    # No answer comes, so that the form can be looked at while it waits.
    at.route("**/sent/", lambda route: None)
    form.get_by_role("button", name="Gửi").click()
    expect(form).to_have_js_property("inert", True)


def test_a_button_of_a_plain_form_rests_once_it_was_pressed(visitor: Callable[..., Visitor], show: Show) -> None:
    show(plain="""<form method="post" action="/shown/sent/">{{ button('Gửi') }}</form>""")
    at = visitor().open("/shown/plain/")
    # An answer without content leaves the browser where it is, so that the button can be looked at.
    at.route("**/sent/", lambda route: route.fulfill(status=204))
    press = at.get_by_role("button", name="Gửi")
    press.click()
    expect(press).to_be_disabled()


def test_without_script_the_link_leads_to_the_form(visitor: Callable[..., Visitor], show: Show) -> None:
    show(law=LAW, form=FORM)
    at = visitor(javascript=False, screen=PHONE).open("/shown/law/")
    at.get_by_role("link", name="Góp ý về điểm đ khoản 3 Điều 12a").click()
    expect(at.get_by_label("Nội dung")).to_be_visible()
    assert at.url.endswith("/shown/form/?tai=d12a.k3.pdd")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_can_be_used_by_everybody(
    visitor: Callable[..., Visitor], show: Show, screen: Any, scheme: Any
) -> None:
    ways = PIECES["ways"] + PIECES["way"] + PIECES["quote"]
    show(law=LAW, form=FORM, all=EVERYTHING, ways=ways, errors=PIECES["summary of errors"])
    person = visitor(screen=screen)
    person.page.emulate_media(color_scheme=scheme)
    for name in ("law", "form", "all", "ways", "errors"):
        person.open(f"/shown/{name}/")
        person.check()


def test_the_title_of_a_card_is_easy_to_hit(visitor: Callable[..., Visitor], show: Show) -> None:
    show(card=PIECES["card"])
    titles = visitor(screen=PHONE).open("/shown/card/").locator(".card :is(h2, h3) a").all()
    places = [title.bounding_box() for title in titles]
    assert places and all(place and place["height"] >= 44 for place in places)
