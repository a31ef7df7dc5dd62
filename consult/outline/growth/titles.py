"""The title of a document: its kind ("NGHỊ ĐỊNH") and the lines below that say what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.outline.grammar.line import Line
from consult.outline.growth.cells import table_text
from consult.outline.growth.ending import is_country_heading
from consult.outline.text.characters import UNSEEN

_KIND = re.compile(
    r"\**\s*(?:DỰ THẢO\s+)?(?:HIẾN PHÁP|BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ|THÔNG BÁO"
    r"|CHỈ THỊ|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|DỰ ÁN|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ"
    r"|QUY HOẠCH|CHIẾN LƯỢC|LỆNH|CÔNG ĐIỆN|BIÊN BẢN)(?![\w:])"
)
_ENDS = re.compile(
    r"[*_]*(?:MỤC LỤC|MỞ ĐẦU|LỜI NÓI ĐẦU|TÓM TẮT|Căn cứ|Theo đề nghị|Xét|Thực hiện .{120}|Thực hiện .*:$"
    r"|Trên cơ sở|Kính gửi|Chính phủ ban hành|Quốc hội ban hành|\(|[_\-–—=*]{2,}|Luật (?:.+ )?số |[“\"„]|CHÍNH PHỦ$"
    r"|(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT):|Số:|\w[^.]{0,60}, ngày)"
)
# Who issues the text; part of its title only where the line before leads over to it.
_ISSUER = re.compile(
    r"[*_]*(?:HỘI ĐỒNG NHÂN DÂN|[ỦU][YỶ] BAN NHÂN DÂN|ỦY BAN THƯỜNG VỤ|QUỐC HỘI|BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|GIÁM ĐỐC"
    r"|CỘNG H)"
)
_LEADS_OVER = re.compile(r"\b(?:của|và|với|do|về|thuộc|giữa)$", re.IGNORECASE)
_FURTHEST = 60
_MOST_LINES = 5


def title_of(lines: Sequence[Line]) -> str:
    """The title, on one line; empty when none was found."""
    head = _head(lines)
    for index, text in enumerate(head):
        if text and _KIND.match(text) and (text.upper() == text or len(text) < 40):
            return _joined(head[index:])
    named = next((line for line in lines[:_FURTHEST] if line.heading_level == 1 and line.text), None)
    if named is not None and (named.unit is None or named.unit.style == "outer"):
        return " ".join(named.rest.split())
    return " ".join(_capitals(lines).split())


def _head(lines: Sequence[Line]) -> list[str]:
    """Texts of the lines before the first unit; an empty one for each table and each unit."""
    head: list[str] = []
    for line in lines[:_FURTHEST]:
        if line.listed or (line.unit is not None and line.unit.kind != "paragraph" and line.unit.style != "outer"):
            break
        if line.table is not None:
            head.extend(["", *table_text(line.table).split("\n")[-8:], ""])
        else:
            head.extend(text.lstrip(UNSEEN) for text in line.text.split("\n"))
    return head


def _joined(head: Sequence[str]) -> str:
    parts = [head[0]]
    for text in head[1 : _MOST_LINES + 1]:
        if not text or _ENDS.match(text) or len(text) > 400:
            break
        if _ISSUER.match(text) and not _LEADS_OVER.search(parts[-1]):
            break
        parts.append(text)
    return " ".join(" ".join(parts).replace("**", "").split())


def _capitals(lines: Sequence[Line]) -> str:
    """Failing all else, the first line in capitals before the first unit."""
    for line in lines[:_FURTHEST]:
        if line.unit is not None:
            break
        if line.text and line.is_capital and len(line.text) > 12 and not is_country_heading(line):
            return line.text
    return ""
