"""Maintenance: a command turns it on with words and the moment when it should be over, another turns it off; it is
never over by itself.

While the site is kept from changing (`reads`), pages go on and whatever is sent comes back with everything typed. While
it is closed, every address answers with one page that needs neither the database nor anything else; a form that is
sent comes back then too, since the browser's way back leads to that page. All are 503 with Retry-After, for people and
for programs.
"""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from consult import clock
from consult.command_line.words import say_in
from consult.files.atomic_write import write_whole
from consult.web import context, form_recovery
from consult.web.files import assets
from consult.web.templating import moment_in

LEAST, MOST = timedelta(minutes=1), timedelta(hours=1)
"""Whoever is told to come again comes within these, however long it is to take, and however late it is already."""
LIVES = "/healthz"
SAFE = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
)
"""What stands over an answer that no view gave."""
ENTRANCES = ("/dang-nhap/", "/readyz", "/metrics")
"""What answers while only those who work here may go on, beside what always does."""
READS = frozenset({"GET", "HEAD", "OPTIONS"})

WsgiApp = Callable[..., Iterable[bytes]]


@dataclass(frozen=True)
class Maintenance:
    """What is announced: words in both languages, empty for those of the site; when it began and should end, in UTC;
    whether nothing at all is answered; and whether that is so since the database was `restored`, until what was taken
    back after its backup is taken back again: then those who work here go in and out as always."""

    began: datetime
    until: datetime | None = None
    message: str = ""
    message_en: str = ""
    closed: bool = False
    restored: bool = False

    def retry_after(self, now: datetime) -> int:
        """Seconds after which it is worth another try."""
        left = self.until - now if self.until is not None else LEAST
        return int(min(max(left, LEAST), MOST).total_seconds())


class Switch:
    """Whether maintenance is on, by a file that all machines of the site see. Asked for each request, so that it costs
    hardly anything while it is off."""

    def __init__(self, path: Path) -> None:
        self.path, self._name = path, str(path)
        self.known: tuple[int, Maintenance] | None = None

    def state(self) -> Maintenance | None:
        """What is announced; None while maintenance is off. A file that cannot be read is no announcement less: it is
        on, without words."""
        try:
            changed = os.stat(self._name).st_mtime_ns
        except OSError:
            return None
        if self.known is None or self.known[0] != changed:
            self.known = changed, _read(self.path, changed)
        return self.known[1]

    def turn_on(self, announced: Maintenance) -> None:
        """Announces it; what was announced before began when it did."""
        before = self.state()
        told = asdict(replace(announced, began=before.began) if before else announced)
        said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}
        write_whole(self.path, json.dumps(said, ensure_ascii=False, indent=1).encode())

    def turn_off(self) -> bool:
        """Ends it; false when it was not on."""
        on = self.path.exists()
        self.path.unlink(missing_ok=True)
        return on


def _read(path: Path, changed: int) -> Maintenance:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        until = _moment(said["until"]) if said["until"] else None
        words = str(said["message"]), str(said["message_en"])
        # Written by an earlier release it lacks the last.
        return Maintenance(_moment(said["began"]), until, *words, bool(said["closed"]), bool(said.get("restored")))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return Maintenance(datetime.fromtimestamp(changed / 1e9, clock.LOCAL_ZONE))


def _moment(written: str) -> datetime:
    """An instant in UTC. Whoever writes one by hand, without a zone, means the time on the wall."""
    said = datetime.fromisoformat(written)
    return (said if said.tzinfo is not None else said.replace(tzinfo=clock.LOCAL_ZONE)).astimezone(UTC)


class Closed:
    """The WSGI application that answers for a site that is closed, but for what says whether its process lives and the
    sheets and pictures of the page itself."""

    def __init__(self, app: Flask, application: WsgiApp, switch: Switch) -> None:
        self.app = app
        self.application = application
        self.switch = switch

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        announced = self.switch.state()
        path = environ.get("PATH_INFO", "")
        if announced is None or not announced.closed or path == LIVES or path.startswith(assets.FOLDER):
            return self.application(environ, start_response)
        if announced.restored and (path.startswith(ENTRANCES) or self._works_here(environ)):
            return self.application(environ, start_response)
        program = path.startswith("/api/")
        if environ.get("REQUEST_METHOD") == "POST" and not program:
            given_back = self._given_back(environ, announced)
            if given_back is not None:
                return given_back(environ, start_response)
        kind, body = ("application/json", _as_json(announced)) if program else ("text/html", self._page(announced))
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Retry-After", str(announced.retry_after(clock.now()))),
            *SAFE,
            ("Content-Length", str(len(body))),
        ]
        start_response("503 SERVICE UNAVAILABLE", headers)
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _works_here(self, environ: dict[str, Any]) -> bool:
        with self.app.request_context(environ), suppress(SQLAlchemyError):
            return bool(current_user.is_authenticated)
        return False

    def _given_back(self, environ: dict[str, Any], announced: Maintenance) -> Response | None:
        """What was typed, with a button that sends it again; None for what is no form of ours."""
        with self.app.request_context(environ):
            if form_recovery.typed_form() is None:
                return None
            answer = self.app.make_response(_told(announced))
        answer.headers.update(SAFE)
        return answer

    def _page(self, announced: Maintenance) -> bytes:
        with self.app.app_context():
            sheet, mark = assets.address("css/site.css"), assets.address("img/mark.svg")
            template = self.app.jinja_env.get_template("errors/maintenance.html")
            until = {language: moment_in(announced.until, language) for language in ("vi", "en")}
            shown = {"sheet": sheet, "mark": mark, "until": until, "said": say_in}
            return template.render(told=announced, **shown).encode()


def _as_json(announced: Maintenance) -> bytes:
    until = announced.until.isoformat() if announced.until else None
    return json.dumps({"reason": "maintenance", "until": until}).encode()


def _keep_from_changing() -> Any:
    """Gives back what was sent while the site may not change; pages go on."""
    announced = switch().state() if request.method not in READS else None
    if announced is None or announced.restored:
        return None
    return _told(announced)


def _told(announced: Maintenance) -> Any:
    reason = "maintenance_closed" if announced.closed and not context.by_program() else "maintenance"
    return form_recovery.told(reason, 503, announced.retry_after(clock.now()), announced=announced)


def switch() -> Switch:
    """The switch of this site."""
    found: Switch = current_app.extensions["consult.maintenance"]
    return found


def register(app: Flask) -> None:
    """Gives `app` its switch, and what it does while that is on."""
    app.extensions["consult.maintenance"] = Switch(app.config["MAINTENANCE_FILE"])
    app.before_request(_keep_from_changing)


def register_closed(app: Flask) -> None:
    """Has a site that is closed say so before anything is asked but the language of the address, when it arrived, and
    whether it is for us (`context.Arrival`, `hosts`): a form that comes back is known again by these."""
    app.wsgi_app = Closed(app, app.wsgi_app, app.extensions["consult.maintenance"])  # type: ignore[method-assign]
