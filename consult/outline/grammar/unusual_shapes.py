"""How units look that are numbered in signs nobody expects; whether they are units, the series they stand in says."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from consult.outline.grammar.labels import ordinal_value
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import IN_WORDS, Unit
from consult.outline.text.characters import CAPITALS, LIKE_OTHERS

_OPENS = rf"\s*(?=[{CAPITALS}“\"„])"
_OPENS_OR_ENDS = rf"\s*(?=$|[{CAPITALS}“\"„(])"
_SIGNS = r"(?:[^\w\s“„\"'‘(\[]{1,2}\s*|[\[(])"
_CHAPTER = re.compile(
    rf"(?P<lead>{_SIGNS})?(?i:c\s?h\s?[uưúùứừ]\s?[oơôóòớờ]\s?n\s?g)\s*(?P<middle>(?i:thứ|số)\s+)?"
    rf"(?P<label>[IVXLlⅠ-Ⅻ]{{1,5}}(?!\w)|\d{{1,2}}(?!\w)|(?<=\s){IN_WORDS}(?!\w))"
    rf"(?P<sign>\s*[.:/)\]–—-]{{0,2}}){_OPENS_OR_ENDS}"
)
_ARTICLE = re.compile(
    rf"(?P<lead>{_SIGNS})?(?P<word>(?i:[đd]\s?[iìíỉĩị]\s?[eêềếểễệéèẻẽẹ]\s?[uùúủũụ])|Đ\.?)\s*(?P<middle>(?i:thứ|số)\s+)?"
    rf"(?P<label>\d{{1,4}}[a-zđ]?(?!\w)|(?<=\s){IN_WORDS}(?!\w))"
    r"(?P<note>\s*\[\d{1,3}\]|\s*\((?:mới|sửa|bổ sung|thay thế|giữ nguyên)[^()]{0,60}\))?"
    rf"(?P<sign>\s*[.:/)\]*;,·–-]{{0,4}}){_OPENS_OR_ENDS}"
)
_CLAUSE = re.compile(
    r"(?P<lead>[(\[])?(?P<label>\d{1,3})(?P<note>\[\d{1,3}\])?(?P<sign>[)\]]|\s?[.:,;·°º]|\s[–—-])" + _OPENS
)
_POINT = re.compile(
    r"(?P<lead>[(\[]|[-–+•*]\s*)?(?P<label>[a-zđ])(?P<note>\[\d{1,3}\])?(?P<sign>\.?[)\]]|\s?[:,;]|\s[–—-])" + _OPENS
)
SHAPES = {"chapter": _CHAPTER, "article": _ARTICLE, "clause": _CLAUSE, "point": _POINT}
"""From the outermost kind to the innermost."""

_ENCLOSING = {"(": ")", "[": "]"}
_UNLABELLED = frozenset({"label", "note"})
_AS_SEEN = str.maketrans(LIKE_OTHERS)
_READ_FROM_SCANS = frozenset("IVXl")
_REACH = 120  # characters


class Found(NamedTuple):
    """A line that may be a unit: its place, the unit, and how its number is written."""

    place: int
    unit: Unit
    look: tuple[str, ...]


def unit_in(line: Line, place: int, kind: str) -> Found | None:
    """What the line at `place` announces in unusual signs, if it announces nothing else, or no article for sure."""
    if line.table is not None or line.listed or line.origin != "body":
        return None
    unit = line.unit
    if unit is not None and unit.kind != "paragraph" and not _may_be_another(line, unit, kind):
        return None
    text = f"{line.auto} {line.text}".strip() if line.auto else line.text
    matched = SHAPES[kind].match(text[:_REACH].translate(_AS_SEEN))
    if matched is None or not _is_whole(matched) or (line.auto and matched.end() > len(line.auto) + 1):
        return None
    label = matched["label"]
    if kind == "chapter":
        label = unicodedata.normalize("NFKC", label.replace("l", "I") if set(label) <= _READ_FROM_SCANS else label)
    label = str(ordinal_value(label) or label) if kind in ("chapter", "article") else label
    look = tuple((part or "").strip() for name, part in matched.groupdict().items() if name not in _UNLABELLED)
    marker, end = (line.auto, 0) if line.auto else (text[: matched.end()].strip(), matched.end())
    return Found(place, Unit(kind, label, marker, end), look)


def _may_be_another(line: Line, unit: Unit, kind: str) -> bool:
    """Whether what a line announces leaves room: an article without a dot, a part "Đ." with a number behind it ("Đ. 5.
    Phạm vi điều chỉnh")."""
    cut_short = kind == "article" and unit.kind == "part" and unit.label == "Đ" and line.rest[:1].isdigit()
    return cut_short or (unit.kind == kind and not unit.dotted)


def _is_whole(matched: re.Match[str]) -> bool:
    """Whether signs say that it is a number at all, and a bracket that opens closes."""
    groups = matched.groupdict()
    lead, sign, note = ((groups.get(name) or "").strip() for name in ("lead", "sign", "note"))
    if lead in _ENCLOSING:
        return _ENCLOSING[lead] in sign
    if "word" in groups or note:
        return bool(sign or note)
    return "note" not in groups or bool(lead) or sign != ")"
