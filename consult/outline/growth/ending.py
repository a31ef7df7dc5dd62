"""Where a text ends (signatures, recipients) and where an annexed text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import unit_at
from consult.outline.growth.cells import table_text
from consult.outline.text.characters import UNSEEN

_RECIPIENTS = re.compile(r"\**(?:Nơi nhận|NƠI NHẬN)\b")
_ON_BEHALF = re.compile(r"\**(?:TM|KT|TL|TUQ|T\.M|K\.T|Q)\.\s?[A-ZĐÀ-Ỹ]")
_OFFICE = re.compile(
    r"\**(?:PHÓ |KT\. )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHỦ NHIỆM|CỤC TRƯỞNG"
    r"|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|TỔNG THANH TRA|THỐNG ĐỐC|VIỆN TRƯỞNG|CHÁNH ÁN|BÍ THƯ|CHỦ DỰ ÁN|ĐẠI DIỆN)(?:$|[ *])"
)
_PASSED = re.compile(r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được .{3,160} thông qua ngày(?!.*hiệu lực)")
_ATTACHED = re.compile(
    r"\(?\s*(?:Ban hành\s+)?kèm theo\s+(?:Quyết định|Nghị định|Nghị quyết|Thông tư|Công văn|Tờ trình|Kế hoạch|Luật"
    r"|Văn bản|Chương trình|Chỉ thị|QĐ|NQ)\b",
    re.IGNORECASE,
)
_REGULATION = re.compile(
    r"(?:\(?DỰ THẢO\)?\s*:?\s*)?"
    r"(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|QUY TRÌNH|NỘI QUY|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|PHƯƠNG ÁN|HƯỚNG DẪN|CHIẾN LƯỢC|DỰ ÁN"
    r"|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ|TỜ TRÌNH|QUY CHUẨN|LUẬT)\b"
)
_COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_GROUNDS = re.compile(r"(?:Căn cứ|Kính gửi|QUYẾT NGHỊ\s*:|QUYẾT ĐỊNH\s*:|NGHỊ QUYẾT\s*:)")
_COUNTED = frozenset({"article", "roman", "clause", "decimal"})
_LONGEST_PREAMBLE = 40  # lines
_LOOK_AHEAD = 4
_LONGEST_TITLE = 6  # lines


def ends_text(lines: Sequence[Line], index: int) -> bool:
    """Whether the signatures begin here: recipients, "TM. …", an office, or the sentence on the law's adoption."""
    line = lines[index]
    if line.table is not None:
        return any(_is_signature(text.strip().lstrip(UNSEEN)) for text in table_text(line.table).split("\n"))
    if line.unit is not None and line.unit.kind != "part":
        return False
    if _is_signature(line.seen) or _PASSED.match(line.seen):
        return True
    if not _is_short_capitals(line):
        return False
    following = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    return any(_is_signature(after.seen) for after in _while_capitals(following))


def _is_signature(text: str) -> bool:
    first = text.split("\n")[0]
    return len(first) < 90 and bool(
        _RECIPIENTS.match(first) or _ON_BEHALF.match(first) or (_OFFICE.match(first) and first.upper() == first)
    )


def _is_short_capitals(line: Line) -> bool:
    return bool(line.text) and line.table is None and len(line.text) < 120 and line.is_capital


def _while_capitals(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if not _is_short_capitals(line):
            break
        found.append(line)
    return found


def annexed_starts(lines: Sequence[Line]) -> dict[int, int]:
    """Where annexed texts begin: index of the first line of the title → index of the first line after the title.

    An annex announces itself by a title and "(Ban hành kèm theo Quyết định số …)", or is a regulation's name standing
    alone after the signatures, or one with what only a text of its own has below it: its grounds, or its first article.
    What is headed "Phụ lục" or "Mẫu" is not listed here.
    """
    starts: dict[int, int] = {}
    signed = annexed = formed = False
    counted: set[str] = set()
    for index, line in enumerate(lines):
        if _ATTACHED.match(line.seen):
            start = _title_start(lines, index)
            if start is not None:
                starts[start] = index
        elif line.unit is not None and line.unit.kind in ("appendix", "form"):
            annexed = annexed or (signed and line.is_styled)
            formed = formed or line.is_styled
        elif (signed and not annexed and line.table is None and _is_bare_name(line)) or (
            counted and not formed and _begins_text(lines, index, counted)
        ):
            starts.setdefault(index, _name_end(lines, index))
        elif line.table is not None or line.unit is None:
            signed = signed or ends_text(lines, index)
        if line.unit is not None and line.unit.kind in _COUNTED:
            counted.add(line.unit.kind)
    return _without_overlaps(starts)


def _begins_text(lines: Sequence[Line], index: int, counted: Set[str]) -> bool:
    """Whether a text of its own begins at the name of one, though no signatures end the one before: its grounds or its
    addressee follow, or numbers of another kind than were `counted` so far, and they begin at the beginning."""
    line = lines[index]
    if line.table is not None or line.unit is not None or line.auto or not line.is_capital:
        return False
    if not _REGULATION.match(line.seen) or line.text.endswith(":"):
        return False
    opened = False
    for after in lines[index + 1 : index + _LONGEST_PREAMBLE]:
        opened = opened or bool(_GROUNDS.match(after.seen))
        if after.unit is None or after.unit.kind == "paragraph":
            continue
        first = distance(None, after.unit.label, after.unit.kind) == 1
        if not opened and not _is_bare_name(line):
            return False
        other = after.unit.kind == "roman" and (opened or not counted & {"roman", "decimal"})
        return first and (after.unit.kind in ("article", "chapter") or other)
    return False


def is_country_heading(line: Line) -> bool:
    """Whether the line or table carries the name of the country, with which a whole document begins."""
    text = table_text(line.table) if line.table is not None else line.text
    return _COUNTRY in text.upper().replace("HOÀ", "HÒA")


def _title_start(lines: Sequence[Line], index: int) -> int | None:
    """The first line of the title above "(Ban hành kèm theo …)": the name of the regulation if it stands near, else
    the lines above that look like a title."""
    start = named = index
    styled = True
    for above_index in range(index - 1, max(index - 1 - _LONGEST_TITLE, -1), -1):
        above = lines[above_index]
        if above.unit is not None and above.unit.kind in ("appendix", "form"):
            return None
        if (
            above.table is not None
            or above.auto
            or len(above.text) > 300
            or unit_at(above.text)
            or _is_signature(above.seen)
        ):
            break
        styled = styled and (above.is_capital or above.centred or above.bold)
        start = above_index if styled else start
        if above.is_capital and _REGULATION.match(above.seen):
            named = above_index
            break
    first = named if named < index else start
    return first if first < index else None


def _is_bare_name(line: Line) -> bool:
    return line.unit is None and not line.auto and bool(_REGULATION.fullmatch(line.seen))


def _name_end(lines: Sequence[Line], index: int) -> int:
    """Index after the last line of a regulation's name that stands alone: "QUY ĐỊNH", then "Về giá đất"."""
    following = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    capitals = [line for line in _while_capitals(following) if line.unit is None and not is_country_heading(line)]
    if not capitals and following and following[0].unit is None and following[0].text.startswith("Về "):
        return index + 2
    return index + 1 + len(capitals)


def _without_overlaps(starts: dict[int, int]) -> dict[int, int]:
    kept: dict[int, int] = {}
    reach = -1
    for start in sorted(starts):
        if start <= reach:
            continue
        kept[start] = starts[start]
        reach = starts[start]
    return kept
