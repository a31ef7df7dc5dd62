"""A real Chromium that reads what was typed: it complains about everything that would run."""

from collections import deque
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Browser as Chromium

from tests.arriving import asked
from tests.demo.every_form import local
from tests.demo.suite import Suite
from tests.live import DESK, Visitor
from tests.pages import Browser

# Beside what Chromium says itself: what stands there, once scripts have fetched and made their parts of a page.
STANDING = """() => [...document.querySelectorAll('*')].flatMap(one => [
  ...(/^(iframe|frame|object|embed|applet|base|math|marquee)$/i.test(one.localName) ? [one.outerHTML] : []),
  ...[...one.attributes].filter(at => /^(on|srcdoc|http-equiv)/i.test(at.name)
    || /^(href|src|action|formaction|data|poster|xlink:href)$/i.test(at.name)
    && /^\\s*(javascript|vbscript|data):/i.test(at.value)).map(at => `${at.name}=${at.value}`)])"""
TEXT = "() => document.body.textContent"
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map(one => one.getAttribute('href'))"
FILES = ("/tai-ve/", "/tep/", "/tieng/")


class Reader:
    """One person who looks at one page of each kind that is not in `kinds` yet; `shown` are the strings with markup
    that stood there as text."""

    def __init__(
        self, chromium: Chromium, address: str, kind: Callable[[str], str], suite: Suite, kinds: set[str]
    ) -> None:
        self.visitor = Visitor(chromium, address, True, DESK)
        self.visitor.page.on("dialog", self._dialog)
        self.kind = kind
        self.marked = [word for word in suite.all if "<" in word]
        self.shown: set[str] = set()
        self.kinds = kinds

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_error: object) -> None:
        self.visitor.leave()

    def is_signed_in(self, browser: Browser) -> None:
        """Takes over the sign-in of `browser`."""
        cookie = browser.client.get_cookie("consult")
        assert cookie is not None
        kept = {"name": "consult", "value": cookie.value, "url": self.visitor.address}
        self.visitor.context.add_cookies([kept])  # type: ignore[list-item]

    def read(self, addresses: Iterable[str], within: tuple[str, ...] = ()) -> None:
        """Opens these, and what their links lead to `within` some part of the site."""
        waiting = deque(addresses)
        while waiting:
            address = waiting.popleft()
            kind = self.kind(address)
            a_page = urlsplit(address).path.endswith("/") and not any(part in address for part in FILES)
            if not a_page or not kind or kind in self.kinds:
                continue
            self.kinds.add(kind)
            page = self.visitor.open(address)
            standing = asked(page, STANDING)
            assert not standing, (address, standing)
            text = asked(page, TEXT)
            self.shown.update(word for word in self.marked if word in text)
            found = [local(urlsplit(page.url).path, link) for link in asked(page, LINKS)]
            waiting.extend(one for one in found if within and one.startswith(within))
        assert not self.visitor.troubles, self.visitor.troubles[:10]

    def _dialog(self, dialog: object) -> None:
        self.visitor.troubles.append(f"a dialog: {dialog}")
        dialog.dismiss()  # type: ignore[attr-defined]
