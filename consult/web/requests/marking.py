"""Every request has an id: in a header of its answer, on the page of an error, and in every line of the log about it.

It stands before everything else, so that it also sees what a kept page answers and what never became a request of
Flask. What it writes and counts of a request are its method, the rule of its route, its status, and numbers: never its
address, its query, what was sent, or who sent it.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from werkzeug.wsgi import ClosingIterator

from consult.traces import measurements, request_marks
from consult.traces.request_marks import Mark
from consult.web.files import assets

HEADER = "X-Request-ID"
GIVEN = "HTTP_X_REQUEST_ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "OTHER"
"""Anybody may make a word up: what is written is ours."""
NO_ROUTE = "none"
BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds up to which durations are counted together."""
SLOWEST = "+Inf"
OF_SERVER = "filelike"
"""What a file has that the server itself sends (gunicorn's wrapper, which must reach it as it is)."""

WsgiApp = Callable[..., Iterable[bytes]]


class RequestMarks:
    """The WSGI application that gives each request its id. That of a proxy of our own is taken, in front of which no
    visitor can say one; without `proxies` nobody's is."""

    def __init__(self, application: WsgiApp, proxies: int) -> None:
        self.application = application
        self.proxies = proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        mark = request_marks.begin(environ.get(GIVEN, "") if self.proxies else "")
        answer = Answer(mark, environ.get("REQUEST_METHOD", ""))
        own = [] if environ.get("PATH_INFO", "").startswith(assets.FOLDER) else [(HEADER, mark.id)]

        def started(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            answer.status = status
            named = any(name == HEADER for name, _ in headers)
            return start_response(status, headers if named else [*headers, *own], *failure)

        try:
            chunks = self.application(environ, started)
        except BaseException:
            # The mark stays: the page of the error is still to be made.
            answer.over("500")
            raise
        if isinstance(chunks, list) or hasattr(chunks, OF_SERVER):
            answer.ended()
            return chunks
        return ClosingIterator(chunks, answer.ended)


class Answer:
    """One request on its way: what is written of it and counted when it is over."""

    def __init__(self, mark: Mark, method: str) -> None:
        self.mark = mark
        self.method = method if method in METHODS else OTHER_METHOD
        self.status = ""
        self.begun = time.perf_counter()

    def ended(self) -> None:
        """It was answered, and this thread is free for another."""
        self.over(self.status)
        if request_marks.current() is self.mark:
            request_marks.end()

    def over(self, status: str) -> None:
        """Writes its line and counts it."""
        seconds = time.perf_counter() - self.begun
        mark, code = self.mark, status[:3]
        kept = {"kept": True} if mark.kept else {}
        left = {"messages": mark.messages[: request_marks.MOST_NAMED]} if mark.messages else {}
        with request_marks.of(mark):
            request_marks.tell(
                method=self.method, route=mark.rule or NO_ROUTE, status=int(code or 0), ms=round(1000 * seconds, 1),
                statements=mark.statements, **kept, **left,
            )  # fmt: skip
        if measurements.counts():
            _count(mark, code, seconds)


def _count(mark: Mark, code: str, seconds: float) -> None:
    about = {"route": mark.rule or NO_ROUTE, "status": f"{code[:1]}xx"}
    within = next((str(bound) for bound in BUCKETS if seconds <= bound), SLOWEST)
    measurements.count("request_seconds_bucket", le=within, **about)
    measurements.count("request_seconds_sum", seconds, **about)
    measurements.count("statements", mark.statements, route=about["route"])
    if mark.kept or mark.made:
        measurements.count("page_cache", result="kept" if mark.kept else "made")


def _know_the_rule(_endpoint: str | None, _values: Any) -> None:
    if request.url_rule is not None:
        request_marks.current().rule = request.url_rule.rule


def incident() -> str:
    """The code of this request as it is read on the telephone, which also stands in the log."""
    return request_marks.current().incident


def register(app: Flask) -> None:
    """Puts the marks in front of `app`, whose routes and pages they then know."""
    app.jinja_env.globals["incident"] = incident
    app.url_value_preprocessor(_know_the_rule)
    app.wsgi_app = RequestMarks(app.wsgi_app, app.config["PROXIES"])  # type: ignore[method-assign]
