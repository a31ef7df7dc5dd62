"""Shared public pages as bytes, before any other work on a request: one statement says whether they are still true.

It stands in front of Flask, so that a page that is kept costs neither a request context nor a session.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from consult import replica
from consult.traces import request_marks
from consult.web import queries
from consult.web.context import ARRIVED, LANGUAGE
from consult.web.files import assets

Freshness = Callable[[str, datetime], str | None]
"""The state of what a path shows at an instant, as a short text; None when it is not a shared page."""

WsgiApp = Callable[..., Iterable[bytes]]
Header = tuple[str, str]
Key = tuple[str, str, str]

PARAMETERS = frozenset({"trang", "tai", "giai-doan", "loai", "ket-qua", "nguon", "noi-dung", "thu-tu", "truoc"})
"""What may stand in the query of a page that is kept: with free words anybody could crowd out what people read."""

LONGEST_QUERY = 200
COMPRESSION = 6
OWN_HEADERS = frozenset(
    {"content-length", "content-encoding", "etag", "vary", "last-modified", "date", "cache-control"}
)
NO_USE_TO_A_FILE = frozenset({"content-disposition", "accept-ranges", "permissions-policy", "referrer-policy"})
"""Headers that say nothing about a style sheet, a script or a picture of the site."""

ANSWERED_HERE = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING"})
"""What the reader has and takes is compared here, and the site behind is to make the whole page."""

NO_ZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")


@dataclass(frozen=True)
class CachedPage:
    """A page as it goes over the wire, the state of the site that it shows, and the rule of its route."""

    state: str
    body: bytes
    zipped: bytes
    etag: str
    headers: tuple[Header, ...]
    rule: str = ""

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.body) + len(self.zipped) + sum(len(name) + len(value) for name, value in self.headers)


class PageCache:
    """At most `limit` bytes of pages, the least recently read going first; shared by the threads of a process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self.pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key, state: str) -> CachedPage | None:
        """The page kept under `key`, if it shows `state`."""
        with self.lock:
            found = self.pages.get(key)
            if found is None or found.state != state:
                return None
            self.pages.move_to_end(key)
            return found

    def put(self, key: Key, page: CachedPage) -> None:
        """Keeps `page` in the place of what it showed before, unless it alone would take a quarter of the room."""
        with self.lock:
            self._drop(key)
            if page.weight * 4 > self.limit:
                return
            self.pages[key] = page
            self.weight += page.weight
            while self.weight > self.limit:
                self._drop(next(iter(self.pages)))

    def clear(self) -> None:
        """Lets every page go."""
        with self.lock:
            for key in list(self.pages):
                self._drop(key)

    def _drop(self, key: Key) -> None:
        dropped = self.pages.pop(key, None)
        if dropped is not None:
            self.weight -= dropped.weight


class CachingMiddleware:
    """The WSGI application that answers from the cache, or fills it from the one behind it. `key` tells which requests
    a kept page could answer, by default those of `key_of`."""

    def __init__(
        self,
        application: WsgiApp,
        cache: PageCache,
        freshness: Freshness,
        key: Callable[[dict[str, Any]], Key | None] | None = None,
    ) -> None:
        self.application = application
        self.cache = cache
        self.freshness = freshness
        self.key = key or key_of

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = self.key(environ)
        state = self._state(key, environ)
        if key is None or state is None:
            return self.application(environ, start_response)
        page = self.cache.get(key, state)
        if page is not None:
            mark = request_marks.current()
            mark.rule, mark.kept = page.rule, True
        made = page or self._made(environ, start_response, key, state)
        return answered(made, environ, start_response) if isinstance(made, CachedPage) else made

    def _state(self, key: Key | None, environ: dict[str, Any]) -> str | None:
        try:
            state = self.freshness(key[1], environ[ARRIVED]) if key is not None else None
            return state and f"{state}{_as_of()}"
        except SQLAlchemyError:
            # The site behind answers what it has to say when the database is away.
            return None

    def _made(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: Key, state: str
    ) -> CachedPage | Iterable[bytes]:
        """The page as the site makes it, kept when everybody may have it; otherwise its answer as it is."""
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        told: list[Any] = []
        asked = {name: value for name, value in environ.items() if name not in ANSWERED_HERE}
        chunks = self.application(asked, lambda *said: told.append(said))
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = told[-1][:2]
        if not status.startswith("200") or not shared(headers):
            start_response(*told[-1])
            return [body]
        mark = request_marks.current()
        mark.made = True
        page = kept(state, body, headers, mark.rule, self.cache.pages.get(key))
        self.cache.put(key, page)
        return page


