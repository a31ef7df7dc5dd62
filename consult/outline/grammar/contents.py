"""A printed table of contents, in which nothing is a provision, however much its lines look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.outline.grammar.line import Line

_ENTRY = re.compile(r"(?:\t|\.{4}|…{2}|_{4})\s{0,40}\d{1,4}$")
_HEADING = re.compile(r"mục lục\s*:?", re.IGNORECASE)
# Only where such signs begin: asked again at each of them, a long row of dots would take the square of its length.
_PAGE = re.compile(r"(?<![\s.…_])[\s.…_]*+\d{1,4}$")
_NAMED = frozenset({"part", "chapter", "article"})
_FURTHEST = 400  # lines before the heading
_LONGEST = 2_000  # lines
_TRIED = 5  # entries: the first ones may be of lists that stand before the table


def is_entry(text: str, style: str = "") -> bool:
    """Whether a line alone shows that it is an entry: by its style, or by a page number after a leader."""
    return style.lower().startswith("toc ") or bool(_ENTRY.search(text[-40:]))


def entries(lines: Sequence[Line]) -> range:
    """The lines below "MỤC LỤC" up to where the text itself begins, which is where an entry comes again."""
    for index, line in enumerate(lines[:_FURTHEST]):
        if _HEADING.fullmatch(line.text):
            names = [_name(entry) for entry in lines[index + 1 : index + _LONGEST]]
            for place, name in enumerate(names[:_TRIED]):
                if name and name in names[place + 1 :]:
                    return range(index + 1, index + 1 + names.index(name, place + 1))
            break
    return range(0)


def _name(line: Line) -> tuple[str, str] | None:
    """What an entry and its heading in the text have in common; None for a table and a lone page number."""
    unit = line.unit
    if unit is not None and unit.kind in _NAMED:
        return unit.kind, unit.label
    words = _PAGE.sub("", line.text).rstrip(" .:").casefold()
    return ("", words) if words and words != "trang" else None
