"""The archive of a matter: what it is, the file itself, and the page and the program that check one."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import BufferedReader
from os import SEEK_END
from typing import Any

from flask import Blueprint, Response, current_app, render_template

from consult.archive.beside import ArchiveHandlers
from consult.archive.contents import ARCHIVE, SEAL
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.resource_paths import DOCS
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("archives", __name__)
CHUNK = 64 * 1024
UNAVAILABLE = 503
COME_AGAIN = "300"
"""Seconds until somebody may ask again for what is being made."""
PROGRAM = "verify_archive.js"


@blueprint.get("/lay-y-kien/<slug>/luu-tru/")
@public(Action.READ_MATTER, of=queries.by_slug)
def show(consultation: Consultation) -> Response:
    """What is in the archive, its hash, and how to check it."""
    return _page(consultation, 200)


@blueprint.get("/lay-y-kien/<slug>/luu-tru.zip")
@public(Action.READ_MATTER, of=queries.by_slug)
def download(consultation: Consultation) -> Response:
    """The archive that was made last; 503 while there is none that may be given."""
    made = _opened(consultation, ARCHIVE)
    if made is None:
        return _page(consultation, UNAVAILABLE)
    answer = Response(_sent(made), mimetype="application/zip")
    answer.call_on_close(made.close)
    answer.content_length = made.seek(0, SEEK_END)
    answer.headers["Cache-Control"] = "no-store"
    return downloads.attached(answer, f"luu-tru-{consultation.slug}.zip")


@blueprint.get("/nhat-ky/kiem-tra-goi/")
@public()
def check() -> str:
    """Where the browser itself checks an archive."""
    return render_template("archive/check_page.html")


@blueprint.get(f"/nhat-ky/{PROGRAM}")
@public()
def program() -> Response:
    """The program of that page, which anybody may take and run without the site."""
    answer = Response((DOCS / PROGRAM).read_bytes(), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _page(consultation: Consultation, status: int) -> Response:
    made = _opened(consultation, SEAL)
    seal: dict[str, Any] | None = None
    if made is not None:
        with made:
            seal = json.load(made)
            seal["as_of"] = datetime.fromisoformat(seal["as_of"])
    page = render_template("archive/archive.html", consultation=consultation, seal=seal)
    headers = {"Cache-Control": "no-store"}
    return Response(page, status, headers | ({"Retry-After": COME_AGAIN} if status == UNAVAILABLE else {}))


def _opened(consultation: Consultation, name: str) -> BufferedReader | None:
    """A file of what was made last, open; None when there is none that may be given."""
    making = _making()
    for _ in range(2):
        newest = making.given(context.session(), consultation)
        if newest is None:
            return None
        # A newer one may take its place just now.
        with suppress(FileNotFoundError):
            return making.archives.open(consultation.id, newest, name)
    return None


def _making() -> ArchiveHandlers:
    making: ArchiveHandlers = current_app.extensions["consult.archives"]
    return making


def _sent(made: BufferedReader) -> Iterator[bytes]:
    made.seek(0)
    with made:
        while chunk := made.read(CHUNK):
            yield chunk
