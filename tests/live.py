"""The site on a real socket, and a real Chromium that looks at it, with and without JavaScript."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, SO_REUSEADDR, SOL_SOCKET, socket
from threading import Thread
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)
from werkzeug.serving import make_server

from tests.arriving import asked
from tests.contrast import UNREADABLE

PROGRAMS = ("chromium-headless-shell", "chromium")
"""Debian's Chromium without the parts that draw windows takes half the time of the whole one, and is taken first."""
# Chromium asks its maker's hosts for news at every start unless told not to; root needs it without its sandbox. What it
# draws nobody sees: a process of its own for that costs more than it gains.
QUIET = (
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Axe tells of every element that it found in order, too: a hundred times what is asked, and all carried to Python.
BARRIERS = """async ([tags, contrast]) => {
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, rules: {'color-contrast': {enabled: contrast}}, resultTypes: ['violations'],
  });
  const places = one => JSON.stringify(one.nodes.slice(0, 3).map(node => node.target));
  return found.violations.map(one => `${one.id}: ${one.help} at ${places(one)}`);
}"""
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


_ports = [0]
"""The last of them is where this process served last: most of its sites come one after the other, at one address."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of `app` on a free port of this machine, for as long as the block lasts."""
    server = make_server("127.0.0.1", _port(), app, threaded=True)
    connections: list[socket] = []
    begin = server.process_request

    def noted(connection: socket, client: Any) -> None:
        connections.append(connection)
        begin(connection, client)

    server.process_request = noted  # type: ignore[assignment, method-assign]
    _ports.append(server.server_port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        # A browser that kept one open would be answered on it by this site, when another is already at this address.
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


def _port() -> int:
    """Where this process served last, unless that is taken; then any."""
    with socket() as trial:
        trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", _ports[-1]))
            trial.listen()
        except OSError:
            return 0
        return _ports[-1]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window. Raises RuntimeError with the package's name when it is missing."""
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()


def launched(kind: BrowserType, *more: str) -> Browser:
    """A Chromium that is told `more` than all are."""
    found = [path for path in map(shutil.which, PROGRAMS) if path]
    if not found:
        raise RuntimeError(
            f"The tests need Chromium: apt-get install {PROGRAMS[0]} (or run make test, which installs it)."
        )
    return kind.launch(executable_path=found[0], args=[*QUIET, *more], chromium_sandbox=os.geteuid() != 0)


class Visitor:
    """One person at one screen, with a profile of their own. What the browser complains about, or loads from elsewhere,
    is kept in `troubles`."""

    def __init__(self, browser: Browser, address: str, javascript: bool, viewport: ViewportSize) -> None:
        self.address = address
        self.javascript = javascript
        self.troubles: list[str] = []
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=javascript,
            viewport=viewport,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            base_url=address,
        )
        self.page: Page = self.context.new_page()
        self.control: CDPSession | None = None
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("console", self._listen)
        self.page.on("request", self._watch)

    def leave(self) -> None:
        """Goes, and takes the profile along."""
        self.context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 409 is reported as not loaded, though it is what was asked for.
        of_the_page_itself = message.location.get("url") == self.page.url and message.text.startswith("Failed to load")
        if message.type in {"error", "warning"} and not of_the_page_itself:
            self.troubles.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"loads from elsewhere: {request.url}")

    def open(self, path: str) -> Page:
        """Goes to a path of the site."""
        self.page.goto(path)
        return self.page

    def check(self, contrast_by_axe: bool = False) -> None:
        """Raises AssertionError when this page is hard to use for somebody, wider than the screen, or complained.
        Contrast is worked out (`tests/contrast.py`), and found by axe where that is asked for."""
        # A click returns once the next page is begun; what is looked at is a page that is all there.
        self.page.wait_for_load_state()
        with self._scripts_for_axe():
            if not asked(self.page, "'axe' in window"):
                asked(self.page, AXE_SCRIPT)
            barriers = asked(self.page, BARRIERS, [WCAG, contrast_by_axe])
        self._refuse(barriers)
        self.check_colours()
        self.check_width()
        self._refuse(self.troubles)

    def check_colours(self) -> None:
        """Raises AssertionError when words on this page can hardly be told from what is behind them."""
        self._refuse(asked(self.page, UNREADABLE))

    def _refuse(self, found: list[str]) -> None:
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    @contextmanager
    def _scripts_for_axe(self) -> Iterator[None]:
        """Axe is a script: a visitor without script lets it run on this page. The site's own scripts were passed over
        when the page came, and stay so."""
        if self.javascript:
            yield
            return
        if self.control is None:
            self.control = self.context.new_cdp_session(self.page)
            # Only what a session itself has put off can it put on.
            self._put_scripts_off(True)
        self._put_scripts_off(False)
        try:
            yield
        finally:
            self._put_scripts_off(True)

    def _put_scripts_off(self, off: bool) -> None:
        assert self.control is not None
        self.control.send("Emulation.setScriptExecutionDisabled", {"value": off})

    def check_width(self) -> None:
        """Raises AssertionError when the page must be scrolled sideways."""
        wide = asked(self.page, "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels wider than the screen"
