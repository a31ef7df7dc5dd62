"""What the beginning of a line may announce: a chapter, an article, a clause … or nothing.

Only the shape is judged here; whether a line that looks like an article is one depends on where it stands
(`growth` decides that).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from consult.outline.grammar.labels import ordinal_value, roman_value
from consult.outline.text.characters import CAPITALS, LIKE_OTHERS, RAISED, UNSEEN

OPENING_QUOTES = "“„«"
CLOSING_QUOTES = "”»"
ANY_QUOTE = f'{OPENING_QUOTES}{CLOSING_QUOTES}"'

_MARKER_REACH = 40
_LARGEST_PART = 40  # of a decimal number
# Converted files write the Icelandic Ð for Đ, some hold letters of other alphabets, signs of no width, or the marks of
# notes above the line; none of them hides a unit.
_AS_SEEN = str.maketrans(LIKE_OTHERS) | str.maketrans("", "", UNSEEN + RAISED)
_NUMERAL = r"(?:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín))?)"
IN_WORDS = rf"(?i:(?:thứ\s+)?{_NUMERAL})"
_SEPARATOR = r"\s*[.:\-–—]?\s*"
_PART = re.compile(rf"(?:PHẦN|Phần)\s+(?P<label>{IN_WORDS}|[IVXL]+|\d{{1,2}}|[A-H])(?![\w])" + _SEPARATOR)
_CHAPTER = re.compile(
    rf"(?:CHƯƠNG|Chương)\s+(?P<label>[IVXL]+[a-zđ]?|\d{{1,3}}[a-zđ]?|{IN_WORDS}|[A-H])(?![\w])" + _SEPARATOR
)
_SECTION = re.compile(r"(?:MỤC|Mục)\s+(?P<label>\d{1,2}[a-zđ]?|[IVXL]+|[A-H])(?![\w])" + _SEPARATOR)
_SUBSECTION = re.compile(r"(?i:tiểu mục)\s+(?P<label>\d{1,2}[a-zđ]?|[IVXL]+|[A-H])(?![\w])" + _SEPARATOR)
_ARTICLE = re.compile(
    r"(?:Điều|ĐIỀU)\s*(?P<label>\d{1,4}[a-zđ]{0,2}\d?)(?![\w])(?P<sign>\s*[.:](?:\s?[-–](?=\s)|\))?|\s+[-–](?=\s))?\s*"
)
_APPENDIX = re.compile(
    r"(?:PH[ỤU]\s+L[ỤU]C|Ph[ụu]\s+[Ll][ụu]c)(?:\s+(?:số|Số|SỐ))?\s+"
    r"(?P<label>[IVXL]+[a-zđ]?|\d{1,2}(?:\.\d{1,2})*[a-zđA-HĐ]?|[A-HĐ])(?P<part>-[A-HĐ])?(?![\w/])" + _SEPARATOR
)
_BARE_APPENDIX = re.compile(
    rf"(?:PHỤ LỤC|Phụ lục)\s*[.:]?\s*$|PHỤ LỤC\s*[.:–-]?\s*(?=[{CAPITALS}]{{2,}}\s[{CAPITALS}]{{2}}[{CAPITALS}\s,]*$)"
)
_FORM = re.compile(
    r"(?:(?:BIỂU |Biểu )?(?:MẪU|Mẫu|mẫu)|BIỂU|Biểu)\s+"
    r"(?:(?:số|SỐ)\s*[:.]?\s*(?P<label>[\dA-ZĐ][\w.\-]*)|(?P<bare>\d+[a-zđ]?|[A-ZĐ]{1,3}[.\-]?\d+\w?))"
    r"(?P<more>/[\w. /\-]*)?" + _SEPARATOR
)
_ALTERNATIVE = re.compile(
    rf"(?:[\[(*+–-]\s*)?(?:PHƯƠNG ÁN|Phương án|LỰA CHỌN|Lựa chọn|PA|P/A)\s*(?:(?i:số|thứ)\s+)?"
    rf"(?P<label>\d{{1,2}}|[IVX]{{1,4}}|[A-H]|{IN_WORDS})(?![\w])\s*(?:[.:)\]*–—-]{{1,3}}\s*|$|(?=[(\n]))"
)
_ROMAN = re.compile(r"(?P<label>[IVXL]+)\s*[.\-–:/)]\s*(?=\D|$)")
_LETTER = re.compile(r"(?P<label>[A-HKM-UYĐ])\s?(?:\.\s+|[)/]\s*(?=[^\s)/]))")
_DECIMAL = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3}){1,5})(?:\.|\s|:|\)|(?=[" + CAPITALS + r"]))\s*(?![\d,%/])")
_ROMAN_DECIMAL = re.compile(rf"(?P<roman>[IVX]{{1,5}})(?P<more>(?:\.\d{{1,2}}){{1,4}})[.):]?\s+(?=[{CAPITALS}“\"])")
_CLAUSE = re.compile(r"(?P<label>\d{1,4}[a-zđ]{0,2}\d?)\s?(?:\.(?!\d)(?:\)|\s?[-–](?=\s))?|[/\-](?=\s+\D))\s*")
_INSERTED_CLAUSE = re.compile(r"(?P<label>\d{1,3}[a-zđ])\)\s*(?=\S)")
_INSERTED_POINT = re.compile(r"(?P<label>[a-zđ]\d)\.\s+(?=\S)")
_NEXT_WORDS = rf"\s*(?:$|(?!Điều\b|Khoản\b)(?=[{CAPITALS}“\"]))"
_NAMED_CLAUSE = re.compile(r"(?:KHOẢN|Khoản)\s+(?P<label>\d{1,3}[a-zđ]{0,2})\s?[.:]" + _NEXT_WORDS)
_NAMED_POINT = re.compile(r"(?:ĐIỂM|Điểm)\s+(?P<label>[a-zđ]{1,2}\d?)\s?[.:)]" + _NEXT_WORDS)
_POINT = re.compile(r"(?P<label>[a-zđăâêôơư]{1,2}\d?)\s?(?:\)|/(?=\s))\s*")
_DOTTED_POINT = re.compile(rf"(?P<label>[a-zđ])(?:\s?\.\s+(?=\S)|[-–]\s+(?=[{CAPITALS}]))")
_POINTS_WITH_DOTS = (("point", _DOTTED_POINT), ("point", _INSERTED_POINT))
_DASH = re.compile(r"(?P<mark>[-–—−])\s*(?=[^\s\d\-–—−_])|(?P<spaced>[-–—−])\s+(?=\S)")
_BULLET = re.compile(
    r"(?P<mark>[+•●▪○◦■§➢✓·]|\*(?!.*\*))\s*(?=[^\s*+_])|(?P<number>\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)|\d{1,2}\)|[ivx]{3,5}\)"
    r"|[a-zđ](?:\.\d{1,2})+[.)])\s+"
)
_NOTE = re.compile(r"(?P<label>\d{1,3})\s+(?=(?:Điều|Khoản|Điểm|Cụm từ|Đoạn|Chương|Mục|Từ|Tên|Luật|Nghị|Thông|Các)\b)")
_CITED = re.compile(
    r"(?:này|của|và|hoặc|đến|thì|quy định|được|phải|nêu|trên|dưới|theo|tại|ban hành|kèm theo|thuộc|có|là|với|để|như)\b"
)
_CITES_MORE = re.compile(
    r"(?:Phụ lục|Điều|Chương|Mục|Phần|Khoản|Nghị định|Nghị quyết|Luật|Bộ luật|Thông tư|Quyết định)\b"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a line announces: its kind and label, the marker as printed, and where the rest of the line begins.

    `dotted` tells that an article has its dot; `style` of a paragraph is "-" or "+" (how deep it nests), of a
    decimal that begins with a Roman number ("II.1.") "roman".
    """

    kind: str
    label: str
    marker: str
    end: int
    dotted: bool = True
    style: str = ""


