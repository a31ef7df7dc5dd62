"""POST, 303, GET for the public forms: a page that answers what was sent gets an address of its own, so that reload,
Back and a second tab find it again with every word that was typed, and no browser asks whether to send once more.

The page waits for an hour in a folder of its own, under a name that nobody can guess; its address is the form's own
with `?giu=`. A view that has a better address for what it did sends there itself.
"""

import json
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue

from consult.files.atomic_write import write_whole
from consult.web import context, queries

LIFE = timedelta(hours=1)
UNKNOWN, TOO_MANY, BROKEN = 404, 429, 500
"""What is the site's own fault, or one of too many, has no address: who reloads it tries once more, and a flood writes
nothing to the disk. Nor has what does not exist: there is no form there."""
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class ParkedAnswers:
    """Pages under `folder`, each in a file of its own. They need not outlive a power cut."""

    folder: Path

    def put(self, status: int, html: str, now: datetime) -> str:
        """Keeps a page from `now` on; gives its name. Raises OSError where there is no room."""
        name = secrets.token_hex(32)
        page = json.dumps([now.timestamp(), status, html])
        write_whole(self.folder / f"{name}.json", page.encode(), durable=False)
        return name

    def find(self, name: str, now: datetime) -> tuple[int, str] | None:
        """Status and words of a page; None for one that was never kept, or too long ago."""
        if not _NAME.fullmatch(name):
            return None
        try:
            at, status, html = json.loads((self.folder / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return (status, html) if now.timestamp() - at < LIFE.total_seconds() else None

    def sweep(self, _session: Any, now: datetime) -> None:
        """Lets go of what waited long enough at `now`: a chore of the worker."""
        before = (now - LIFE).timestamp()
        for path in self.folder.glob("*.json"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()


def park(answer: Response) -> Response:
    """The way to the page instead of the page itself, for what somebody sent by a public form."""
    if request.method != "POST" or not _is_of_a_form(answer):
        return answer
    try:
        name = _kept().put(answer.status_code, answer.get_data(as_text=True), context.arrived_at())
    except OSError:
        # Where there is no room, the answer itself is better than none.
        return answer
    return redirect(f"{request.script_root}{request.path}?{queries.PARKED}={name}", 303)  # type: ignore[return-value]


def parked(page: ResponseReturnValue, address: str, fragment: str = "") -> ResponseReturnValue:
    """The way to a page that answers a signed-in form, which only a view that checked who asks gives out again
    (`found`); the page itself where there is no room. `fragment` is the part of it to go on at."""
    answer = current_app.make_response(page)
    try:
        name = _kept().put(answer.status_code, answer.get_data(as_text=True), context.arrived_at())
    except OSError:
        return answer
    return redirect(f"{address}?{queries.PARKED}={name}" + (f"#{fragment}" if fragment else ""), 303)


def found() -> ResponseReturnValue | None:
    """The page that the address of a signed-in form names; None for none, or one that was let go."""
    name = request.args.get(queries.PARKED, "")
    page = _kept().find(name, context.arrived_at()) if name else None
    return Response(page[1], page[0], mimetype="text/html") if page is not None else None


def bring() -> ResponseReturnValue | None:
    """The page that an address names; once it was let go, the form as it is now, or where its codes are typed."""
    name = request.args.get(queries.PARKED, "")
    if request.method not in {"GET", "HEAD"} or not name or not queries.of_a_form(request.path):
        return None
    page = _kept().find(name, context.arrived_at())
    if page is not None:
        return Response(page[1], page[0], mimetype="text/html")
    if request.routing_exception is None:
        return None
    # What only takes something has no page of its own.
    return redirect(request.script_root + "/".join(request.path.split("/")[:3]) + "/", 303)


def _is_of_a_form(answer: Response) -> bool:
    page = answer.mimetype == "text/html" and not answer.is_streamed
    status = answer.status_code
    plain = page and not 300 <= status < 400 and status not in {UNKNOWN, TOO_MANY} and status < BROKEN
    return plain and queries.of_a_form(request.path) and not context.by_program()


def _kept() -> ParkedAnswers:
    return ParkedAnswers(current_app.config["ANSWERS_FOLDER"])


def register(app: Flask) -> None:
    """Parks what `app` answers, before headers are put on it."""
    app.before_request(bring)
    app.after_request(park)
