"""Which pages are kept, which go first, and what of a request tells them apart: without a site."""

import gzip
from typing import Any

import pytest

from consult.web.context import ARRIVED, LANGUAGE
from consult.web.page_cache import CachedPage, CachingMiddleware, PageCache, kept, key_of, shared

ROOM = 10_000


def page(letters: int, state: str = "1") -> CachedPage:
    """A page of this many letters, all alike: zipped it weighs next to nothing."""
    return kept(state, b"x" * letters, [])


def key(name: str) -> tuple[str, str, str]:
    return "vi", f"/{name}/", ""


def test_a_page_as_heavy_as_a_quarter_of_the_room_is_not_kept() -> None:
    """Otherwise one long table would crowd out what everybody reads."""
    cache = PageCache(ROOM)
    for name in ("one", "two", "three"):
        cache.put(key(name), page(1_000))
    heavy, light = page(ROOM // 4), page(ROOM // 4 - 300)
    assert heavy.weight > ROOM // 4 >= light.weight
    cache.put(key("heavy"), heavy)
    assert cache.get(key("heavy"), "1") is None
    cache.put(key("light"), light)
    assert cache.get(key("light"), "1") is light
    assert all(cache.get(key(name), "1") for name in ("one", "two", "three"))


def test_a_page_that_grew_too_heavy_leaves_nothing_old_behind() -> None:
    cache = PageCache(ROOM)
    cache.put(key("one"), page(1_000))
    cache.put(key("one"), page(9_000, "2"))
    assert (len(cache.pages), cache.weight) == (0, 0)


def test_what_was_read_last_goes_last() -> None:
    cache = PageCache(ROOM)
    for name in ("one", "two", "three", "four"):
        cache.put(key(name), page(2_000))
    assert cache.get(key("one"), "1") is not None
    for name in ("five", "six"):
        cache.put(key(name), page(2_000))
    assert cache.get(key("one"), "1") is not None and cache.get(key("two"), "1") is None


@pytest.mark.parametrize(
    "header",
    [("Cache-Control", "private"), ("Cache-Control", "max-age=0, private"), ("vary", "Accept-Encoding, Cookie")],
)
def test_what_is_for_one_reader_is_shared_with_nobody(header: tuple[str, str]) -> None:
    assert not shared([("Content-Type", "text/html"), header])


def site(status: str = "200 OK", **asked: str) -> tuple[CachingMiddleware, PageCache, list[str], dict[str, Any]]:
    """Kept pages before a site that notes what it was asked, and a request."""
    noted: list[str] = []

    def answers(environ: dict[str, Any], start: Any) -> list[bytes]:
        noted.append(environ["REQUEST_METHOD"])
        start(status, [("Content-Type", "text/html")])
        return [f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode()]

    cache = PageCache(1_000_000)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/lay-y-kien/", "QUERY_STRING": "", LANGUAGE: "vi", ARRIVED: None}
    return CachingMiddleware(answers, cache, lambda _path, _now: "now"), cache, noted, {**environ, **asked}


def test_only_what_went_well_is_kept() -> None:
    for status, times in (("200 OK", 1), ("404 NOT FOUND", 2), ("500 INTERNAL SERVER ERROR", 2), ("302 FOUND", 2)):
        pages, cache, noted, environ = site(status)
        for _ in range(2):
            pages(dict(environ), lambda *_said: None)
        assert (len(noted), len(cache.pages)) == (times, 2 - times), status


def test_a_question_for_the_head_alone_keeps_nothing() -> None:
    pages, cache, noted, environ = site(REQUEST_METHOD="HEAD")
    pages(dict(environ), lambda *_said: None)
    assert (noted, len(cache.pages)) == (["HEAD"], 0)


def test_order_and_empty_values_make_one_page_of_a_query_and_free_words_none() -> None:
    """Whatever stands in a query, it is the same question in any order; words that anybody may make up have no key."""
    *_rest, environ = site()
    keys = {key_of({**environ, "QUERY_STRING": query}) for query in ("trang=2&loai=plan", "loai=plan&trang=2")}
    assert keys == {("vi", "/lay-y-kien/", "loai=plan&trang=2")}
    assert key_of({**environ, "QUERY_STRING": "trang="}) == ("vi", "/lay-y-kien/", "trang=")
    assert key_of({**environ, "QUERY_STRING": "trang=2&tu-khoa=rac"}) is None
    assert key_of({**environ, "REQUEST_METHOD": "POST"}) is None
    assert key_of({**environ, LANGUAGE: "en"}) == ("en", "/lay-y-kien/", "")


def test_what_is_made_anew_and_is_the_same_is_not_compressed_again() -> None:
    first = kept("1", b"the same", [])
    assert kept("2", b"the same", [], before=first).zipped is first.zipped
    other = kept("2", b"another", [], before=first)
    assert gzip.decompress(other.zipped) == b"another"


def test_a_page_is_held_against_the_one_it_replaces() -> None:
    pages, cache, noted, environ = site()
    states = iter(("1", "2"))
    pages.freshness = lambda _path, _now: next(states)
    found = []
    for _ in range(2):
        pages(dict(environ), lambda *_said: None)
        found.append(cache.pages["vi", "/lay-y-kien/", ""])
    assert len(noted) == 2 and found[0] is not found[1] and found[0].zipped is found[1].zipped
