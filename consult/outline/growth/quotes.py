"""Provisions quoted inside an amending clause: where a quotation opens, and where it closes.

“Điều 70a. …” inside Điều 51 is not an article of the document but a `quoted` node there. A quotation may run over many
paragraphs, nest, use straight marks, or never be closed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import ANY_QUOTE, CLOSING_QUOTES, OPENING_QUOTES, Unit, is_citation, unit_at
from consult.outline.grammar.quote_signs import as_marks, begins_typed
from consult.outline.grammar.quoted_draft import is_own
from consult.outline.growth.cells import table_text
from consult.outline.growth.ending import ends_text
from consult.outline.text.characters import UNSEEN

AMENDING = re.compile(
    r"\b(?:sửa đổi|bổ sung|thay thế|thay cụm từ|được thay|viết lại|sửa lại|như sau|quy định sau|sửa)\b", re.IGNORECASE
)
_AMENDING_START = re.compile(r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Bỏ|Hủy bỏ|Huỷ bỏ|Đổi|Chuyển|Sửa)\b")
_ENDS_QUOTED = re.compile(r"[”\"»“]\s*[.,;:/\s]*(?:\d{1,2})?$")
_LETTERS_LEFT = 12
_HEADING_REACH = 8  # lines
_NEVER_QUOTED = frozenset({"part", "chapter", "appendix", "form"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation from line `start` to line `end`, inclusive; `closed` is false when its closing mark is missing."""

    start: int
    end: int
    closed: bool


def unquoted(text: str) -> tuple[str, str]:
    """The opening mark of a line, and the rest; the mark is empty when the line does not begin with one."""
    stripped = _marked(text).lstrip(f"{ANY_QUOTE} {UNSEEN}")
    mark = text[: len(text) - len(stripped)].strip()
    if not mark.strip(UNSEEN):
        return "", text
    return mark, text[len(text) - len(stripped) :]


def _marked(text: str) -> str:
    """The text with the marks that are meant, where it begins with other signs."""
    return as_marks(text) if begins_typed(text.lstrip(f" {UNSEEN}")) else text


def opens_quotation(line: Line, before: str) -> bool:
    """Whether the line opens a quoted provision, given the text that stands before it."""
    seen = _marked(line.seen)
    if line.table is not None or not seen or seen[0] not in ANY_QUOTE or is_own(line):
        return False
    if line.auto_unit and line.unit is not None and line.unit.kind != "paragraph":
        return False
    mark, rest = unquoted(line.text)
    if not mark or not rest:
        return False
    if _goes_on_after_quote(seen):
        return False
    if before.rstrip().endswith(":") and AMENDING.search(before):
        return True
    unit = unit_at(rest)
    return unit is not None and unit.dotted and unit.kind != "paragraph" and not is_citation(rest[unit.end :])


def find_end(lines: Sequence[Line], start: int, outer: Mapping[str, str]) -> Quotation:
    """Where the quotation opened at `start` ends.

    `outer` holds the labels of the article ("0" before the first), the clause and the point that quote: when the next
    of them begins before the closing mark, the mark was forgotten.
    """
    balance = 0
    inner: dict[str, str] = {}
    first = ""
    signatures: int | None = None
    typed = begins_typed(lines[start].seen)  # the signs that count are those that it opens with
    for index in range(start, len(lines)):
        line = lines[index]
        if index > start and _breaks_off(lines, index, outer, inner):
            return Quotation(start, index - 1, False)
        mark, rest = unquoted(line.text)
        unit = unit_at(rest)
        if mark and index > start and unit and _is_next(unit, first, inner):
            return Quotation(start, index - 1, False)
        first = unit.kind if unit and not inner else first
        if unit and unit.dotted:
            inner = {"article": unit.label} if unit.kind == "article" else {**inner, unit.kind: unit.label}
        text = _with_marks(line, typed)
        balance = _balance(text, balance, index == start)
        if balance <= 0 and text:
            return Quotation(start, index, True)
        if signatures is None and index > start and ends_text(lines, index):
            signatures = index
        if balance > 0 and _ENDS_QUOTED.search(text[-60:]) and _next_is_outside(lines, index, outer.get("article")):
            return Quotation(start, index, True)
    return Quotation(start, start if signatures is None else signatures - 1, False)


def _is_next(unit: Unit, first: str, inner: Mapping[str, str]) -> bool:
    """Whether a unit is of the kind with which the quotation began, and the next of its numbers."""
    return unit.kind == first and distance(inner.get(first), unit.label, first) == 1


def _with_marks(line: Line, typed: bool) -> str:
    """What a line says, with the marks that are meant where others were `typed`."""
    text = line.seen if line.table is None else table_text(line.table)
    return as_marks(text) if typed else text


