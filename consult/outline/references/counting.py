"""Lists that say how long they are: "trong 05 trường hợp sau đây:" above six points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consult.outline.grammar.labels import ordinal_value
from consult.outline.references.draft import Standing, in_sequence, words_of
from consult.outline.references.findings import Finding
from consult.outline.references.mentions import without_quotations

_WORDS = "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_NOUNS = (
    "trường hợp|điều kiện|nội dung|nhóm|bước|hình thức|tiêu chí|nguyên tắc|loại|hành vi|thành phần|giấy tờ|tài liệu|"
    "yêu cầu|nhiệm vụ|đối tượng|phương thức|phương pháp|biện pháp|mức|căn cứ|khu vực|giai đoạn|tiêu chuẩn|phương án|"
    "vùng|ngành|lĩnh vực|nguồn|bộ phận|cơ quan|tổ chức|khoản|điểm|mục|quyền|nghĩa vụ|trách nhiệm|đặc điểm|hạng"
)
_COUNT = re.compile(
    rf"(?<!\w)(?P<number>\d{{1,2}}|{_WORDS})(?:\s*\((?:\w+\s?){{1,3}}\))?\s+(?P<noun>{_NOUNS})"
    r"(?:\s+[^\W\d_]+){0,4}?\s+(?:như\s+)?(?:sau(?:\s+đây)?|dưới đây)\s*:\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:ít nhất|tối thiểu|trên|dưới|quá|từ|đến|thêm|tối đa|mỗi|khoản|điểm|điều|/|tháng|ngày)\s*$",
    re.IGNORECASE,
)
_LEVELS = ("clause", "point")


def miscounted(found: Sequence[Standing]) -> Iterator[Finding]:
    """The lists with another number of entries than is said above them; certain where these are numbered in full."""
    for one in found:
        said = _said(words_of(one.node))
        if said is None or one.amends:
            continue
        number, words = said
        for kind in _LEVELS:
            listed = [child for child in one.node.children if child.kind == kind]
            if listed:
                if len(listed) != number:
                    yield Finding("miscounted", one.node.path, in_sequence(listed), words, str(len(listed)))
                break


def _said(text: str) -> tuple[int, str] | None:
    """The number of entries that the end of a text announces, more than one, with the words that do so."""
    plain = without_quotations(text)[-200:]
    found = _COUNT.search(plain)
    if found is None or _AT_LEAST.search(plain[: found.start()]):
        return None
    written = found["number"].lower()
    number = int(written) if written.isdigit() else ordinal_value(written) or 0
    return (number, " ".join(found[0].split())) if number > 1 else None
