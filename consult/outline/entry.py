"""One call from the bytes of a file to its outline, as plain data: what runs in the sandboxed process."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from consult.outline.blocks import Unreadable
from consult.outline.build import outline_of
from consult.outline.content_type import sniff
from consult.outline.pdf.articles import draft_in
from consult.outline.pdf.contents import bookmarks
from consult.outline.pdf.pages import MEDIA_TYPE, open_pdf
from consult.outline.readers import read


def read_outline(data: bytes, name: str) -> dict[str, Any]:
    """Read a file and understand it.

    `name` is what the file is called. Returns what `Outline.to_json` gives, with `media_type` and `pages` (for a PDF:
    number, text, width and height in points of each page) beside it. Raises `Unreadable`.
    """
    source = read(data, name)
    try:
        outline = draft_in(source) or outline_of(source)
    except RecursionError as error:
        raise Unreadable("bomb", "nested too deeply") from error
    return {
        **outline.to_json(),
        "media_type": source.media_type,
        "pages": [asdict(page) for page in source.pages],
    }


def take_in(data: bytes, name: str) -> dict[str, Any]:
    """What an upload must know at once: a PDF is opened, its pages are counted and its bookmarks read, but no page; any
    other file is read as by `read_outline`. Beside that, `pages_total` and `contents`. Raises `Unreadable`.
    """
    if sniff(data) != MEDIA_TYPE:
        return {**read_outline(data, name), "pages_total": 0, "contents": []}
    with open_pdf(data) as document:
        return {
            "title": "",
            "grammar": "pages",
            "provisions": [],
            "warnings": [],
            "media_type": MEDIA_TYPE,
            "pages": [],
            "pages_total": len(document),
            "contents": bookmarks(document),
        }
