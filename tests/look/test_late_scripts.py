"""On a bad line a script comes when somebody has begun already: what was done before it is not lost, and the
script goes on from there as if it had been there."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, Route, expect
from sqlalchemy.orm import Session

from consult.clock import now
from tests.arriving import asked, given
from tests.builders import make_consultation
from tests.house.rooms import CHECKOUT
from tests.house.test_assets import STATIC
from tests.live import PHONE, Visitor
from tests.look.rendering import page as rendered

pytestmark = pytest.mark.browser

FORM = "/lay-y-kien/phan-loai-rac/gop-y/?tai=d2.k2"
SPEAK = f"{FORM}&buoc=noi"
DRAFT = "phieu:phan-loai-rac:du-thao/1/d2.k2"
TRIED = {"files", "form", "letters", "place", "redline", "rows", "voice"}
"""What changes parts of a page that one can use before it comes: each is tried below."""
SHOWN_BY_ITSELF = {"box", "compare", "copy", "offline", "passkey", "point", "receipt", "sent"}
"""What shows the part that it serves, hidden until then."""
NOBODY_WAITS = {"site": "brings the others", "meeting": "brought by offline", "papers": "brought by offline"}

Visit = Callable[..., Visitor]


@pytest.fixture
def person(visitor: Visit, app_session: Session) -> Visitor:
    """Somebody with a telephone, and a draft decision to comment on."""
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    app_session.commit()
    return visitor(screen=PHONE)


@contextmanager
def late(page: Page, script: str) -> Iterator[None]:
    """`script` comes when the block has ended, not before."""
    held: list[Route] = []
    page.route(f"**/js/{script}.js*", lambda route: held.append(route))
    yield
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    assert held, f"the page asks for no {script}.js"
    for one in held:
        one.continue_()
    page.unroute(f"**/js/{script}.js*")


def test_each_script_is_tried_or_shows_what_it_serves() -> None:
    names = {path.stem for path in (STATIC / "js").glob("*.js")}
    assert names == TRIED | SHOWN_BY_ITSELF | set(NOBODY_WAITS)
    templates = [path.read_text(encoding="utf-8") for path in (CHECKOUT / "templates").rglob("*.html")]
    for name in SHOWN_BY_ITSELF - {"box", "point"}:
        places = re.findall(rf"<[a-z]+[^<>]*js/{name}\.js[^<]*", "".join(templates))
        assert places and all(" hidden" in place for place in places), name


def test_the_wording_begins_with_the_clause_for_who_is_in_the_field_already(person: Visitor) -> None:
    page = person.page
    with late(page, "redline"):
        person.open(FORM)
        proposed = page.get_by_label("Đề nghị sửa thành")
        proposed.focus()
    expect(proposed).to_have_value(re.compile("đúng ngày"))
    proposed.blur()
    expect(proposed).to_have_value("")


def test_a_wording_begun_is_compared_as_it_is(person: Visitor) -> None:
    page = person.page
    with late(page, "redline"):
        person.open(FORM)
        proposed = page.get_by_label("Đề nghị sửa thành")
        proposed.fill("2. Hộ gia đình giao chất thải đúng giờ, đúng nơi.")
    expect(page.locator("[data-script*=redline] ins")).to_have_text("giờ, ")


def test_what_is_typed_before_a_draft_comes_back_stands_after_it(person: Visitor) -> None:
    page = person.page
    with late(page, "form"):
        person.open(FORM)
        text = page.get_by_label("Nội dung ý kiến")
        text.fill("Nên nói rõ ai làm.")
        page.get_by_label("Lý do").fill("Chưa rõ.")
        page.get_by_label("Đồng ý", exact=True).check()
    expect(page.locator("[data-script*=form]")).to_be_attached()
    page.wait_for_load_state("networkidle")
    page.goto("/")
    assert asked(page, f"localStorage.getItem('{DRAFT}')")
    with late(page, "form"):
        page.goto(FORM)
        text.fill("Và ai trả tiền.")
        page.get_by_label("Không đồng ý").check()
    expect(text).to_have_value("Nên nói rõ ai làm. Và ai trả tiền.")
    expect(page.get_by_label("Lý do")).to_have_value("Chưa rõ.")
    expect(page.get_by_label("Không đồng ý")).to_be_checked()
    # The same once more, as a browser fills in what it knows of an earlier visit: nothing stands there twice.
    for known in ("Nên nói rõ ai làm.", "Nên nói rõ ai làm. Và ai trả tiền. Xin hỏi."):
        page.goto("/")
        draft = json.loads(asked(page, f"localStorage.getItem('{DRAFT}')"))
        before = draft["values"]["text"]
        # Begun on another page, of which this one knows nothing.
        asked(page, "([key, draft]) => { localStorage[key] = draft; }", [DRAFT, json.dumps({**draft, "seen": "x"})])
        with late(page, "form"):
            page.goto(FORM)
            text.fill(known)
        expect(text).to_have_value(max(before, known, key=len))


def test_letters_are_counted_that_stood_there_before(person: Visitor) -> None:
    page = person.page
    with late(page, "letters"):
        person.open(FORM)
        page.get_by_label("Nội dung ý kiến").fill("a" * 19_900)
    expect(page.locator(".counter").first).to_have_text("Còn 100 ký tự")


def test_a_file_chosen_before_is_told_when_it_is_too_large(person: Visitor) -> None:
    page = person.page
    with late(page, "files"):
        person.open(FORM)
        field = page.get_by_label("Tệp gửi kèm")
        field.evaluate("field => { field.dataset.largest = 3; }")
        given(field, FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=b"12345"))
    expect(page.get_by_role("alert").filter(has_text="lớn hơn mức cho phép")).to_be_visible()


def test_a_recording_kept_here_does_not_take_the_place_of_a_file_chosen(person: Visitor) -> None:
    page = person.page
    person.open(SPEAK)
    asked(page, f"caches.open('{DRAFT}').then(kept => kept.put('/', new Response(new Blob(['old']))))")
    with late(page, "voice"):
        page.goto(SPEAK)
        field = page.get_by_label("Ghi âm hoặc chọn tệp ghi âm")
        given(field, FilePayload(name="moi.mp3", mimeType="audio/mpeg", buffer=b"new"))
    expect(page.locator("[data-script*=voice]")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert field.evaluate("field => field.files[0].name") == "moi.mp3"


def test_a_row_ticked_before_is_counted_by_the_box_for_all(visitor: Visit, app: Flask, app_session: Session) -> None:
    boxes = "".join(f'<tr><td><label><input type="checkbox" value="{one}">{one}</label></td></tr>' for one in (1, 2))
    table = f"""<table data-script="{{{{ asset('js/rows.js') }}}}" data-check-all="Chọn tất cả">
<thead><tr><th class="check"></th></tr></thead><tbody>{boxes}</tbody></table>"""
    page = visitor().page
    page.route("**/rows/", lambda route: route.fulfill(body=rendered(app, table), content_type="text/html"))
    with late(page, "rows"):
        page.goto("/rows/")
        page.get_by_label("1", exact=True).check()
    box = page.get_by_label("Chọn tất cả")
    expect(box).to_have_js_property("indeterminate", True)


def test_a_link_beneath_a_clause_leads_to_its_form_meanwhile(person: Visitor) -> None:
    page = person.page
    with late(page, "place"):
        person.open("/lay-y-kien/phan-loai-rac/du-thao/1/")
        page.locator('[id="d1"] .margin a').first.click()
        expect(page.get_by_label("Nội dung ý kiến")).to_be_visible()
    assert "/gop-y/" in page.url
