"""From blocks to lines: one line for each thing that may be a provision.

A paragraph becomes several lines where a soft break begins a new unit, where two units were glued together
("… cá nhân.Điều 35. …"), or where a quoted provision opens in the middle ("… như sau: “Điều 5. …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from consult.outline.blocks import Block, Doubt, Paragraph, Picture, Table
from consult.outline.grammar import contents, inline_points, page_lines, quoted_draft, unusual_numbers
from consult.outline.grammar.divided_articles import divides_articles, inner_article
from consult.outline.grammar.layout_tables import INSIDE, holds_articles, without_layout
from consult.outline.grammar.line import Line
from consult.outline.grammar.line_splitting import split
from consult.outline.grammar.markers import (
    ANY_QUOTE,
    OPENING_QUOTES,
    Unit,
    is_citation,
    is_section_number,
    unit_at,
)
from consult.outline.grammar.quote_signs import as_marks, begins_typed
from consult.outline.text.characters import UNSEEN

_OUTER_NUMBER = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3})*)\.?(?P<gap>\t\s*|\s+)(?=\S)")
_LISTED = frozenset({"clause", "point", "paragraph"})
_READ_FOR_UNITS = ("body", "text_box")
_NUMBERED_TWICE = frozenset({"chapter", "part", "section", "decimal", "appendix", "roman"})


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """The lines of a document; blank paragraphs vanish, nothing else does. Pictures and doubts hang on a line."""
    lines: list[Line] = []
    first = Line("")  # Takes what stands before every line.
    last_article: str | None = None
    read = list(without_layout(blocks))
    divided = divides_articles(read)
    for block in read:
        last = lines[-1] if lines else first
        if isinstance(block, Picture):
            last.after.append(block)
            continue
        if isinstance(block, Table):
            lines.append(
                Line("", table=block, doubts=[*([INSIDE] if holds_articles(block) else []), *doubts_in(block)])
            )
            continue
        found = list(_lines_of_paragraph(block, last_article, divided))
        (found[0] if found else last).doubts += block.doubts
        for line in found:
            if line.unit and line.unit.kind == "article" and line.unit.dotted:
                last_article = line.unit.label
            lines.append(line)
    _hang_first(first, lines)
    contents.mark(lines)
    page_lines.mark(lines)
    quoted_draft.mark(lines)
    unusual_numbers.mark(lines)
    return lines


def doubts_in(table: Table) -> list[Doubt]:
    """The doubts about anything in a table."""
    blocks = [block for row in table.rows for cell in row for block in cell.blocks]
    return [
        doubt
        for block in blocks
        if not isinstance(block, Picture)
        for doubt in (doubts_in(block) if isinstance(block, Table) else block.doubts)
    ]


def _hang_first(first: Line, lines: list[Line]) -> None:
    if not lines and (first.after or first.doubts):
        lines.append(Line(""))
    if lines:
        lines[0].before = first.after
        lines[0].doubts[:0] = first.doubts


def _lines_of_paragraph(paragraph: Paragraph, last_article: str | None, divided: bool) -> Iterator[Line]:
    pieces = [
        (piece, "" if number == 0 else doubt)
        for soft in _soft_lines(paragraph.text)
        for number, (piece, doubt) in enumerate(
            [(soft, "")] if divided and inner_article(soft) else split(soft, last_article)
        )
    ]
    if not pieces and ((paragraph.marker or "").strip() or paragraph.footnotes):
        pieces = [("", "")]
    for index, (piece, doubt) in enumerate(pieces):
        line = Line(
            piece,
            heading_level=paragraph.heading_level,
            bold=paragraph.bold,
            centred=paragraph.centred,
            origin=paragraph.origin,
            split_from=doubt,
            page=paragraph.page,
        )
        if index == 0 and paragraph.marker:
            line.auto = paragraph.marker.strip()
        if paragraph.origin in _READ_FOR_UNITS and inline_points.is_doubtful(piece):
            line.doubts.append(inline_points.DOUBT)
        if index == len(pieces) - 1:
            line.footnotes = paragraph.footnotes
        line.listed = contents.is_entry(piece, paragraph.style)
        if paragraph.origin in _READ_FOR_UNITS and not line.listed:
            _announce(line, divided)
        yield line


def _announce(line: Line, divided: bool) -> None:
    """Find out what the line announces: by its typed marker, or by the number Word supplied."""
    typed = (inner_article(line.text) if divided else None) or _numbered_twice(line) or unit_at(line.text)
    if not line.auto:
        line.unit = typed
        return
    supplied = unit_at(f"{line.auto} {'X' if not line.text else line.text}")
    if supplied is None or supplied.end < len(line.auto):
        supplied = unit_at(f"{line.auto}. X") if line.auto[-1:].isalnum() else None
    if typed is not None and (typed.kind not in _LISTED or supplied is None or _is_authors_own(line, typed, supplied)):
        line.unit = replace(typed, marker=f"{line.auto} {typed.marker}")
    elif supplied is not None:
        line.unit = replace(supplied, marker=line.auto, end=0)
        line.auto_unit = True


def _is_authors_own(line: Line, typed: Unit, supplied: Unit) -> bool:
    """Whether a number was typed behind a bullet that Word supplied, or behind a number of the same kind: it is the
    author's then, for Word may go on counting from article to article."""
    if typed.kind == "paragraph" or not typed.dotted or not line.text[typed.end :][:1].isupper():
        return False
    if supplied.kind == typed.kind:
        line.notes.append("numbered_twice")
    return supplied.kind in ("paragraph", typed.kind)


def _numbered_twice(line: Line) -> Unit | None:
    """A heading with a number put before its own by a program: "2.1 1.1. …", "2 CHƯƠNG I: …".

    The author's number is the label. A heading with the program's number only keeps that one, marked as `outer`.
    """
    outer = _OUTER_NUMBER.match(line.text)
    if outer is None:
        return None
    inner = unit_at(line.text[outer.end() :])
    if inner is not None and _is_numbered_again(line, inner, outer.end()):
        end = outer.end() + inner.end
        line.notes.append("numbered_twice")
        return replace(inner, marker=line.text[:end].strip(), end=end)
    if line.heading_level and "\t" in outer["gap"]:
        return Unit("decimal", outer["label"], outer["label"], outer.end(), style="outer")
    return None


def _is_numbered_again(line: Line, inner: Unit, start: int) -> bool:
    """Whether the `inner` number at `start` is the author's, and not a quantity: "1. 10.000 đồng …", "2. 1.5 lần …"."""
    if inner.kind == "decimal":
        words = line.text[start + inner.end :]
        return is_section_number(inner.label) and not words[:1].islower() and not words[:1].isdigit()
    return inner.kind in _NUMBERED_TWICE and (line.heading_level is not None or line.is_capital)


def _soft_lines(text: str) -> list[str]:
    """A paragraph cut at the soft breaks after which a new unit begins; other soft breaks stay."""
    pieces: list[str] = []
    for part in text.split("\n"):
        stripped = part.strip()
        if not stripped:
            continue
        if pieces and not _begins_unit(stripped):
            pieces[-1] = f"{pieces[-1]}\n{stripped}"
        else:
            pieces.append(stripped)
    return pieces


def _begins_unit(text: str) -> bool:
    text = text.lstrip(UNSEEN) or text
    text = as_marks(text) if begins_typed(text) else text
    if text[0] in ANY_QUOTE:
        return text[0] in OPENING_QUOTES + '"' and _begins_unit(text[1:].lstrip(UNSEEN).strip() or " ")
    unit = unit_at(text)
    return unit is not None and unit.dotted and not is_citation(text[unit.end :])
