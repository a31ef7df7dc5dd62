"""A page that is read as XML is the same tree, and a fault in it is found as the strict parser finds it."""

import random
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.stages import Stage
from tests import html_parsing
from tests.builders import make_consultation
from tests.html_parsing import parse, strictly
from tests.responses.desk_builder import make_desk

HERE = "/lay-y-kien/phan-loai-rac/"
PAGES = ("/", "/en/", HERE, f"{HERE}du-thao/1/", f"{HERE}y-kien/", f"{HERE}y-kien/1/", f"{HERE}gop-y/?tai=d2",
         f"{HERE}tong-hop/", f"{HERE}y-kien/thong-ke/", "/dang-nhap/", "/tra-cuu/", "/nhat-ky/")  # fmt: skip
BROKEN = 200
TAG = re.compile(r"</?[a-z][^>]*>")


@pytest.fixture
def pages(app: Flask, app_session: Session) -> list[str]:
    """Pages of many kinds, with comments and tables on them."""
    desk = make_desk(app_session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    desk.receive("Đường vào xã < hẹp & xấu “quá”.", "Nước giếng đục.\n\nHai đoạn.")
    make_consultation(app_session, Stage.OPEN, now=clock.now(), slug="mot-dot-khac")
    client = app.test_client()
    here = f"/lay-y-kien/{desk.matter.slug}/"
    return [client.get(page.replace(HERE, here), follow_redirects=True).get_data(as_text=True) for page in PAGES]


def told(root: Any) -> list[tuple[object, ...]]:
    """All that a tree holds, in order."""
    return [
        (one.tag if isinstance(one.tag, str) else "#", sorted(one.attrib.items()), one.text or "", one.tail or "")
        for one in root.find("body").iter()
    ]


def trimmed(elements: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Without blanks around texts: behind the body HTML keeps them elsewhere."""
    return [(tag, attributes, str(text).strip(), str(tail).strip()) for tag, attributes, text, tail in elements]


def test_both_parsers_read_the_same(pages: list[str]) -> None:
    for html in pages:
        root = html_parsing._as_xml(html)
        strict, said = strictly(html)
        assert root is not None and said == []
        assert trimmed(told(root)) == trimmed(told(strict))


def test_a_page_that_was_seen_is_not_read_strictly_again(pages: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for html in pages:
        parse(html)
    monkeypatch.setattr(html_parsing, "strictly", lambda html: pytest.fail("read strictly again"))
    assert [parse(html)[1] for html in pages] == [[]] * len(pages)


def test_whatever_is_broken_is_found_as_before(pages: list[str]) -> None:
    """A tag goes, comes twice, or stands at the place of another, on pages whose like were all good."""
    chance = random.Random(7)
    for html in pages:
        parse(html)
    found = 0
    for _ in range(BROKEN):
        html = broken(chance.choice(pages), chance)
        said = parse(html)[1]
        found += bool(said)
        assert bool(said) == bool(strictly(html)[1]), html[:2_000]
    assert found > BROKEN / 2


def broken(html: str, chance: random.Random) -> str:
    """One tag of a page gone, doubled, exchanged with another, or spoilt."""
    one, other = sorted(chance.sample(list(TAG.finditer(html)), 2), key=lambda found: found.start())
    way = chance.randrange(5)
    if way == 0:
        return html[: one.start()] + html[one.end() :]
    if way == 1:
        return html[: one.end()] + one[0] + html[one.end() :]
    if way == 2:
        return html[: one.start()] + other[0] + html[one.end() : other.start()] + one[0] + html[other.end() :]
    if way == 3:
        return html[: one.start()] + html[one.start() + 1 :]
    return html[: one.end()] + chance.choice(["&foo;", "&", "<", "<b>", "</b>", "<p>", "<!--x"]) + html[one.end() :]
