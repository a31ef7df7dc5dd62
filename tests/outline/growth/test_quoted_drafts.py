"""Drafts that stand in quotation marks themselves, and those that amend others, whose quotations stay in them."""

import pytest

from tests.outline.outlines import at, codes, outline, paths

TEXTS = ("Phạm vi điều chỉnh", "Đối tượng áp dụng", "Giải thích từ ngữ", "Hiệu lực thi hành")
CLAUSES = ("1. Quy định này về chất thải.", "2. Không áp dụng với chất thải y tế.")


def draft(opening: str, closing: str) -> list[str]:
    """Four articles, each within these marks."""
    lines = []
    for number, heading in enumerate(TEXTS, 1):
        lines += [f"{opening}Điều {number}. {heading}", CLAUSES[0], CLAUSES[1] + closing]
    return lines


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»", "„”"])
def test_every_article_in_quotation_marks(opening: str, closing: str) -> None:
    made = outline("QUY ĐỊNH", "Về chất thải rắn", *draft(opening, closing))
    assert paths(made, "article") == ["d1", "d2", "d3", "d4"]
    assert paths(made, "clause")[:2] == ["d1.k1", "d1.k2"]
    assert at(made, "d1").marker == f"{opening}Điều 1."
    assert not paths(made, "quoted")
    assert ("unusual_number", "d1") in codes(made)


def test_a_draft_with_one_mark_before_it_and_one_behind() -> None:
    lines = draft("", "")
    made = outline("QUY ĐỊNH", "Về chất thải rắn", "“" + lines[0], *lines[1:-1], lines[-1] + "”")
    assert paths(made, "article") == ["d1", "d2", "d3", "d4"]
    assert ("unusual_number", "d1") in codes(made)


def test_what_an_amending_article_quotes_stays_in_it() -> None:
    made = outline(
        "LUẬT",
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Bảo vệ môi trường",
        "1. Sửa đổi, bổ sung Điều 1, Điều 2, Điều 3 như sau:",
        *draft("“", "”"),
        "Điều 2. Hiệu lực thi hành",
        "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2027.",
    )
    assert [path for path in paths(made, "article") if "." not in path] == ["d1", "d2"]
    assert len(paths(made, "quoted")) == 4


def test_a_proposal_that_quotes_articles_is_no_draft() -> None:
    made = outline("Đề nghị viết lại như sau:", *draft("“", "”"))
    assert all("q" in path for path in paths(made, "article"))


@pytest.mark.parametrize("shape", ["Đ. {}. {}", "Đ.{}. {}", "Đ {}. {}", "Đ{}: {}"])
def test_the_word_of_an_article_cut_short(shape: str) -> None:
    lines = [shape.format(number, heading) for number, heading in enumerate(TEXTS, 1)]
    made = outline("QUY ĐỊNH", *[line for heading in lines for line in (heading, *CLAUSES)])
    assert paths(made, "article") == ["d1", "d2", "d3", "d4"]
    assert ("unusual_number", "d1") in codes(made)


def test_parts_by_letters_stay_parts() -> None:
    made = outline("!A. Mở đầu", "Một.", "!B. Nội dung", "Hai.", "!C. Kết luận", "Ba.", "!D. Phụ", "!Đ. 5 xã thí điểm")
    assert not paths(made, "article")
