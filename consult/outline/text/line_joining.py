"""Whether a line of a hard-wrapped Vietnamese text goes on with the line before it. In doubt it does not."""

from __future__ import annotations

import re

from consult.outline.text.characters import CAPITALS

# What begins a unit of its own: "Điều 5.", "Chương II", "1.", "1.2.", "a)", "I.", "- ", "PHỤ LỤC", an opening quote;
# no amount ("150.000 đồng"), and no word at the end of a parenthesis ("xe) không …").
UNIT_BEGINS = re.compile(
    r"""[“"‘']?(?:
        (?:Điều|ĐIỀU)\s+\d+[a-zđ]*\s*(?:[.:]|$)
      | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu\s+mục|TIỂU\s+MỤC)\s+(?:thứ\s|THỨ\s|[IVXLC\d]+[a-zđ]?\s*(?:[.:]|$))
      | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+[A-H]\s*(?:[.:]|$)
      | điều\s+\d+\s*[.:]\s+CAPITAL | chương\s+[IVXL]+\s*(?:[.:]|$)
      | \((?:\d{1,2}|[a-zđ])\)\s+CAPITAL
      | (?:Khoản|KHOẢN)\s+\d+[a-zđ]*\s?[.:]\s | (?:Điểm|ĐIỂM)\s+[a-zđ]{1,2}\d?\s?[.:)]\s
      | (?:Phụ\s+lục|PHỤ\s+LỤC|Mẫu\s+số|MẪU\s+SỐ|Nơi\s+nhận|Căn\s+cứ|CĂN\s+CỨ)\b
      | \d{1,3}(?:\.\d{1,2})*[a-zđ]?[.)]\d*\s
      | \d{1,3}(?:\.\d{1,2})+\s
      | (?P<letter>[a-zđ])(?P=letter)?\d?[.)]\d*\s
      | [IVXLC]{1,12}[.)]\s
      | [-–—+*•▪]\s
    )""".replace("CAPITAL", f"[{CAPITALS}]"),
    re.VERBOSE,
)
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+\d+[a-zđ]*\s*[.:]")
_FIRST_CLAUSE = re.compile(rf"1[.)]\s+[{CAPITALS}]")
_QUOTE = re.compile(r"[“\"]\S")
_ENDS = tuple(".;:!?") + (".”", ";”", ":”", ".”.", "”.", "”;", '."', '".', '";')
# A line that ends in one of these words is never the end of a sentence: what follows is a citation, not a heading.
_OPEN_WORDS = {
    "tại", "theo", "và", "của", "với", "hoặc", "khoản", "điểm", "điều", "các", "số", "đến", "từ", "định", "về", "cho",
    "như", "là", "do", "ở", "trong", "những", "ngày", "tháng", "năm", "nghị", "luật", "thuộc", "bởi", "này,",
}  # fmt: skip

# The same words at the end of a noun, with which a heading may well end.
_NOUNS = {
    "nhà ở", "đất ở", "chỗ ở", "nơi ở", "thiểu số", "dân số", "tổng số", "hệ số", "chỉ số", "chữ số", "pháp luật",
    "kỷ luật", "kỉ luật", "hằng ngày", "hàng ngày", "hằng tháng", "hàng tháng", "hằng năm", "hàng năm", "địa điểm",
    "thời điểm", "đặc điểm", "quan điểm", "trọng điểm", "thí điểm", "tài khoản", "điều khoản", "đề nghị", "kiến nghị",
    "trực thuộc", "hội nghị", "thẩm định", "giám định", "kiểm định", "chỉ định", "ổn định", "xác định",
}  # fmt: skip


def continues(before: str, line: str, width: int, over_page: bool = False) -> bool:
    """Whether `line` goes on with the sentence of `before`; `width` is the usual length of a full line.

    `over_page` says that a page ends between them, where only a line in lower case is taken to go on.
    """
    if _ARTICLE.match(before) and _FIRST_CLAUSE.match(line):
        return False  # The heading may end in any word: "Điều 5. Những quy định".
    if before.isupper() and not line.isupper() and UNIT_BEGINS.match(line):
        return False  # So may one in capitals, and no citation is written in them.
    if _is_open(before) and len(before) >= 0.5 * width:
        return not (_QUOTE.match(line) and UNIT_BEGINS.match(line))
    if UNIT_BEGINS.match(line) or before.endswith(_ENDS):
        # A semicolon inside a sentence may fall on the end of a full line; nothing begins in lower case otherwise.
        inside = before.endswith(":") or (before.endswith(";") and len(before) >= 0.75 * width)
        return line[0].islower() and not UNIT_BEGINS.match(line) and inside
    if line[0].islower() or line[0] in "(,;)":
        return True
    if over_page or before.isupper() != line.isupper():
        return False
    return len(before) >= 0.75 * width


def _is_open(line: str) -> bool:
    words = line.split()
    if line.endswith(","):
        return True
    return words[-1].lower() in _OPEN_WORDS and " ".join(words[-2:]).lower() not in _NOUNS