def _next_is_outside(lines: Sequence[Line], index: int, last_article: str | None) -> bool:
    """Whether the line after `index` clearly belongs to the quoting document, though marks do not balance."""
    if index + 1 >= len(lines):
        return True
    following = lines[index + 1]
    unit = following.unit
    if unit is None:
        return False
    if unit.kind in ("clause", "point") and _AMENDING_START.match(following.rest):
        return True
    return unit.kind == "article" and unit.dotted and distance(last_article, unit.label, "article") == 1


def _breaks_off(lines: Sequence[Line], index: int, outer: Mapping[str, str], inner: Mapping[str, str]) -> bool:
    line = lines[index]
    unit = line.unit
    if line.table is not None or unit is None:
        return False
    if unit.kind in ("appendix", "form"):
        return line.is_styled and not is_citation(line.rest)
    if unit.kind == "roman":
        return not outer and not inner and unit.label == "I"
    if unit.kind in ("part", "chapter"):
        inside = bool(inner) and _leads_to_article(lines, index, inner.get("article"))
        return (line.is_styled or not inside) and _leads_to_article(lines, index, outer.get("article"))
    if unit.kind == "article":
        return _article_breaks_off(line, unit, outer.get("article"), inner.get("article"))
    if unit.kind in ("clause", "point") and _AMENDING_START.match(line.rest):
        following = lines[index + 1].seen if index + 1 < len(lines) else ""
        announces = following[:1] in tuple(ANY_QUOTE) or line.text.endswith(":")
        counts_on_inside = distance(inner.get(unit.kind), unit.label, unit.kind) == 1
        next_of_outer = unit.kind in outer and distance(outer[unit.kind], unit.label, unit.kind) == 1
        return next_of_outer and (announces or not counts_on_inside)
    return False


def _leads_to_article(lines: Sequence[Line], index: int, outer: str | None) -> bool:
    """Whether the first article below this heading is the next one of the quoting document."""
    for line in lines[index + 1 : index + _HEADING_REACH]:
        if line.unit is not None and line.unit.kind == "article" and not is_citation(line.rest):
            return distance(outer, line.unit.label, "article") == 1
    return False


def _article_breaks_off(line: Line, unit: Unit, outer: str | None, inner: str | None) -> bool:
    if not unit.dotted or is_citation(line.rest) or outer is None:
        return False
    if distance(outer, unit.label, "article") != 1:
        return False
    return inner is None or distance(inner, unit.label, "article") != 1 or bool(_AMENDING_START.match(line.rest))


def _balance(text: str, balance: int, opening: bool) -> int:
    for index, sign in enumerate(text):
        if (opening and index == 0) or sign in OPENING_QUOTES:
            balance += 1
        elif sign in CLOSING_QUOTES:
            balance = max(balance - 1, 0)
        elif sign == '"':
            balance += _straight(text, index, balance)
    return balance


def _straight(text: str, index: int, balance: int) -> int:
    opens = (index == 0 or text[index - 1] in " (\t\n:") and index + 1 < len(text) and not text[index + 1].isspace()
    return 1 if opens or balance <= 0 else -1


def _goes_on_after_quote(text: str) -> bool:
    """A line like `“Chủ dự án” là …`: a quoted word, then the sentence goes on."""
    balance = 0
    for index, sign in enumerate(text):
        if index == 0 or sign in OPENING_QUOTES:
            balance += 1
        elif sign in CLOSING_QUOTES or (sign == '"' and balance > 0):
            balance -= 1
        if balance == 0:
            return sum(letter.isalpha() for letter in text[index + 1 :]) > _LETTERS_LEFT
    return False


def is_announced(label: str, before: str) -> bool:
    """Whether the text before says that an article of this number is put in or reworded, and ends in a colon."""
    return (
        before.rstrip().endswith(":")
        and bool(AMENDING.search(before))
        and bool(re.search(rf"\bĐiều {re.escape(label)}\b", before))
    )


def find_unmarked_end(lines: Sequence[Line], start: int, outer: Mapping[str, str]) -> int:
    """Where a quotation without marks ends: before the next unit of the quoting document; `outer` as for `find_end`."""
    for index in range(start + 1, len(lines)):
        line = lines[index]
        unit = line.unit
        if unit is None:
            continue
        if unit.kind in _NEVER_QUOTED and line.is_styled:
            return index - 1
        if unit.kind == "article" and _article_breaks_off(line, unit, outer.get("article"), None):
            return index - 1
        counts_on = unit.kind in outer and distance(outer[unit.kind], unit.label, unit.kind) == 1
        if counts_on and _AMENDING_START.match(line.rest):
            return index - 1
    return len(lines) - 1
