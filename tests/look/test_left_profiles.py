"""Whoever looks at the site with a real browser finds nothing of who looked at it before, though the profile is the
same."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from tests.live import DESK, PHONE, Visitor, served

pytestmark = pytest.mark.browser
LEAVE = """async () => {
  localStorage.setItem('draft', 'mine'); sessionStorage.setItem('draft', 'mine'); document.cookie = 'draft=mine';
  await (await caches.open('draft')).put('/mine', new Response('mine'));
  await new Promise(done => { const opening = indexedDB.open('draft'); opening.onsuccess = () => {
    opening.result.close(); done(); }; });
}"""
LEFT = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
  (await indexedDB.databases()).length, history.length, navigator.onLine, innerWidth, 'axe' in window,
  (await navigator.permissions.query({name: 'clipboard-read'})).state,
]"""


def test_nothing_of_one_is_found_by_the_next(app: Flask, chromium_program: Chromium) -> None:
    found = []
    with served(app) as address:
        for screen in (DESK, PHONE, DESK):
            person = Visitor(chromium_program, address, True, screen)
            page = person.open("/tiep-can/")
            found.append((person.context, page.evaluate(LEFT)))
            person.check()
            page.evaluate(LEAVE)
            person.context.grant_permissions(["clipboard-read"])
            person.context.set_offline(True)
            person.leave()
    (first, bare), (second, again), (third, last) = found
    assert first == second == third
    assert bare == last == [0, 0, "", 0, 0, 2, True, 1280, False, "prompt"]
    assert again == [*bare[:7], 360, *bare[8:]]


def test_no_script_runs_for_who_has_none_even_after_axe_looked(visitor: Callable[..., Visitor]) -> None:
    person = visitor(javascript=False)
    page = person.page
    page.route("**/tiep-can/", lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"))
    for _ in range(2):
        person.open("/tiep-can/")
        person.check()
        page.get_by_role("button").click()
        assert page.title() == "Một trang" and page.locator("noscript p").is_visible()
        assert not page.evaluate("'ran' in window")


def test_axe_looks_at_what_is_there_without_script(visitor: Callable[..., Visitor]) -> None:
    person = visitor(javascript=False)
    hard = PAGE.replace("<button", "<input><button")
    person.page.route("**/tiep-can/", lambda route: route.fulfill(body=hard, content_type="text/html; charset=utf-8"))
    person.open("/tiep-can/")
    with pytest.raises(AssertionError, match="label"):
        person.check()


PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Một trang</title></head><body><main>
<h1>Một trang</h1><noscript><p>Không có</p></noscript>
<script>window.ran = document.title = 'chạy'</script>
<button onclick="window.ran = document.title = 'chạy'">Nhấn</button></main></body></html>"""
