"""Somebody who hears the site: by the keyboard alone, through roles and names, from the home page to a comment that was
received and to its answer."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.arriving import asked
from tests.journeys.going import MOST_TABS, over_a_dead_line, press, send, stay, write
from tests.live import PHONE, Visitor
from tests.reading.scene import Scene

pytestmark = pytest.mark.browser
WAYS = pytest.mark.parametrize("javascript", [False, True], ids=["without script", "with script"])
SAID = "Xe thu gom xin báo giờ bằng loa."

# Where the focus is: its place among all elements, and what is told of it.
FOCUSED = """() => {
  const one = document.activeElement;
  return [one === document.body ? -1 : [...document.querySelectorAll('*')].indexOf(one), one.outerHTML.slice(0, 120)];
}"""
SHOWN = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ checkVisibilityCSS: true })
    && !(one.type === 'radio' && document.querySelectorAll(`[name="${one.name}"]`)[0] !== one)).length"""


@pytest.fixture
def scene(app_session: Session) -> Scene:
    """A matter that takes comments."""
    return Scene(app_session)


def tab_through(page: Page) -> None:
    """The keyboard goes through the whole page in the order in which it is read, and out of it again: no trap."""
    asked(page, "document.activeElement.blur(); window.getSelection().removeAllRanges()")
    page.reload()
    places: list[int] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        place, told = asked(page, FOCUSED)
        if place < 0 or (places and place == places[0]):
            break
        assert not places or place > places[-1], f"{told} comes before what was reached earlier at {page.url}"
        places.append(place)
    else:
        raise AssertionError(f"the keyboard does not get out of {page.url}")
    assert len(places) >= asked(page, SHOWN), f"{page.url} has more than the keyboard reaches"


def heard(page: Page) -> str:
    """What a screen reader is given of the page: roles and names."""
    return page.locator("body").aria_snapshot()


@WAYS
def test_from_home_to_a_receipt_and_to_the_answer(
    app: Flask, visitor: Callable[..., Visitor], scene: Scene, javascript: bool
) -> None:
    person = visitor(javascript=javascript, screen=PHONE)
    page = person.open("/")
    by = page.get_by_role
    tab_through(page)
    page.reload()
    page.keyboard.press("Tab")
    expect(by("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(by("main")).to_be_focused()
    assert all(words in heard(page) for words in ('heading "Mời ông/bà góp ý" [level=1]', "- main", "contentinfo"))
    press(page, by("link", name=scene.matter.title))
    expect(by("heading", level=1)).to_have_text(scene.matter.title)
    tab_through(page)
    press(page, by("main").get_by_role("link", name="Gửi ý kiến", exact=True))
    stay(person)
    if page.get_by_label("Nội dung ý kiến").count() == 0:
        press(page, by("main").get_by_role("link", name="Viết", exact=True))
    tab_through(page)
    page.reload()
    if javascript:
        _a_dead_line_loses_nothing(person)
    send(page, SAID)
    if by("heading", level=1).inner_text() != "Đã tiếp nhận ý kiến":
        # Who sends within the first seconds is asked to press once more.
        press(page, by("button", name="Gửi", exact=True))
    expect(by("heading", level=1)).to_have_text("Đã tiếp nhận ý kiến")
    stay(person)
    tab_through(page)
    assert "term: Mã tra cứu" in heard(page) and "term: Mã bí mật (giữ riêng)" in heard(page)
    code, _secret = page.locator("dd strong.code").all_inner_texts()
    scene.release(1)
    scene.answer(1, text="Tiếp thu, báo giờ bằng loa.")
    press(page, by("navigation").get_by_role("link", name="Ý kiến của tôi", exact=True))
    tab_through(page)
    page.reload()
    _a_mistake_is_told(page)
    write(page, by("textbox", name="Mã tra cứu"), code)
    press(page, by("button", name="Tra cứu", exact=True))
    expect(by("heading", level=1)).to_have_text("Tình trạng ý kiến")
    assert "Tiếp thu, báo giờ bằng loa." in heard(page)
    stay(person)
    tab_through(page)


def _a_mistake_is_told(page: Page) -> None:
    """What is wrong is said at the top, where the focus goes, and at its field, which says that it is wrong."""
    write(page, page.get_by_role("textbox", name="Mã tra cứu"), "12")
    press(page, page.get_by_role("button", name="Tra cứu", exact=True))
    assert page.title().startswith("Lỗi: ")
    expect(page.get_by_role("alert")).to_be_focused()
    field = page.get_by_role("textbox", name="Mã tra cứu")
    assert field.get_attribute("aria-invalid") == "true"
    assert "Mã tra cứu" in page.get_by_role("alert").inner_text()


def _a_dead_line_loses_nothing(person: Visitor) -> None:
    """Words typed before the line died are there when the form is opened again, and that is told."""
    page = person.page
    write(page, page.get_by_role("textbox", name="Nội dung ý kiến"), SAID)
    form = page.url
    over_a_dead_line(person, lambda: page.goto("/"))
    page.goto(form)
    expect(page.get_by_role("textbox", name="Nội dung ý kiến")).to_have_value(SAID)
    assert "Đã khôi phục nội dung gõ dở trên máy này." in heard(page)
