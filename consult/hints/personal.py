"""What in a text may be personal data: numbers by which people are called, known or paid, mail and home addresses, and
names. It knows what such numbers look like and what stands before them, so that numbers of laws, articles, sums of
money and days are none. Nothing is done by it: an officer looks, and may take the redaction that is prepared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult.hints.names import persons
from consult.hints.words import HintKind
from consult.people import mail_addresses

BLACKED_OUT = "[…]"
NEAR = 45
"""So many characters before a number its meaning may be named."""
PROVINCES = 96
"""The codes of provinces in identity numbers end here (Mã tỉnh: 001 to 096)."""


@dataclass(frozen=True)
class Hint:
    """A piece of a text, from `start` to before `end`, and what it may be."""

    kind: HintKind
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A piece of a text in its order; `kind` is empty where nothing is pointed out."""

    text: str
    kind: str = ""


_SEPARATED = r"[ .\-\u00a0]?"
_DIGITS = re.compile(rf"(?<![\d/.,\w])\+?\d(?:{_SEPARATED}\d){{7,15}}(?![\d/\w]|[.,]\d)")
_MOBILE = re.compile(r"(?:\+?84|0)[35789]\d{8}")
_LANDLINE = re.compile(r"(?:\+?84|0)2\d{9}")
_CALLED = re.compile(r"điện thoại|đt\b|sđt|di động|zalo|liên hệ|gọi|hotline|số máy|tel\b|phone", re.IGNORECASE)
_KNOWN_BY = re.compile(r"cccd|cmnd|cmtnd|căn cước|chứng minh|định danh|hộ chiếu|số thẻ|bhxh|bhyt", re.IGNORECASE)
_PAID_BY = re.compile(
    r"tài khoản|\bstk\b|số tk|ngân hàng|chuyển khoản|vietcombank|agribank|bidv|vietinbank", re.IGNORECASE
)
_CITED = re.compile(
    r"(?:nghị định|thông tư|luật|quyết định|công văn|văn bản|số hiệu|mã số thuế|mst)\s*(?:số)?\s*$", re.IGNORECASE
)
_WHERE = (
    re.compile(
        r"(?:trú tại|thường trú(?: tại)?|tạm trú(?: tại)?|ngụ tại|địa chỉ(?: nhà| thường trú| liên hệ)?|nhà ở tại"
        r"|nhà tôi ở)\s*:?\s*(?P<place>\w[^.;\n()]{6,90})",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<place>số nhà \d+\w{0,2}[^.;\n()]{0,60})", re.IGNORECASE),
    re.compile(
        r"(?P<place>\bsố \d{1,4}[A-Za-z]?(?:/\d+)*,?\s*(?:đường|phố|ngõ|ngách|hẻm|kiệt)\s+\w[^.;,\n()]{0,40})",
        re.IGNORECASE,
    ),
)
_PRECISE = re.compile(
    r"^(?:số\s*)?\d|(?:thôn|xóm|bản|tổ|tổ dân phố|ngõ|ngách|hẻm|phố|đường|khu phố|ấp|phường|xã|thị trấn)"
    r"\s+[A-ZĐÂÊÔƠƯĂ\d]"
)
"""An address of somebody names a house, a hamlet, a street or a commune: "thường trú tại Việt Nam" does not."""
_OF_OFFICE = re.compile(
    r"trụ sở|ủy ban|uỷ ban|ubnd|thư điện tử|email|website|trang|cổng|dự án|cơ sở|nhà máy|văn bản|https?", re.IGNORECASE
)
SHORTEST_NAME = 2


def hints(text: str, own_names: Iterable[str] = ()) -> list[Hint]:
    """What may be personal data in `text`, from left to right, no two of them in one place; `own_names` are known
    names to look for as they are written (the sender's, which may not be public)."""
    found = [*_numbers(text), *_mails(text), *_places(text)]
    found += [Hint(HintKind.PERSON, *span) for span in persons(text)]
    found += [Hint(HintKind.PERSON, *span) for name in own_names for span in _named(text, name)]
    return _apart(found)


def pieces(text: str, found: Sequence[Hint]) -> list[Piece]:
    """A text in its pieces, those pointed out among them."""
    cut, at = list[Piece](), 0
    for one in found:
        cut += [Piece(text[at : one.start]), Piece(text[one.start : one.end], one.kind.value)]
        at = one.end
    return [one for one in [*cut, Piece(text[at:])] if one.text]


def blacked_out(text: str, found: Sequence[Hint]) -> str:
    """The text with what was pointed out taken out, for who redacts it to look at."""
    return "".join(BLACKED_OUT if one.kind else one.text for one in pieces(text, found))


def _numbers(text: str) -> Iterator[Hint]:
    for found in _DIGITS.finditer(text):
        kind = _kind(re.sub(r"[^\d+]", "", found.group()), text[max(0, found.start() - NEAR) : found.start()])
        if kind is not None:
            yield Hint(kind, *found.span())


def _kind(digits: str, before: str) -> HintKind | None:
    """What a number is by how it looks and by what stands before it."""
    if _CITED.search(before):
        return None
    if _PAID_BY.search(before):
        return HintKind.ACCOUNT
    if _is_identity(digits) or (_KNOWN_BY.search(before) and len(digits) in {9, 10, 12}):
        return HintKind.IDENTITY
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return HintKind.TELEPHONE
    return HintKind.TELEPHONE if _CALLED.search(before) and digits.startswith(("0", "+84", "1900", "1800")) else None


def _is_identity(digits: str) -> bool:
    """Twelve digits: the province, the century with the sex, and the year of birth (số định danh cá nhân)."""
    return len(digits) == 12 and digits.isdigit() and 1 <= int(digits[:3]) <= PROVINCES and digits[3] in "0123"


def _mails(text: str) -> Iterator[Hint]:
    return (Hint(HintKind.MAIL, *span) for span in mail_addresses.standing_in(text))


def _places(text: str) -> Iterator[Hint]:
    for pattern in _WHERE:
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - NEAR) : found.start()]
            precise = _PRECISE.search(found.group("place"))
            if precise and not _OF_OFFICE.search(found.group()) and not _OF_OFFICE.search(before):
                yield Hint(HintKind.ADDRESS, *found.span("place"))


def _named(text: str, name: str) -> Iterator[tuple[int, int]]:
    if len(name.split()) < SHORTEST_NAME:
        return iter(())
    return (found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _apart(found: list[Hint]) -> list[Hint]:
    """The first and longest of what lies in one place."""
    kept: list[Hint] = []
    for one in sorted(found, key=lambda hint: (hint.start, -hint.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
