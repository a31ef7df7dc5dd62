"""The log as lines of JSON (CONSULT_LOG=json): when, which logger, what, and the id of the request it is about.

What an exception says may be what somebody typed: of it stand its kind and the places in the program, no words. Codes
and links are masked as in every log (`consult/web/log_masking.py`).
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO, cast

from flask import Flask
from flask.logging import default_handler, wsgi_errors_stream

from consult.traces import request_marks
from consult.web import log_masking

OF_SERVER = ("gunicorn.error", "gunicorn.access")
OWN_LINES = "consult.sign_in"
"""The log of sign-ins, whose lines are JSON already."""
_BY_VISITOR = re.compile(r"^(Invalid request|Exception on|Error handling request)\b.*", re.DOTALL)
"""What follows is what was sent: an address of a visitor, or a path."""
DEEPEST = 40


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in UTC and without line ends."""
        mark = request_marks.current()
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if mark.id:
            line |= {"id": mark.id, "incident": mark.incident}
        line |= _said(record)
        if record.exc_info and record.exc_info[0] is not None:
            line |= {"failure": _kinds(record.exc_info[1]), "where": _where(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


def _said(record: logging.LogRecord) -> dict[str, object]:
    facts = getattr(record, "facts", None)
    if facts is not None:
        return dict(facts)
    if record.name == OWN_LINES:
        # Masked word by word: a star in the place of half an escape would break the line.
        told = json.loads(record.getMessage())
        return {"facts": {name: log_masking.mask(word) if word else word for name, word in told.items()}}
    said = log_masking.mask(record.getMessage())
    short = _BY_VISITOR.match(said)
    about = {"route": request_marks.current().rule} if short else {}
    return {"said": short[1] if short else said, **about}


def _kinds(error: BaseException | None) -> list[str]:
    """The kinds of an exception and of those it came of."""
    kinds: list[str] = []
    while error is not None and len(kinds) < DEEPEST:
        kinds.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return kinds


def _where(found: TracebackType | None) -> list[str]:
    """The places in the program that an exception passed, the innermost last."""
    frames = traceback.extract_tb(found)[-DEEPEST:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def register(app: Flask) -> None:
    """Has what `app` and its server write be lines of JSON, one for each request among them, where it is asked for."""
    if app.config["LOG"] != "json":
        return
    handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
    app.logger.removeHandler(default_handler)
    app.logger.handlers[:] = [handler]
    request_marks.lines.setLevel(logging.INFO)
    logging.getLogger(OWN_LINES).propagate = False
    for name in (app.logger.name, OWN_LINES, *OF_SERVER):
        for one in logging.getLogger(name).handlers:
            one.setFormatter(JsonLines())
