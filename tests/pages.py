"""The site as a person's browser meets it: every HTML answer is checked, links are followed, forms are sent."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.html_parsing import parse
from tests.html_rules import problems_in, words_of
from tests.page_forms import Form, Value

MOST_REDIRECTS = 5
MOST_STEPS = 100
SITE = "http://localhost"


class Page:
    """One answer. Beside `status`, `headers`, `body` and `address` it reads as a person does: title, words, links.
    `opened` is whether it stands under its address, and was not the answer to something sent."""

    def __init__(self, browser: "Browser", address: str, answer: TestResponse) -> None:
        self.browser = browser
        self.address = address
        self.status = answer.status_code
        self.headers = answer.headers
        self.body = answer.get_data()
        answer.close()
        self.is_html = (answer.mimetype or "") == "text/html"
        self.opened = True
        self.json = answer.get_json(silent=True) if answer.is_json else None
        if self.is_html:
            self.root, self.parsed_with = parse(self.html)

    @property
    def html(self) -> str:
        """The answer as text."""
        return self.body.decode("utf-8")

    @property
    def title(self) -> str:
        """What stands in the tab."""
        return words_of(self.root.xpath("//title")[0])

    @property
    def heading(self) -> str:
        """The one h1."""
        return words_of(self.root.xpath("//h1")[0])

    @property
    def text(self) -> str:
        """Every word of the body, white space as single spaces."""
        return words_of(self.root.xpath("//body")[0])

    def find(self, xpath: str) -> list[Any]:
        """The elements, attributes or texts that an XPath names."""
        return self.root.xpath(xpath)

    def words(self, xpath: str) -> list[str]:
        """The words of every element that an XPath names."""
        return [words_of(element) for element in self.find(xpath)]

    def link(self, words: str) -> str:
        """The address behind the first link with these words, whole or as its beginning. LookupError when none has."""
        links = [(words_of(link), link.get("href")) for link in self.find("//a[@href]")]
        for said, address in links:
            if said == words:
                return urljoin(self.address, address)
        for said, address in links:
            if said.startswith(words):
                return urljoin(self.address, address)
        raise LookupError(f"no link {words!r} on {self.address}; there are {[said for said, _ in links]}")

    def click(self, words: str) -> "Page":
        """Follows a link."""
        return self.browser.get(self.link(words))

    def forms(self) -> list[Form]:
        """All forms of the page."""
        return [Form(self.root, element) for element in self.find("//form")]

    def form(self, called: str | None = None) -> Form:
        """The form with that id, or with a field or button called so; without a name, the only one in <main>."""
        if called is None:
            inside = [Form(self.root, element) for element in self.find("//main//form")]
            if len(inside) != 1:
                raise LookupError(f"{len(inside)} forms in <main> of {self.address}: say which by a field or button")
            return inside[0]
        for form in self.forms():
            if form.answers_to(called):
                return form
        raise LookupError(f"no form called {called!r} on {self.address}")

    def submit(
        self, values: Mapping[str, Value] | None = None, button: str | None = None, form: str | None = None
    ) -> "Page":
        """Fills a form (see `form`; by default the one with that button) and presses a button: the page after it."""
        return self.browser.send(self, self.form(form or button).fill(values or {}), button)

    def walk(self, values: Mapping[str, Value] | None = None, button: str = "", onward: str = "Tiếp tục") -> "Page":
        """The same for a form in several steps: each takes the values that it has fields for, and `onward` is pressed
        until there is `button`. Ends early where a step comes back with errors. LookupError for a value that no step
        took, and where so many steps lead to no such button."""
        left, page = dict(values or {}), self
        for _ in range(MOST_STEPS):
            form = page.form(button) if any(one.answers_to(button) for one in page.forms()) else page.form(onward)
            here = {what: left.pop(what) for what in list(left) if form.answers_to(what)}
            last = form.answers_to(button)
            page = page.browser.send(page, form.fill(here), button if last else onward)
            if last or page.errors():
                break
        else:
            raise LookupError(f"{MOST_STEPS} steps from {self.address} lead to no button {button!r}")
        if left and not page.errors():
            raise LookupError(f"no step took {sorted(left)}")
        return page

    def errors(self) -> list[str]:
        """What the summary of errors at the top says."""
        return self.words("//*[@role = 'alert']//li")


class Browser:
    """A browser with cookies of its own that runs no script."""

    def __init__(self, app: Flask, **environment: Any) -> None:
        self.client = app.test_client()
        self.environment = environment

    def get(self, address: str, status: int | None = 200, **options: Any) -> Page:
        """Opens an address, through redirects. `status` is what it must end in; None takes any."""
        return self._open("GET", address, status, **options)

    def post(self, address: str, data: Any = None, status: int | None = 200, **options: Any) -> Page:
        """Sends something by hand: what no form of the site would send."""
        return self._open("POST", address, status, data=data, **options)

    def send(self, page: Page, form: Form, button: str | None = None, status: int | None = None) -> Page:
        """Sends a form of `page` as a browser would."""
        address = urljoin(page.address, form.target(button))
        pairs = form.sent(button)
        if form.method == "get":
            words = [(name, value) for name, value in pairs if isinstance(value, str)]
            return self._open("GET", urlsplit(address).path, status, query_string=MultiDict(words))
        return self._open("POST", address, status, **_sending(page, form, pairs))

    def press(self, page: Page, values: Mapping[str, Value], button: str) -> int:
        """Fills the form of `page` with that button and presses it, going nowhere from there: the status."""
        form = page.form(button).fill(values)
        address = urljoin(page.address, form.target(button))
        answer = self.client.post(address, **_sending(page, form, form.sent(button)))
        answer.close()
        return answer.status_code

    def _open(self, method: str, address: str, status: int | None, **options: Any) -> Page:
        for _ in range(MOST_REDIRECTS):
            answer = self.client.open(address, method=method, environ_overrides=dict(self.environment), **options)
            if answer.status_code not in {301, 302, 303, 307, 308}:
                page = self._checked(address, answer, status)
                page.opened = method == "GET"
                return page
            address = self._next(address, answer.headers["Location"])
            if answer.status_code not in {307, 308}:
                method, options = "GET", {}
        raise AssertionError(f"redirected more than {MOST_REDIRECTS} times, last to {address}")

    def _next(self, address: str, location: str) -> str:
        target = urlsplit(urljoin(f"{SITE}{address}", location))
        assert target.netloc in {"", urlsplit(SITE).netloc}, f"{address} leads away from the site, to {location}"
        return f"{target.path}?{target.query}" if target.query else target.path

    def _checked(self, address: str, answer: TestResponse, status: int | None) -> Page:
        page = Page(self, address, answer)
        assert status in (None, page.status), f"{address} answered {page.status} instead of {status}: {_said(page)}"
        assert page.status < 500 or page.status == status, f"{address} failed with {page.status}: {_said(page)}"
        # What other sites take in is a piece of a page.
        if page.is_html and not address.endswith("/manh-tin.html"):
            problems = problems_in(page.root, page.parsed_with)
            assert not problems, f"{address} is not a good page:\n" + "\n".join(problems)
        return page


def _said(page: Page) -> str:
    """How an answer begins."""
    return page.text[:400] if page.is_html else page.body[:400].decode(errors="replace")


def _sending(page: Page, form: Form, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What the test client is to send: fields, kind and headers."""
    data: MultiDict[str, Any] = MultiDict()
    for name, value in pairs:
        # Several files may be chosen in one field.
        for one in value if isinstance(value, list) else [value]:
            data.add(name, _part(one))
    kind = "multipart/form-data" if form.holds_files else "application/x-www-form-urlencoded"
    return {"data": data, "content_type": kind, "headers": _as_from(page)}


def _part(value: Any) -> Any:
    """A file as the test client takes it, a text with the line ends that browsers send."""
    if isinstance(value, tuple):
        content, name = value
        return BytesIO(content), name
    return value.replace("\r\n", "\n").replace("\n", "\r\n")


def _as_from(page: Page) -> dict[str, str]:
    return {"Origin": SITE, "Referer": f"{SITE}{page.address}", "Sec-Fetch-Site": "same-origin"}