def unit_at(text: str) -> Unit | None:
    """What `text` (a line without leading white space) announces by its shape, or None for plain text."""
    if not text:
        return None
    start = text[:_MARKER_REACH]
    seen = start.translate(_AS_SEEN).lstrip()
    if seen == start:
        return _unit_at(text)
    # A line of signs alone that hide nothing ("⁰⁴⁵") announces nothing.
    whole = seen + text[_MARKER_REACH:]
    unit = _unit_at(whole) if whole else None
    if unit is None:
        return None
    # What is read otherwise stays as it is in the marker.
    end = next((at for at in range(len(start)) if len(start[: at + 1].translate(_AS_SEEN).lstrip()) > unit.end), None)
    end = unit.end + len(start) - len(seen) if end is None else end
    return replace(unit, marker=text[:end].strip(), end=end)


def _unit_at(text: str) -> Unit | None:
    first = text[0]
    if first in "PL[(*+–-" and (matched := _ALTERNATIVE.match(text)):
        return _unit_of("alternative", matched, text)
    return unit_but_alternative(text)


def unit_but_alternative(text: str) -> Unit | None:
    """What `text` announces if not an alternative: "- Phương án 1: …" is a dash then."""
    first = text[0]
    if first in "PCMTĐKBpt":
        return _named(text)
    if first.isdigit():
        return _numbered(text)
    if first in "-–—−":
        matched = _DASH.match(text)
        return Unit("paragraph", "", text[: matched.end()].rstrip(), matched.end(), style="-") if matched else None
    return _lettered(text) or _bulleted(text)


