"""A page is asked, given files, or cut off when it is all there: a click and `goto` return earlier than that
(`tests/house/rules/test_browser_waits.py` allows no other way)."""

from typing import Any

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

LONGEST = 15_000
"""Milliseconds a page may take on a machine with much to do."""


def asked(page: Page, script: str, about: object = None) -> Any:
    """What `script` says of a page that has come: as soon as a click has brought the next one, that one is empty."""
    page.wait_for_load_state()
    return page.evaluate(script, about)


def given(field: Locator, files: FilePayload | list[FilePayload] | Any) -> None:
    """Puts `files` into a field once it is to be seen. The browser's own way takes a hidden one, which belongs to a
    script that has not come yet and never hears of them."""
    expect(field).to_be_visible(timeout=LONGEST)
    field.set_input_files(files)


def line_dies(page: Page) -> None:
    """Nothing comes through any more, after all has come that this page asks for: what a script brings along is not
    waited for by the page's own end."""
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)


def line_comes_back(context: BrowserContext) -> None:
    """Everything comes through again."""
    context.set_offline(False)
