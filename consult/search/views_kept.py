"""Pages of results kept as bytes: in a room of their own, so that free words cannot crowd out what people read.

A page is shown again only while no matter was touched and the index holds what it held: each public act changes one of
these, so that what is withheld is gone for the next reader.
"""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from sqlalchemy import Engine, func, select

from consult import clock, replica
from consult.compiled_statements import CompiledStatement
from consult.consultations.models import Consultation
from consult.search import forms, matters
from consult.search.engines.seam import Search, Unavailable
from consult.search.service import DEEPEST_PAGE
from consult.web.context import LANGUAGE
from consult.web.page_cache import CachingMiddleware, Freshness, Key, PageCache

PATH = "/tim-kiem/"
_STATE = CompiledStatement(
    select(func.count(), func.sum(Consultation.content_version), matters.SYNONYMS).where(
        Consultation.published_at.is_not(None)
    )
)
SHARE = 16
"""Of so many parts of the room for pages, results get one."""

LONGEST_QUERY = 1500
PARAMETERS = frozenset({"q", "loai", "dot", "nguon", "ket-qua", "nam", "dung", "trang"})


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


def register(app: Flask, database: Engine) -> None:
    """Puts the pages of results in front of `app`. One statement to `database` asks whether anything public changed,
    or which words mean the same."""
    cache = PageCache(app.config["PAGE_CACHE_BYTES"] // SHARE)
    app.extensions["consult.search_pages"] = cache
    engine: Search = app.extensions["consult.search"]

    def state(_path: str, now: datetime) -> str | None:
        try:
            index = engine.version()
        except Unavailable:
            return None
        count, versions, synonyms = _STATE.first_by_itself(replica.engine_of(database)) or (0, 0, 0)
        return f"{count}:{versions}:{synonyms}:{clock.local_day(now)}:{now:%H:%M}|{index}"

    fresh: Freshness = state
    app.wsgi_app = CachingMiddleware(app.wsgi_app, cache, fresh, key_of)  # type: ignore[method-assign]
