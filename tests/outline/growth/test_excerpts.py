"""Articles of which only some are there, and articles without a dot."""

import pytest

from consult.outline import outline_of
from consult.outline.text.plain import read_plain
from tests.outline.outlines import at, codes, outline, paths


@pytest.mark.parametrize("sign", [".", ":", " -", ""])
def test_an_excerpt_that_begins_at_12_is_no_plan(sign: str) -> None:
    made = outline(
        "DỰ THẢO NGHỊ ĐỊNH", "Các điều xin ý kiến", f"Điều 12{sign} Giấy phép môi trường", "1. Nội dung gồm:",
        "a) Tên;", "b) Hạn.", "2. Thẩm quyền.", f"Điều 15{sign} Thu hồi giấy phép", "1. Các trường hợp.",
    )  # fmt: skip
    assert made.grammar == "articles"
    assert paths(made, "article", "clause", "point") == [
        "d12", "d12.k1", "d12.k1.pa", "d12.k1.pb", "d12.k2", "d15", "d15.k1",
    ]  # fmt: skip
    assert {("sequence_start", "d12"), ("sequence_gap", "d15")} <= set(codes(made))
    assert (("article_without_dot", "d12") in codes(made)) == (not sign)


def test_an_excerpt_may_leap_far_and_hold_chapters() -> None:
    made = outline("Nội dung xin ý kiến", "Chương II", "CẤP PHÉP", "Điều 12. Giấy phép", "Chữ.", "Điều 75. Thu hồi",
                   "Chữ.", "Điều 160. Hiệu lực", "Chữ.")  # fmt: skip
    assert paths(made, "article", "chapter") == ["cii", "d12", "d75", "d160"]
    assert [path for code, path in codes(made) if code == "sequence_gap"] == ["d75", "d160"]


def test_one_article_alone() -> None:
    assert paths(outline("Xin ý kiến", "Điều 12. Giấy phép", "1. Một.", "2. Hai."), "article", "clause")[0] == "d12"


def test_headings_without_a_dot_from_the_first_article_on() -> None:
    made = outline(
        "LUẬT", "Điều 1 Phạm vi điều chỉnh", "Luật này.", "Điều 2 Đối tượng áp dụng", "1. Một.", "Điều 3 Cấm"
    )
    assert [at(made, f"d{number}").heading for number in (1, 2, 3)] == [
        "Phạm vi điều chỉnh", "Đối tượng áp dụng", "Cấm",
    ]  # fmt: skip
    assert {code for code, _ in codes(made)} == {"article_without_dot"}


def test_what_a_plan_cites_makes_no_articles_of_it() -> None:
    made = outline("KẾ HOẠCH", "1. Mục đích", "Thực hiện Điều 12 và", "Điều 15. Các nội dung.", "2. Nội dung")
    assert made.grammar == "roman" and paths(made, "article") == []


def test_citations_in_an_excerpt_stay_text_with_a_doubt() -> None:
    made = outline(
        "Xin ý kiến", "Điều 12 Giấy phép", "1. Theo", "Điều 3 Luật này và", "Điều 5 Nghị định số 08.", "2. B"
    )
    assert paths(made, "article") == ["d12"]
    assert [code for code, _ in codes(made)].count("looks_like_article") == 2


QUOTED = """LUẬT
MẪU
Luật số 01/2020 có căn cứ như sau:
{opening}Căn cứ Hiến pháp;
{first}Điều 1. Phạm vi
1. Về nước.
2. Về tổ chức{closing}.
Điều 2. Đối tượng
1. Cơ quan.
"""


@pytest.mark.parametrize("first", ["", "Chương I\nQUY ĐỊNH CHUNG\n", "CHƯƠNG I. QUY ĐỊNH CHUNG\n"])
@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("“", ""), ("«", "»")])
def test_a_quotation_opened_in_the_preamble_ends_where_the_text_begins(first: str, opening: str, closing: str) -> None:
    made = outline_of(read_plain(QUOTED.format(first=first, opening=opening, closing=closing)))
    assert paths(made, "article") == ["d1", "d2"]
    assert ("unclosed_quotation", "q1") in codes(made)


def test_a_chapter_after_an_open_quotation_belongs_to_the_law_when_its_articles_do() -> None:
    made = outline(
        "Điều 1. Sửa", "1. Sửa Điều 5 như sau:", "“Điều 5. Năm", "1. Một.", "Chương II", "HAI", "Điều 2. Hết"
    )
    assert paths(made, "chapter", "article") == ["d1", "d1.k1.q1.d5", "cii", "d2"]


def test_articles_alone_on_their_lines_with_their_headings_below() -> None:
    found = outline("Điều 12", "Hỗ trợ hộ nghèo", "1. Một.", "2. Hai.", "Điều 15", "Kinh phí", "1. Từ ngân sách.")
    assert paths(found, "article", "clause") == ["d12", "d12.k1", "d12.k2", "d15", "d15.k1"]
    assert [at(found, path).heading for path in ("d12", "d15")] == ["Hỗ trợ hộ nghèo", "Kinh phí"]
    assert {("sequence_start", "d12"), ("sequence_gap", "d15")} < set(codes(found))
