"""Pages of results kept as bytes: in a room of their own, so that free words cannot crowd out what people read.

A page is shown again only while no matter was touched and the index holds what it held: each public act changes one of
these, so that what is withheld is gone for the next reader.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask

from consult.search import forms
from consult.search.engines.seam import Search, Unavailable
from consult.search.service import DEEPEST_PAGE
from consult.web.context import LANGUAGE
from consult.web.page_cache import CachingMiddleware, Freshness, Key, PageCache

PATH = "/tim-kiem/"
SHARE = 16
"""Of so many parts of the room for pages, results get one."""

LONGEST_QUERY = 1500
PARAMETERS = frozenset({"q", "loai", "dot", "nguon", "ket-qua", "nam", "trang"})


def key_of(environ: dict[str, Any]) -> Key | None:
    """Language and canonical question of a request for results; None for anything else, and for look-up codes."""
    query = environ.get("QUERY_STRING", "")
    if environ.get("PATH_INFO") != PATH or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    if len(query) > LONGEST_QUERY:
        return None
    parts = parse_qsl(query, keep_blank_values=True)
    given = dict(parts)
    if len(given) < len(parts) or not PARAMETERS.issuperset(given):
        return None
    question = forms.asked(given)
    if forms.code_in(question):
        return None
    return environ[LANGUAGE], PATH, f"{forms.query_of(question)}&{min(question.page, DEEPEST_PAGE)}"


def register(app: Flask, state_of_lists: Callable[[datetime], str | None]) -> None:
    """Puts the pages of results in front of `app`. `state_of_lists` asks the database once whether anything public
    changed."""
    cache = PageCache(app.config["PAGE_CACHE_BYTES"] // SHARE)
    app.extensions["consult.search_pages"] = cache
    engine: Search = app.extensions["consult.search"]

    def state(_path: str, now: datetime) -> str | None:
        try:
            index = engine.version()
        except Unavailable:
            return None
        lists = state_of_lists(now)
        return f"{lists}|{index}" if lists is not None else None

    fresh: Freshness = state
    app.wsgi_app = CachingMiddleware(app.wsgi_app, cache, fresh, key_of)  # type: ignore[method-assign]