def _as_of() -> str:
    """What a page says beside its own when it is read from a replica whose primary is away: the minute it is of."""
    reading = replica.current()
    return f"@{reading.since:%F %H:%M}" if reading is not None and reading.since is not None else ""


def key_of(environ: dict[str, Any]) -> Key | None:
    """Language, path and canonical query of a request that a kept page could answer."""
    query = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or len(query) > LONGEST_QUERY:
        return None
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    if not query or path.startswith(assets.FOLDER):
        return environ[LANGUAGE], path, ""
    parts = sorted(parse_qsl(query, keep_blank_values=True))
    if any(name not in PARAMETERS for name, _ in parts):
        return None
    return environ[LANGUAGE], path, urlencode(parts)


def shared(headers: Iterable[Header]) -> bool:
    """Whether an answer is the same for everybody: it neither sets a cookie nor depends on one."""
    return all(
        name.lower() != "set-cookie"
        and not (name.lower() == "vary" and "cookie" in value.lower())
        and not (name.lower() == "cache-control" and ("no-store" in value or "private" in value))
        for name, value in headers
    )


def kept(
    state: str, body: bytes, headers: Iterable[Header], rule: str = "", before: CachedPage | None = None
) -> CachedPage:
    """An answer as it is kept: its bytes, compressed once, and named by their content. Most of what is made anew is the
    same as `before`."""
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    own = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    lasting = "no-cache"
    if state.startswith(assets.LASTING):
        lasting = "public, max-age=31536000, immutable"
        own = [(name, value) for name, value in own if name.lower() not in NO_USE_TO_A_FILE]
    own += [("ETag", etag), ("Cache-Control", lasting), ("Vary", "Accept-Encoding")]
    same = before is not None and before.etag == etag
    zipped = before.zipped if before and same else gzip.compress(body, COMPRESSION, mtime=0)
    return CachedPage(state, body, zipped, etag, tuple(own), rule)


def answered(page: CachedPage, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer to a request from a kept page: 304 when the reader has it, gzipped when they take that."""
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and (page.etag.removeprefix("W/") in known or known.strip() == "*"):
        start_response("304 NOT MODIFIED", [one for one in page.headers if one[0] != "Content-Type"])
        return []
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    zip_it = "gzip" in accepted and not NO_ZIP.search(accepted)
    body = page.zipped if zip_it else page.body
    encoding = [("Content-Encoding", "gzip")] if zip_it else []
    start_response("200 OK", [*page.headers, *encoding, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def register(app: Flask, freshness: Freshness) -> None:
    """Puts the cache in front of everything of `app` but the arrival, and before it what makes one query of the many
    ways to write it. `freshness` asks the database once."""
    cache = PageCache(app.config["PAGE_CACHE_BYTES"])
    app.extensions["consult.page_cache"] = cache
    files = assets.states(app.static_folder or "")

    def state(path: str, now: datetime) -> str | None:
        return files(path) if path.startswith(assets.FOLDER) else freshness(path, now)

    app.wsgi_app = queries.DeclaredQueries(CachingMiddleware(app.wsgi_app, cache, state), app)  # type: ignore[method-assign]
