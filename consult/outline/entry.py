"""One call from the bytes of a file to its outline, as plain data: what runs in the sandboxed process."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from consult.outline.blocks import Unreadable
from consult.outline.build import outline_of
from consult.outline.reading import read


def read_outline(data: bytes, name: str) -> dict[str, Any]:
    """Read a file and understand it.

    `name` is what the file is called. Returns what `Outline.to_json` gives, with `media_type` and `pages` (for a PDF:
    number, text, width and height in points of each page) beside it. Raises `Unreadable`.
    """
    source = read(data, name)
    try:
        outline = outline_of(source)
    except RecursionError as error:
        raise Unreadable("bomb", "nested too deeply") from error
    return {
        **outline.to_json(),
        "media_type": source.media_type,
        "pages": [asdict(page) for page in source.pages],
    }
