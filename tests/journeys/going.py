"""How people of the journeys get about: with the keyboard alone, or already signed in."""

from collections.abc import Callable
from contextlib import suppress

from flask import Flask
from playwright.sync_api import Error, Locator, Page, expect

from consult.people.models import User
from tests.application import sign_in
from tests.arriving import line_comes_back, line_dies
from tests.live import Visitor
from tests.pages import Browser

MOST_TABS = 200
PLAYS = """async (heard) => {
  heard.muted = true;
  await heard.play();
  await new Promise((done) => heard.addEventListener('ended', done, { once: true }));
  return heard.currentTime;
}"""


def reach(page: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus and shows it. AssertionError when the keyboard never gets there."""
    # Found once: to look for it by its role and name after every Tab takes most of the time of a walk.
    found = target.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if found.evaluate("element => element === document.activeElement"):
            look = target.evaluate("element => { const s = getComputedStyle(element); return s.outlineStyle; }")
            assert look != "none", f"nothing shows that {target} has the focus"
            return
    raise AssertionError(f"the keyboard never reaches {target} on {page.url}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Goes to a link, button or box with Tab and presses it."""
    reach(page, target)
    if key == "Enter" and target.evaluate("element => element.tagName !== 'SUMMARY'"):
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.keyboard.press(key)


def write(page: Page, target: Locator, text: str) -> None:
    """Goes to a field with Tab and types over what it holds."""
    reach(page, target)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def let_in(app: Flask, person: Visitor, user: User) -> Page:
    """The page of a visitor who has signed in as `user`."""
    browser = Browser(app)
    sign_in(browser, user)
    cookie = browser.client.get_cookie("consult")
    assert cookie is not None
    person.context.add_cookies([{"name": "consult", "value": cookie.value, "url": person.address}])
    return person.page


def send(page: Page, text: str) -> None:
    """From the form for comments to its receipt: `text` alone, and nothing of who sends it."""
    write(page, page.get_by_label("Nội dung ý kiến"), text)
    look_through(page)
    press(page, page.get_by_role("button", name="Gửi", exact=True))


def look_through(page: Page) -> None:
    """From a comment that is written to the page on which all is read again, giving no name."""
    press(page, page.get_by_role("button", name="Tiếp tục", exact=True))
    press(page, page.get_by_role("button", name="Xem lại trước khi gửi", exact=True))


def stay(person: Visitor) -> None:
    """Whoever looks at this page keeps it: it is fit to be used, and is the same when it is loaded again, opened in a
    second tab, or come back to."""
    person.check()
    page, seen = person.page, _seen(person.page)
    page.reload()
    assert _seen(page) == seen
    second = person.context.new_page()
    second.goto(page.url)
    assert _seen(second) == seen
    second.close()
    page.go_back()
    page.go_forward()
    assert _seen(page) == seen


def _seen(page: Page) -> tuple[str, str, str]:
    """What tells one page from another. A browser's own error page has no such heading."""
    return page.url.partition("#")[0], page.title(), page.inner_text("h1")


def over_a_dead_line(person: Visitor, act: Callable[[], object]) -> None:
    """Does `act`, which goes somewhere, while nothing comes through, and again by loading once there is a line."""
    line_dies(person.page)
    with suppress(Error):
        act()
    person.page.wait_for_url("chrome-error://**")
    line_comes_back(person.context)
    person.page.reload()
    person.troubles.clear()


def begin(page: Page) -> None:
    """Goes to where one speaks and begins to record, by keyboard."""
    if page.get_by_label("Nội dung ý kiến").count():
        press(page, page.get_by_role("button", name="Nói", exact=True))
    page.get_by_label("tiếng Mông", exact=True).check()
    press(page, page.get_by_role("button", name="Ghi âm", exact=True), " ")


def record(page: Page) -> None:
    """The same, and records a little more than a second."""
    begin(page)
    expect(page.get_by_text("Đang ghi âm…")).to_be_visible()
    expect(page.get_by_role("button", name="Dừng ghi âm")).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text("0:01")
