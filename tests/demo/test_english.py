"""The English pages of the demonstration, for everybody and for people of each kind: what is Vietnamese says so, and
none of the desk is a dead end."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from consult.people.models import User
from tests.application import sign_in
from tests.demo.ways_back import dead_ends
from tests.pages import Browser, Page

pytestmark = pytest.mark.slow

LETTER = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
NUMERIC_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/20\d\d\b")
UNREAD = {"script", "style"}
OF_EACH_KIND = 3
STARTS = ("/en/", "/en/xu-ly/", "/en/to-chuc/", "/en/quan-tri/", "/en/tim-kiem/?q=rac", "/en/khong-co-trang-nay/")
Known = dict[str, list[str] | None]
"""The links of public pages by address; None for a file."""
FILES = ("/tep/", "/tai-ve/", "/tieng/", "/dang-xuat/")


def unmarked(page: Page) -> list[str]:
    """The texts of a page with Vietnamese letters that lie in no element that says so."""
    (body,) = page.find("//body")
    return list(_unmarked(body, next(body.iterancestors()).get("lang", "")))


def _unmarked(element: Any, around: str) -> Iterator[str]:
    """Those within an element that stands in something of the language `around`."""
    spoken = element.get("lang", around)
    if spoken != "vi" and element.text and LETTER.search(element.text):
        yield element.text.strip()
    for child in element:
        # A comment has something else for a tag.
        if isinstance(child.tag, str) and child.tag not in UNREAD:
            yield from _unmarked(child, spoken)
        if spoken != "vi" and child.tail and LETTER.search(child.tail):
            yield child.tail.strip()


def pages(site: Flask, browser: Browser, known: Known) -> tuple[list[Page], int]:
    """Some pages of each kind that links lead to, and how many more there were; of what gives files, some files are
    looked at for a page. What is public is the same bytes for everybody (tests/house/routes/test_matrix.py): what is
    `known` is not read again."""
    waiting, seen, kinds, files, found, again = deque(STARTS), set(), Counter[str](), Counter[str](), [], 0
    addresses = site.url_map.bind("localhost")
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        if address in seen or any(part in path for part in FILES):
            continue
        seen.add(address)
        try:
            kind = addresses.match(path.removeprefix("/en"))[0]
        except HTTPException:
            kind = path
        if OF_EACH_KIND in {kinds[kind], files[kind]}:
            continue
        if address in known:
            links, again = known[address], again + 1
        else:
            page = browser.get(address, status=None)
            links = _links(page) if page.is_html else None
            found += [page] if page.is_html else []
            if getattr(site.view_functions.get(kind), "access", ("",))[0] == "public":
                known[address] = links
        (files if links is None else kinds)[kind] += 1
        waiting.extend(links or ())
    return found, again


def _links(page: Page) -> list[str]:
    """The English addresses that a page leads to."""
    links = (urljoin(page.address, link).partition("#")[0] for link in page.find("//a/@href"))
    return [link.removeprefix("http://localhost") for link in links if "/en/" in link[:24]]


@pytest.fixture(scope="module")
def known() -> Known:
    """What anybody may read and somebody has read."""
    return {}


@pytest.mark.parametrize(
    "who", ["", "can-bo-so", "lanh-dao-qlda", "cong-bo-so", "ban-thuong-truc", "soan-ldld", "quan-tri"]
)
def test_what_is_vietnamese_says_so_days_are_in_words_and_ways_lead_back(
    own_site: Flask, shown: Session, who: str, known: Known
) -> None:
    browser = Browser(own_site)
    if who:
        sign_in(browser, shown.scalars(select(User).where(User.mail == f"{who}@example.vn")).one())
    found, again = pages(own_site, browser, known)
    assert len(found) + again > 25
    wrong = [(page.address, text[:80]) for page in found for text in unmarked(page)]
    assert not wrong, wrong[:20]
    law = "ancestor-or-self::*[@lang = 'vi'] or ancestor::table"
    days = [
        (page.address, text)
        for page in found
        for text in page.find(f"//main//text()[not({law})]")
        if NUMERIC_DAY.search(text)
    ]
    assert not days, days[:20]
    assert not (ends := dead_ends(own_site, browser, found)), ends
