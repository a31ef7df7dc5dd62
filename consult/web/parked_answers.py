"""POST, 303, GET for every form: a page that answers what was sent gets an address of its own, so that reload, Back and
a second tab find it again with every word that was typed, and no browser asks whether to send once more.

The page waits for an hour in a folder of its own, under a name that nobody can guess; its address is the form's own
with `?giu=`. What answers a signed-in person is given to that person alone. A view that has a better address for what
it did sends there itself. A page that shows a secret says so (`hold_back`) and waits nowhere.
"""

import json
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from consult import clock
from consult.clock import Uptime
from consult.errors import Unavailable
from consult.files.places.opening import Where, place_at
from consult.web import context, queries

LIFE = timedelta(hours=1)
UNKNOWN, TOO_MANY, BROKEN = 404, 429, 500
"""What is the site's own fault, or one of too many, has no address: who reloads it tries once more, and a flood writes
nothing to the disk. Nor has what does not exist: there is no form there."""
OUTCOMES = frozenset({200, 409, 422})
"""What signed-in people get an address for: what came of it, what others changed meanwhile, what is wrong in it. Who
may not, or has to sign in anew, is told so at once."""
_NAME = re.compile(r"[0-9a-f]{64}")


class ParkedAnswers:
    """Pages at a place of their own, each in a file of its own. They need not outlive a power cut."""

    def __init__(self, where: Where, uptime: Callable[[], Uptime] = clock.uptime) -> None:
        self.place = place_at(where)
        self.uptime = uptime

    def put(self, status: int, html: str, now: datetime, owner: str = "") -> str:
        """Keeps a page from `now` on, for `owner` alone unless it is anybody's; gives its name. Raises OSError where
        there is no room, or nobody answers."""
        name = secrets.token_hex(32)
        at, *running = clock.noted(now, self.uptime())
        page = json.dumps([at, status, html, owner, *running])
        self.place.write(f"{name}.json", page.encode(), durable=False)
        return name

    def find(self, name: str, now: datetime, owner: str = "") -> tuple[int, str] | None:
        """Status and words of a page; None for one that was never kept, too long ago, or for somebody else."""
        if not _NAME.fullmatch(name):
            return None
        try:
            waited, status, html, whose = self._read(f"{name}.json", now)
        except Unavailable:
            raise
        except (OSError, ValueError):
            return None
        return (status, html) if whose == owner and waited < LIFE else None

    def sweep(self, _session: Any, now: datetime) -> None:
        """Lets go of what waited long enough at `now`: a chore of the worker."""
        before = (now - LIFE).timestamp()
        for old in [one.name for one in self.place.listed() if one.modified < before]:
            # Its file may look old because the clock was put ahead meanwhile.
            with suppress(FileNotFoundError):
                if self._waited(old, now) >= LIFE:
                    self.place.remove(old)

    def _waited(self, name: str, now: datetime) -> timedelta:
        try:
            return self._read(name, now)[0]
        except ValueError:
            return timedelta.max

    def _read(self, name: str, now: datetime) -> tuple[timedelta, int, str, str]:
        """How long a page has waited, by a clock that nobody puts right; its status, its words, and whose it is."""
        at, status, html, whose, *running = json.loads(self.place.read(name))
        return clock.waited([at, *running], now, self.uptime()), status, html, whose


def hold_back() -> None:
    """The page that answers this request shows what no file of the site may hold: it gets no address."""
    g.held_back = True


def park(answer: Response) -> Response:
    """The way to the page instead of the page itself, for what somebody sent by a form."""
    if g.get("held_back") or request.method != "POST" or context.by_program() or not _is_page(answer):
        return answer
    if queries.of_a_form(request.path):
        return answer if _has_no_address(answer) else _at(answer, request.path)
    if answer.status_code in OUTCOMES and _of_signed_in():
        others = [one for one in request.args.items(multi=True) if one[0] != queries.PARKED]
        return _at(answer, request.path, others)
    return answer


def parked(page: ResponseReturnValue, address: str, fragment: str = "") -> ResponseReturnValue:
    """The way to a page that answers what was sent, at another address than the form's own; the page itself where there
    is no room. `fragment` is the part of it to go on at."""
    return _at(current_app.make_response(page), address.removeprefix(request.script_root), fragment=fragment)


def bring() -> ResponseReturnValue | None:
    """The page that an address names, where no view looks at who asks: of a form that anybody sends, and of what only
    takes something. Once it was let go: the form as it is now, where its codes are typed, or the page around it."""
    name, anybodys = request.args.get(queries.PARKED, ""), queries.of_a_form(request.path)
    lone = request.routing_exception is not None
    if request.method not in {"GET", "HEAD"} or not name or not (anybodys or lone and _of_signed_in()):
        return None
    page = found()
    if page is not None or not lone:
        return page
    return redirect(request.script_root + (_codes_page() if anybodys else _around(request.path)), 303)


def found() -> ResponseReturnValue | None:
    """The page that the address names, for whom it was kept; None for none, or one that was let go."""
    name = request.args.get(queries.PARKED, "")
    page = _kept().find(name, context.arrived_at(), _owner()) if name else None
    return Response(page[1], page[0], mimetype="text/html") if page is not None else None


def _at(answer: Response, path: str, others: Sequence[tuple[str, str]] = (), fragment: str = "") -> Response:
    """The way to this page, kept at a path; where there is no room, the answer itself is better than none."""
    try:
        name = _kept().put(answer.status_code, answer.get_data(as_text=True), context.arrived_at(), _owner())
    except OSError:
        return answer
    query = urlencode([*others, (queries.PARKED, name)])
    return redirect(f"{request.script_root}{path}?{query}" + (f"#{fragment}" if fragment else ""), 303)  # type: ignore[return-value]


def _owner() -> str:
    """To whom alone a page at this address is given; empty for what anybody sends without signing in."""
    return "" if queries.of_a_form(request.path) else str(context.actor().user_id)


def _is_page(answer: Response) -> bool:
    return answer.mimetype == "text/html" and not answer.is_streamed


def _has_no_address(answer: Response) -> bool:
    status = answer.status_code
    return 300 <= status < 400 or status in {UNKNOWN, TOO_MANY} or status >= BROKEN


def _of_signed_in() -> bool:
    """Whether this address shows or takes something for who is signed in."""
    access = getattr(current_app.view_functions.get(request.endpoint or _taking(request.path)), "access", ("",))
    return bool(access[0] == "signed_in") and context.actor().user_id is not None


def _taking(path: str, method: str = "POST") -> str:
    """The view that takes something at a path; empty when there is none."""
    try:
        endpoint, _values = current_app.url_map.bind_to_environ(request.environ).match(path, method=method)
    except HTTPException:
        return ""
    return str(endpoint)


def _codes_page() -> str:
    return "/".join(request.path.split("/")[:3]) + "/"


def _around(path: str) -> str:
    """The nearest page above a path that only takes something."""
    while path != "/" and not _taking(path, "GET"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return path


def _kept() -> ParkedAnswers:
    return ParkedAnswers(current_app.config["ANSWERS_FOLDER"])


def register(app: Flask) -> None:
    """Parks what `app` answers, before headers are put on it."""
    app.before_request(bring)
    app.after_request(park)
