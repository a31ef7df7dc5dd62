"""Where a draft begins with its head, that stands in two columns."""

from consult.reading.texts.letterhead import letterhead
from consult.reading.texts.sheets import Node


def lines(*words: str) -> list[Node]:
    """Paragraphs with these words."""
    return [Node(f"doan{number}", "paragraph", text=text) for number, text in enumerate(words, start=1)]


def said(nodes: tuple[Node, ...]) -> list[str]:
    """Their words."""
    return [node.text for node in nodes]


LEFT = ["DỰ THẢO", "ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "Số: /2026/QĐ-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thái Nguyên, ngày tháng năm 2026"]
TEXT = ["QUYẾT ĐỊNH", "Căn cứ Luật Tổ chức chính quyền địa phương;"]


def test_the_columns_are_told_apart_by_what_they_say() -> None:
    for order in (LEFT + RIGHT, [RIGHT[0], LEFT[0], RIGHT[1], LEFT[1], LEFT[2], RIGHT[2]]):
        found = letterhead(lines(*order, *TEXT))
        assert said(found.left) == LEFT and said(found.right) == RIGHT and said(found.rest) == TEXT


def test_nothing_of_a_text_without_a_head_is_moved_or_lost() -> None:
    for words in (TEXT, [], LEFT + TEXT, ["Thái Nguyên, ngày 3 tháng 5 năm 2026", *TEXT]):
        found = letterhead(lines(*words))
        assert not found.left and not found.right and said(found.rest) == words


def test_every_line_stays() -> None:
    words = [RIGHT[0], "Một dòng", RIGHT[1], *TEXT]
    found = letterhead(lines(*words))
    assert sorted(said(found.left + found.right + found.rest)) == sorted(words)
