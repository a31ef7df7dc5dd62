"""The articles of a draft that comes as a PDF with words: its pages as one text, each provision with its page.

What stands at the edge of page after page or across most of them, and the numbers of the pages, are left to the pages
themselves.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from consult.outline.blocks import Doubt, Paragraph, Source
from consult.outline.build import outline_of
from consult.outline.pdf.margins import groups_at_top, marks_across, without_line_numbers
from consult.outline.pdf.pages import MEDIA_TYPE
from consult.outline.text.characters import clean
from consult.outline.text.line_joining import UNIT_BEGINS
from consult.outline.text.page_furniture import counts_pages, origins
from consult.outline.text.plain import Joiner, said_of_joined, wrapped_width
from consult.outline.tree import Node, Outline, OutlineWarning

FEWEST_ARTICLES = 3
LEAST_SHARE = 0.5
"""Of the words, in articles and what is annexed: in a report that cites some, most stand elsewhere."""

_EDGE = 3  # lines
_REPEATED = 3  # pages
_DIGITS = re.compile(r"\d+")
_HOLDING = frozenset({"article", "appendix", "form", "body", "chapter"})

Pages = Sequence[tuple[int, str]]


def draft_of(data: bytes) -> dict[str, Any] | None:
    """The outline of pages (JSON: pairs of number and text) as `read_outline` gives it, when it is a draft of articles;
    None for every other document, which is read page by page."""
    outline = _draft([(int(number), str(text)) for number, text in json.loads(data)])
    return outline.to_json() if outline is not None else None


def draft_in(source: Source) -> Outline | None:
    """The same of what was read of a whole PDF, with the doubts about its pages."""
    outline = _draft([(page.number, page.text) for page in source.pages]) if source.pages else None
    if outline is not None:
        outline.warnings[:0] = [
            OutlineWarning(doubt.code, doubt.path, doubt.message, doubt.page) for doubt in source.doubts
        ]
    return outline


def _draft(pages: Pages) -> Outline | None:
    outline = outline_of(source_of(pages))
    articles = [node for node in _outside_quotations(outline.provisions) if node.kind == "article"]
    held = sum(len(node.plain_text()) for node in _holding(outline.provisions))
    if outline.grammar != "articles" or len(articles) < FEWEST_ARTICLES:
        return None
    return outline if held >= LEAST_SHARE * len(outline.plain_text()) else None


def source_of(pages: Pages) -> Source:
    """The pages as one stream of paragraphs."""
    pages, numbered = without_line_numbers(pages)
    edges, groups, marks = _edges(pages), groups_at_top(pages), marks_across(pages)
    lines: list[str] = []
    numbers: list[int] = []
    left_out = first_left = 0
    for number, text in pages:
        own = text.split("\n")
        kept = own[1:] if (number, own[0].strip()) in groups else own
        kept = [line for place, line in enumerate(kept) if not _is_furniture(line, place, len(kept), edges)]
        kept = [line for line in kept if line.strip() not in marks]
        left_out += len(own) - len(kept)
        first_left = first_left or (number if len(kept) < len(own) else 0)
        lines += [*kept, ""]
        numbers += [number] * (len(kept) + 1)
    doubts = list(_left_to_pages(left_out, first_left, numbered, pages[0][0] if pages else 0))
    width = wrapped_width(lines)
    if width is None:
        told = zip(lines, numbers, strict=True)
        paragraphs = [Paragraph(clean(line), page=number) for line, number in told if clean(line)]
    else:
        paragraphs = said_of_joined(Joiner(width).join(lines, origins(lines), numbers), lines, width)
    return Source(tuple(paragraphs), tuple(doubts), MEDIA_TYPE)


def _left_to_pages(left_out: int, first_left: int, numbered: int, first: int) -> Iterator[Doubt]:
    if left_out:
        message = f"{left_out} lines at the edges of pages, or across most of them, stand on the pages only, here first"
        yield Doubt("running_header", message, page=first_left)
    if numbered:
        message = f"{numbered} numbers of lines in the margin stand on the pages only"
        yield Doubt("running_header", message, page=first)


def _edges(pages: Pages) -> frozenset[str]:
    """What stands at the top or foot of several pages, numbers apart."""
    counts = Counter(
        shape
        for _, text in pages
        for shape in {_shape(line) for line in (*text.split("\n")[:_EDGE], *text.split("\n")[-_EDGE:])}
    )
    return frozenset(shape for shape, count in counts.items() if shape and count >= max(_REPEATED, len(pages) // 4))


def _is_furniture(line: str, place: int, lines: int, edges: frozenset[str]) -> bool:
    if _EDGE <= place < lines - _EDGE:
        return False
    at_edge = place in (0, lines - 1)
    # A number that something begins with is none of a page, however often it stands at its top.
    return (_shape(line) in edges and not UNIT_BEGINS.match(line)) or (at_edge and counts_pages(line))


def _shape(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split())).casefold()


def _holding(nodes: Sequence[Node]) -> Iterator[Node]:
    """The outermost articles, chapters and annexes, also below headings without a number."""
    for node in nodes:
        if node.kind in _HOLDING:
            yield node
        elif node.kind != "quoted":
            yield from _holding(node.children)


def _outside_quotations(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind != "quoted":
            yield node
            yield from _outside_quotations(node.children)
