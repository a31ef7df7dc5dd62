"""Whether one gets from a page of the desk to the list that it belongs to, without the browser's own button."""

from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.pages import Browser, Page

DESK = "/en/xu-ly/"
NO_LIST = {"desk.answers.new", "desk.coordination.new"}
"""Forms at the address above that of a thing: who comes from one goes back to the comments."""
MATTER = ("dot/", "chuan-bi/", "tham-dinh/")
"""What is read as the page of a whole matter, beside the list of its comments."""


def dead_ends(site: Flask, browser: Browser, pages: Sequence[Page]) -> list[str]:
    """The pages of the desk among these from which no link leads up, each with where it should lead: the nearest
    address above that this person may open."""
    opens = _Opens(browser, {page.address: page.status == 200 for page in pages})
    found = []
    for page in pages:
        above = _above(site, opens, urlsplit(page.address).path)
        if above and page.status == 200 and not _leads(page, above):
            found.append(f"{page.address} has no link to {above}")
    return found


class _Opens:
    """Which addresses a person may open: each is asked for once, and none that was opened already."""

    def __init__(self, browser: Browser, known: dict[str, bool]) -> None:
        self.browser = browser
        self.known = known

    def __call__(self, path: str) -> bool:
        if path not in self.known:
            self.known[path] = self.browser.get(path, None).status == 200
        return self.known[path]


def _leads(page: Page, above: str) -> bool:
    linked = {urlsplit(urljoin(page.address, str(link))).path for link in page.find("//a/@href")}
    of_matter = above.count("/") == DESK.count("/") + 1
    return bool(linked & {above, *(f"{above}{end}" for end in MATTER if of_matter)})


def _above(site: Flask, opens: Callable[[str], bool], path: str) -> str:
    """The nearest address above one that a person may open; nothing for what is no page of a matter."""
    while path.startswith(DESK) and path.count("/") > DESK.count("/") + 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _is_list(site, path) and opens(path):
            return path
    return ""


def _is_list(site: Flask, path: str) -> bool:
    try:
        return site.url_map.bind("localhost").match(path.removeprefix("/en"))[0] not in NO_LIST
    except HTTPException:
        return False
