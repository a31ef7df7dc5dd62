"""Shared public pages as bytes: looked up before any other work on a request, with one statement for freshness."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request

from consult.web import context

Freshness = Callable[[str], str | None]
"""The state of what an address (path and canonical query) shows, as a short text; None when it is not to be kept."""

LONGEST_QUERY = 200
COMPRESSION = 6


@dataclass(frozen=True)
class Kept:
    """A page as it goes over the wire."""

    body: bytes
    zipped: bytes
    media_type: str
    etag: str
    language: str

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.zipped)


class PageCache:
    """At most `limit` bytes of pages, the least recently read going first; shared by the threads of a process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self.pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """The page kept under `key`."""
        with self.lock:
            found = self.pages.get(key)
            if found is not None:
                self.pages.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], page: Kept) -> None:
        """Keeps `page`, unless it alone would take a quarter of the room."""
        if page.weight * 4 > self.limit:
            return
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.weight += page.weight
            while self.weight > self.limit:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: tuple[str, ...]) -> None:
        dropped = self.pages.pop(key, None)
        if dropped is not None:
            self.weight -= dropped.weight


def register(app: Flask, freshness: Freshness) -> None:
    """Puts the cache before everything else of `app`. `freshness` asks the database in one statement."""
    cache = PageCache(app.config["PAGE_CACHE_BYTES"])
    app.extensions["consult.page_cache"] = cache

    def look_up() -> Response | None:
        if request.method not in {"GET", "HEAD"} or len(request.query_string) > LONGEST_QUERY:
            return None
        state = freshness(request.path)
        if state is None:
            return None
        g.page_key = (context.language(), request.path, canonical_query(), state)
        found = cache.get(g.page_key)
        return answer(found) if found is not None else None

    def keep(response: Response) -> Response:
        key = g.pop("page_key", None)
        if key is None or response.status_code != 200 or response.is_streamed or "Set-Cookie" in response.headers:
            return response
        page = kept(response, key[0])
        cache.put(key, page)
        return answer(page)

    app.before_request_funcs.setdefault(None, []).insert(0, look_up)
    app.after_request(keep)


def canonical_query() -> str:
    """The query with its parts in order, so that two spellings of one page are one."""
    return "&".join(sorted(f"{name}={value}" for name, value in request.args.items(multi=True)))


def kept(response: Response, language: str) -> Kept:
    """`response` as it is kept: its bytes, compressed once, and named by their content."""
    body = response.get_data()
    etag = hashlib.sha256(body).hexdigest()[:32]
    zipped = gzip.compress(body, COMPRESSION, mtime=0)
    return Kept(body, zipped, response.headers.get("Content-Type", "text/html; charset=utf-8"), etag, language)


def answer(page: Kept) -> Response:
    """The answer to this request from a kept page: 304 when the reader has it, gzipped when they take that."""
    headers: dict[str, Any] = {
        "ETag": f'"{page.etag}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Content-Language": page.language,
    }
    if page.etag in request.if_none_match:
        return Response(status=304, headers=headers)
    zip_it = "gzip" in request.headers.get("Accept-Encoding", "")
    if zip_it:
        headers["Content-Encoding"] = "gzip"
    return Response(page.zipped if zip_it else page.body, headers=headers, content_type=page.media_type)
