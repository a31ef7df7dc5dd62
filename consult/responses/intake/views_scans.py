"""The scans of a letter beside its form: kept from round to round, looked at turned and enlarged, taken off again."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from consult import sandbox, size_limits
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files import letter_scans
from consult.policy import Action
from consult.responses.intake import service as intake
from consult.sandbox import Limits, SandboxFailure
from consult.submissions.inputs import AttachmentInput
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("scans", __name__)
DRAWER = "consult.files.scan_pictures:shown"
LIMITS = Limits(memory=512 * 1024 * 1024, processor_seconds=12, seconds=15.0, answer=16 * 1024 * 1024, at_once=True)
ACROSS, ENLARGED = 900, 1_800
"""Pixels across, as it lies beside the form and enlarged."""

Kept = tuple[AttachmentInput, ...]


@dataclass(frozen=True)
class Look:
    """Which scan is looked at: its place among those kept, its page from 0, turned by so many degrees, enlarged."""

    scan: int = 0
    page: int = 0
    turned: int = 0
    large: int = 0

    def written(self, **other: int) -> str:
        """As a field of the form keeps it, or as a button would have it."""
        return ":".join(str(value) for value in vars(replace(self, **other)).values())


def look(written: str, kept: Sequence[object]) -> Look:
    """What a form says is looked at; the first page of the first scan for anything else."""
    parts = written.split(":")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return Look()
    scan, page, turned, large = map(int, parts)
    return Look(scan, page, turned % 360, large) if scan < len(kept) else Look()


@blueprint.get("/xu-ly/<slug>/tiep-nhan/anh/<token>/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def picture(consultation: Consultation, token: str) -> Response:
    """A page of a scan that was not received yet, drawn in the sandbox: who has the form has the token."""
    try:
        file_hash, page, turned, large = _serializer().loads(token)
    except (BadSignature, TypeError, ValueError) as unknown:
        raise NotFound from unknown
    return drawn(file_hash, page, turned, ENLARGED if large else ACROSS)


def drawn(file_hash: str, page: int = 0, turned: int = 0, across: int = ENLARGED) -> Response:
    """A page of a scan of the store as a picture, drawn in the sandbox. Raises NotFound for what cannot be drawn, and
    Refused("too_many") while there is no room to draw."""
    try:
        found = _drawn(file_hash, page, turned, across)
    except KeyError as unknown:
        raise NotFound from unknown
    except SandboxFailure as failure:
        if failure.blameless:
            raise Refused("too_many") from failure
        raise NotFound from failure
    return Response(found, mimetype="image/webp")


def _drawn(file_hash: str, page: int, turned: int, across: int) -> bytes:
    """At once where there is room; the pages of one paper, which a browser asks for together, wait for each other."""
    for limits in (LIMITS, replace(LIMITS, at_once=False)):
        try:
            with context.files().opened(file_hash) as file:
                found: Any = sandbox.run(DRAWER, page, turned, across, data=file, limits=limits)
                return base64.b64decode(found["image"])
        except SandboxFailure as failure:
            if not (failure.blameless and limits.at_once):
                raise
    raise NotFound


def token_of(kept: Kept, seen: Look) -> str:
    """What the address of the picture ends with; empty without a scan."""
    if not kept:
        return ""
    said = _serializer().dumps([kept[seen.scan].file_hash, seen.page, seen.turned, seen.large])
    return said if isinstance(said, str) else said.decode()


def pages_of(kept: Kept, seen: Look) -> int:
    """How many pages the scan that is looked at has; 0 without one."""
    return count_of(kept[seen.scan].file_hash) if kept else 0


def count_of(file_hash: str) -> int:
    """How many pages a file of the store has; 1 where that cannot be told."""
    try:
        return _counted(file_hash)
    except (SandboxFailure, KeyError):
        return 1


@lru_cache(maxsize=2_000)
def _counted(file_hash: str) -> int:
    with context.files().opened(file_hash) as file:
        return int(str(sandbox.run("consult.files.scan_pictures:count", data=file, limits=LIMITS)))


def without(kept: Kept, place: str) -> Kept:
    """The scans without the one at this place, if there is one."""
    return tuple(one for index, one in enumerate(kept) if str(index) != place)


def uploaded(before: int) -> list[AttachmentInput]:
    """The scans just chosen, checked and kept; `before` came earlier. Raises Invalid."""
    chosen = [file for file in request.files.getlist("scan") if file.filename]
    if before + len(chosen) > size_limits.SCANS:
        raise Invalid({"scan": "too_many_scans"})
    return [
        intake.keep_scan(context.files(), letter_scans.checked(file.read(), file.filename or "")) for file in chosen
    ]


def kept_in(sealed: str) -> Kept:
    """The scans of an earlier round of this form, which names them under our own signature."""
    try:
        return tuple(AttachmentInput(**one) for one in _serializer().loads(sealed)) if sealed else ()
    except (BadSignature, TypeError, ValueError):
        return ()


def sealed(kept: Kept) -> str | bytes:
    """The scans as the form names them."""
    return _serializer().dumps([vars(one) for one in kept])


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("intake")