def is_capital_letter(unit: Unit) -> bool:
    """Whether a unit is a mere capital letter, "A." or "B)": a part, or a point typed so."""
    return unit.kind == "part" and len(unit.marker) <= 3 and not unit.label.isdigit()


def is_section_number(label: str) -> bool:
    """Whether a decimal may number a section, and is not an amount: "10.000", "1.05"."""
    parts = label.split(".")
    return all(int(part) <= _LARGEST_PART and (len(part) == 1 or part[0] != "0") for part in parts)


def note_at(text: str) -> Unit | None:
    """A foot note typed as text, as in consolidated laws: "12 Điều này được sửa đổi, bổ sung theo …"."""
    matched = _NOTE.match(text)
    return Unit("footnote", matched["label"], matched["label"], matched.end()) if matched else None


def is_citation(rest: str) -> bool:
    """Whether what follows "Điều 12" or "Chương III" shows that a text is only being cited."""
    return bool(rest) and (rest[0] in ",;)" or rest[0].islower() or bool(_CITED.match(rest)))


def cites_more(rest: str) -> bool:
    """Whether what follows "Mục 4" goes on citing ("Mục 4 Phụ lục II")."""
    return bool(_CITES_MORE.match(rest))


def _named(text: str) -> Unit | None:
    for kind, pattern in _PATTERNS_BY_INITIAL.get(text[0], ()):
        matched = pattern.match(text)
        if matched:
            return _unit_of(kind, matched, text)
    return _lettered(text)


def _unit_of(kind: str, matched: re.Match[str], text: str) -> Unit:
    groups = matched.groupdict()
    label = groups.get("label") or groups.get("bare") or ""
    if kind in ("part", "chapter", "alternative"):
        label = str(ordinal_value(label) or label)
    if kind == "form":
        label = label.rstrip(".-")
    if kind == "appendix":
        label += groups.get("part") or ""
    dotted = kind != "article" or bool(groups.get("sign"))
    return Unit(kind, label, text[: matched.end()].strip(), matched.end(), dotted)


def _numbered(text: str) -> Unit | None:
    for kind, pattern in (("decimal", _DECIMAL), ("clause", _CLAUSE), ("clause", _INSERTED_CLAUSE)):
        matched = pattern.match(text)
        if matched:
            return Unit(kind, matched["label"], text[: matched.end()].strip(), matched.end())
    return _bulleted(text)


def _lettered(text: str) -> Unit | None:
    matched = _ROMAN_DECIMAL.match(text)
    if matched and (value := roman_value(matched["roman"])):
        # It counts as "2.1." does; the marker says how it was written.
        return Unit("decimal", f"{value}{matched['more']}", matched[0].strip(), matched.end(), style="roman")
    matched = _ROMAN.match(text)
    if matched and roman_value(matched["label"]):
        return Unit("roman", matched["label"], text[: matched.end()].strip(), matched.end())
    for kind, pattern in (("part", _LETTER), ("point", _POINT), *_POINTS_WITH_DOTS):
        matched = pattern.match(text)
        if matched:
            return Unit(
                kind,
                matched["label"],
                text[: matched.end()].strip(),
                matched.end(),
                (kind, pattern) not in _POINTS_WITH_DOTS,
            )
    return None


def _bulleted(text: str) -> Unit | None:
    matched = _BULLET.match(text)
    if not matched:
        return None
    style = "+" if matched["mark"] == "+" else "-"
    return Unit("paragraph", "", text[: matched.end()].strip(), matched.end(), style=style)


_PATTERNS_BY_INITIAL: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "P": (("part", _PART), ("appendix", _APPENDIX), ("appendix", _BARE_APPENDIX)),
    "C": (("chapter", _CHAPTER),),
    "M": (("section", _SECTION), ("form", _FORM)),
    "B": (("form", _FORM),),
    "T": (("subsection", _SUBSECTION),),
    "t": (("subsection", _SUBSECTION),),
    "Đ": (("article", _ARTICLE), ("point", _NAMED_POINT)),
    "K": (("clause", _NAMED_CLAUSE),),
}
