"""Names of persons in Vietnamese text: after a word by which people are addressed, or with a surname and a middle name
that nothing else has."""

import re
from collections.abc import Iterator

_SURNAMES = """
    Âu Bạc Bàn Bạch Bế Bùi Cao Cầm Chảo Chu Châu Cù Cứ Dương Doãn Diệp Đàm Đào Đặng Đầu Đậu Điêu Đinh Đoàn Đồng
    Đỗ Giàng Giáp Hà Hạng Hầu Hoa Hoàng Hồ Hồng Hứa Huỳnh Khà Khổng Khuất Kiều Kim La Lã Lại Lâm Lầu Lê Liêu Lò
    Lỗ Lộc Lục Lữ Lường Lương Lưu Ly Lý Ma Mã Mạc Mai Mùa Ngân Nghiêm Ngô Ngụy Nguyễn Nhữ Ninh Nông Ông Phạm
    Phan Phàn Phí Phùng Phương Quách Quàng Quản Sầm Sùng Tạ Tăng Tẩn Thạch Thái Thân Thào Tiêu Tô Tôn Tống Trần
    Triệu Trịnh Trương Từ Uông Ứng Vàng Vi Võ Vũ Vừ Vương
"""
SURNAMES = frozenset(_SURNAMES.split())
MIDDLE = frozenset({"Văn", "Thị"})
TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "cậu", "mợ", "dì", "thím", "cụ", "em", "cháu", "đồng chí")
KNOWN = frozenset({"Hồ", "Hồ Chí Minh"})
"""Who is no private person: Bác Hồ."""
_OFFICES = """
    Ban Bí Bộ Cán Chánh Chủ Cục Đại Đảng Giám Giáo Hiệu Hội Kế Phó Quyền Sở Thanh Thẩm Thủ Thứ Toàn Tổng Tổ
    Trưởng Ủy Uỷ Viện Xã Phường Tỉnh Thôn Việt
"""
OFFICES = frozenset(_OFFICES.split())
"""What may stand behind a word of address and begins an office or a place: "ông Chủ tịch"."""

_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_SYLLABLE = f"[{_UPPER}][{_LOWER}]{{0,6}}"
_RUN = re.compile(rf"(?<![\w]){_SYLLABLE}(?:[ \u00a0]{_SYLLABLE}){{0,4}}(?![\w])")
_TITLE = re.compile(rf"(?:^|[\s(\"“,;:./–-])({'|'.join(TITLES)})[ \u00a0]$", re.IGNORECASE)
LONGEST_TITLE = 12
ENOUGH = 2


def persons(text: str) -> Iterator[tuple[int, int]]:
    """Where names of persons stand, from left to right. Only what is certain enough to be looked at: one capital word
    counts after a word of address that is written small, more of them after one written either way where the first is
    a surname; without any, a surname with "Văn" or "Thị" behind it."""
    for found in _RUN.finditer(text):
        syllables = found.group().split()
        before = _TITLE.search(text[max(0, found.start() - LONGEST_TITLE) : found.start()])
        title = before.group(1) if before else ""
        if _is_person(syllables, title):
            yield found.span()
        elif (start := _begins(syllables)) is not None:
            # The word before begins a sentence, and so the run of capital words.
            yield found.start() + len(" ".join(syllables[:start])) + 1, found.end()


def _is_person(syllables: list[str], title: str) -> bool:
    name = " ".join(syllables)
    if name in KNOWN or syllables[0] in OFFICES:
        return False
    if title and title == title.lower():
        return len(syllables) >= ENOUGH or len(name) > 1
    if title:
        return syllables[0] in SURNAMES and len(syllables) >= ENOUGH
    return _is_full(syllables)


def _begins(syllables: list[str]) -> int | None:
    """Where the name begins behind a first word that belongs to the run ("Bà Nguyễn Hoa", "Hỏi Trần Văn Nam")."""
    rest = syllables[1:]
    titled = syllables[0].lower() in TITLES and len(rest) >= ENOUGH and rest[0] in SURNAMES
    return 1 if (titled and " ".join(rest) not in KNOWN) or _is_full(rest) else None


def _is_full(syllables: list[str]) -> bool:
    return len(syllables) > ENOUGH and syllables[0] in SURNAMES and syllables[1] in MIDDLE
