"""Decimal numbers (1.1, 1.1.1) as in environmental reports, and the headings without a number beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.outline.grammar.labels import distance, roman_value
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_section_number
from consult.outline.grammar.stack import Stack

UNNUMBERED = re.compile(
    r"(?:MỞ ĐẦU|LỜI NÓI ĐẦU|LỜI MỞ ĐẦU|TÓM TẮT|KẾT LUẬN|KIẾN NGHỊ|CAM KẾT|TÀI LIỆU THAM KHẢO|MỤC LỤC|DANH MỤC"
    r"|KẾT THÚC|PHỤ LỤC)\b"
)
# No heading begins with such a sign, or with the name of a unit that is written in capitals: "3.2 °C", "3.3 MW".
_MEASURED = re.compile(
    r"[°ºª±×÷<>≤≥=‰~≈]|[-–—]\s*\d|\((?:m[²³23]?|km|ha|mg|µg|μg|g|kg|tấn|lít|%)\b"
    r"|(?:[KMGT]Wh?p?|[kKM]VA?|KVAr|[KMG]Hz|MPa|KM|Km|Kg|KG|Ha|HA|Mg|Ml|MPN|CFU|NTU|TCU|Bq|Pt-Co|BTU|HP|BOD|COD)"
    r"(?![\w-])"
    r"|(?:Tấn|Lít|Người|Hộ|Triệu|Tỷ|L|N|M)[²³23]?/\s?\w"
)
_FURTHEST = 800
_CHAPTER_RANK, _DECIMAL_RANK = 20, 45
_INNER_ROMAN_RANK = 69  # above all decimals, below clauses


def decimal_verdict(line: Line, stack: Stack) -> tuple[bool, str]:
    """Whether "1.1. …" is a unit and not a quantity ("10.000 đồng"), and the code of the doubt."""
    unit, rest = line.unit, line.rest
    assert unit is not None
    if not is_section_number(unit.label):
        return False, ""
    if not rest or rest[0].islower() or rest[0].isdigit():
        return False, ""
    accepted, doubt = _counted(unit, stack)
    plain = not (unit.marker.endswith(".") or line.auto or line.heading_level or line.bold or line.centred)
    return (False, "looks_like_decimal") if accepted and plain and _MEASURED.match(rest) else (accepted, doubt)


def _counted(unit: Unit, stack: Stack) -> tuple[bool, str]:
    """The verdict by the numbers before this one."""
    if stack.grammar.name != "decimal":
        return _below_number(unit, stack)
    parent = stack.parent_for(stack.grammar.rank("decimal", unit.label) or 0)
    steps = distance(parent.last.get("decimal"), unit.label, "decimal")
    if steps is None or parent.last.get("decimal") is None:
        return True, ""
    if steps <= 0:
        return True, "out_of_order" if steps else ""
    return True, "sequence_gap" if steps > 1 else ""


def is_top_decimal(lines: Sequence[Line], index: int, stack: Stack) -> bool:
    """Whether "1. …" in a decimal text is a section number, and not one of a list inside a section."""
    unit = lines[index].unit
    assert unit is not None
    if not unit.label.isdecimal():
        return False
    if lines[index].heading_level is not None:
        return True
    inside = stack.find("decimal")
    if stack.find("clause") is not None:
        return False
    if inside is not None:
        return distance(inside.node.label.split(".")[0], unit.label) == 1
    last = stack.parent_for(_DECIMAL_RANK).last.get("decimal")
    return distance(last, unit.label) == 1 if last else _subdivided(lines, index)


def _subdivided(lines: Sequence[Line], index: int) -> bool:
    """Whether this number, or one that counts on from it, is followed by decimals of its own ("3." by "3.1")."""
    unit = lines[index].unit
    assert unit is not None
    number = unit.label
    for line in lines[index + 1 : index + _FURTHEST]:
        later = line.unit
        if later is None or later.kind in ("point", "paragraph"):
            continue
        if later.kind == "clause" and distance(number, later.label) == 1:
            number = later.label
            continue
        return later.kind == "decimal" and later.label.startswith(f"{number}.")
    return False


def unnumbered_rank(line: Line, stack: Stack) -> int | None:
    """The rank of a heading without number in a decimal text, or None when the line is no such heading."""
    if stack.grammar.name != "decimal" or stack.scope.node.kind not in ("", "body"):
        return None
    if not line.text or line.listed:
        return None
    known = bool(UNNUMBERED.match(line.text)) and line.is_styled and len(line.text) < 120
    if line.heading_level is None:
        return _CHAPTER_RANK if known else None
    if not known and not stack.scope.last:
        return None
    return _CHAPTER_RANK if line.heading_level == 1 or known else _DECIMAL_RANK + line.heading_level - 2


def _below_number(unit: Unit, stack: Stack) -> tuple[bool, str]:
    """In the other grammars "2.1." stands below what is numbered 2: a clause, an article, or II."""
    holder = stack.find("roman") if unit.style == "roman" else stack.find("clause", "article", "roman")
    number = "" if holder is None else str(roman_value(holder.node.label) or holder.node.label)
    last = stack.parent_for(number_rank(unit, stack) or 0).last.get("decimal")
    steps = distance(last, unit.label, "decimal")
    begins = unit.label.endswith(".1") or (holder is not None and holder.node.kind == "clause")
    if not unit.label.startswith(f"{number}.") or (last is None and not begins):
        return False, "looks_like_decimal" if unit.marker.endswith(".") else ""
    return True, "sequence_gap" if last and steps is not None and steps != 1 else ""


def clause_with_note(line: Line, stack: Stack) -> Unit | None:
    """The clause in "5.40 Bộ trưởng …" of a consolidated law: khoản 5 with the mark of note 40; None for others."""
    unit = line.unit
    assert unit is not None
    label, _, note = unit.label.partition(".")
    if unit.kind != "decimal" or stack.grammar.name != "articles" or not note.isdigit():
        return None
    if unit.marker.endswith(".") or line.rest[:1].islower():
        return None
    open_clause, article = stack.find("clause"), stack.find("article")
    if article is None or (open_clause is not None and open_clause.node.label == label):
        return None
    return replace(unit, kind="clause", label=label) if distance(article.last.get("clause"), label) == 1 else None


def number_rank(unit: Unit, stack: Stack) -> int | None:
    """The rank of a number, None where the grammar has no such; "II.1." stands right below II, above its clauses."""
    if unit.kind == "roman":
        return roman_rank(stack)
    if unit.style == "roman" and stack.grammar.name != "decimal":
        return roman_rank(stack) + unit.label.count(".")
    return stack.grammar.rank(unit.kind, unit.label)


def roman_rank(stack: Stack) -> int:
    """The rank of a Roman number. In a decimal text it holds the decimals of a chapter when it comes before them
    ("I. …", "2.1"), and stands inside a decimal when it comes after one."""
    rank = stack.grammar.rank("roman") or 0
    outer = stack.find("roman")
    if stack.grammar.name != "decimal" or stack.find("decimal") is None or (outer and outer.rank == rank):
        return rank
    return _INNER_ROMAN_RANK
