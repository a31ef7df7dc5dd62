"""Uploaded files: read in the sandbox, kept in the store. Slow, so it comes before any transaction.

Of a PDF only what decides whether it is taken is read here; its pages are left to the worker (`reading_pages`).
"""

import logging
from pathlib import PurePath
from typing import Any

from consult.consultations.files import pictures
from consult.consultations.files.pdf_articles import articles_of
from consult.consultations.files.pdf_pages import PdfReader, contents_of
from consult.consultations.matter.inputs import ReadFile
from consult.errors import Invalid
from consult.files import virus_scanner
from consult.files.store import FileStore
from consult.sandbox import SandboxFailure, conversion
from consult.text import one_line

READER = "consult.outline.entry:take_in"
NAME_LIMIT = 200

REFUSALS = frozenset(
    {
        "encrypted", "damaged", "too_large", "part_too_large", "too_many_pages", "too_many_characters", "bomb",
        "macro_document", "old_word", "open_document", "rich_text", "not_converted", "wrong_type", "empty", "too_slow",
        "too_much_memory", "no_text", "no_place", "no_walls",
    }
)  # fmt: skip
"""Each has a sentence `error.<code>` in the catalogues; whatever else the reader says is told as `damaged`."""

log = logging.getLogger(__name__)


def read_upload(data: bytes, name: str, files: FileStore, at_once: PdfReader | None = None) -> ReadFile:
    """Reads an uploaded file, whatever it claims to be, and keeps the original as it came.

    `name` is what its sender calls it; with `at_once` the pages of a PDF are read too. Raises Invalid({"file": code})
    for a file that is refused; nothing is kept then, unless reading all its pages failed. The scanner is asked first,
    if the site has one.
    """
    called = clean_name(name)
    virus_scanner.scan(data)
    try:
        told, converted = conversion.read(READER, called, data)
        shown, doubts = pictures.keep(converted or data, told["provisions"], files)
        kept = files.put(data)
        if at_once is not None and told["pages_total"]:
            whole = at_once.all(data, told["pages_total"])
            told |= {"pages": whole.pages, "warnings": whole.warnings}
            told["contents"] = contents_of(told["contents"], whole.pages)
            told |= _with_articles(told)
    except SandboxFailure as failure:
        log.info("an uploaded file was refused: %s", failure)
        raise Invalid({"file": failure.code if failure.code in REFUSALS else "damaged"}) from failure
    return ReadFile(
        name=called,
        hash=kept,
        size=len(data),
        media_type=told["media_type"],
        title=one_line(told["title"]),
        grammar=told["grammar"],
        provisions=told["provisions"],
        pages=told["pages"],
        warnings=[*told["warnings"], *doubts],
        pages_total=told["pages_total"],
        contents=told["contents"],
        pictures=shown,
    )


def _with_articles(told: dict[str, Any]) -> dict[str, Any]:
    """What is other of a PDF when it is a draft of articles."""
    articles = articles_of(told["pages"]) or {}
    return {**articles, "warnings": [*told["warnings"], *articles.get("warnings", ())]}


def clean_name(name: str) -> str:
    """The last part of a file's name on one line, cut in the middle of its stem so that its ending stays."""
    last = one_line(PurePath(name.replace("\\", "/")).name) or "tep"
    if len(last) <= NAME_LIMIT:
        return last
    ending = PurePath(last).suffix[:20]
    return last[: NAME_LIMIT - len(ending)] + ending
