"""Capital letters: points typed so, lists below a number, parts above the numbers."""

import pytest

from consult.outline import outline_of
from consult.outline.text.plain import read_plain
from tests.outline.outlines import at, codes, outline, paths

PROJECT = """ĐỀ ÁN
I. THÔNG TIN CHUNG
1. Tên dự án: Dự án mẫu.
2. Tổ chức quản lý:
2.1. Mô hình tổ chức
A{sign} Cơ cấu tổng thể
Nội dung cơ cấu.
B{sign} Sơ đồ chi tiết
2.2. Bộ phận
A{sign} Cơ cấu
B{sign} Quy trình
3. Sản phẩm.
II. GIẢI TRÌNH
"""


@pytest.mark.parametrize("sign", [")", ".", "/"])
def test_letters_below_a_number_hang_there_and_the_numbers_go_on(sign: str) -> None:
    made = outline_of(read_plain(PROJECT.format(sign=sign)))
    assert paths(made, "roman", "clause", "decimal", "point", "part") == [
        "ri", "ri.k1", "ri.k2", "ri.k2.n2_1", "ri.k2.n2_1.pa", "ri.k2.n2_1.pb", "ri.k2.n2_2", "ri.k2.n2_2.pa",
        "ri.k2.n2_2.pb", "ri.k3", "rii",
    ]  # fmt: skip
    assert at(made, "ri.k2.n2_1.pa").marker == f"A{sign}"
    assert codes(made) == []


def test_letters_above_the_numbers_stay_there() -> None:
    made = outline("!A. PHẦN MỘT", "I. MỘT", "1. Một", "!B. PHẦN HAI", "I. MỘT", "II. HAI")
    assert paths(made, "part", "roman", "clause") == ["pha", "pha.ri", "pha.ri.k1", "phb", "phb.ri", "phb.rii"]


def test_letters_between_roman_and_arabic_numbers() -> None:
    made = outline("!I. MỘT", "A. Chung", "1. Một", "2. Hai", "B. Riêng", "1. Một", "!II. HAI", "1. Một")
    assert paths(made, "part", "roman", "clause") == [
        "ri", "ri.pha", "ri.pha.k1", "ri.pha.k2", "ri.phb", "ri.phb.k1", "rii", "rii.k1",
    ]  # fmt: skip


def test_a_list_of_letters_goes_past_those_that_are_roman_numbers_too() -> None:
    listed = [f"{letter}) Mục {letter}" for letter in "ABCDĐEGHIKL"]
    made = outline("I. MỘT", "1. Gồm:", *listed, "2. Hai", "II. HAI")
    assert [path.rsplit(".", 1)[1] for path in paths(made, "point")] == [
        "pa", "pb", "pc", "pd", "pdd", "pe", "pg", "ph", "pi", "pk", "pl",
    ]  # fmt: skip
    assert paths(made, "roman", "clause") == ["ri", "ri.k1", "ri.k2", "rii"]


@pytest.mark.parametrize(
    ("typed", "path"),
    [(("a)", "b)", "c)", "d)", "Đ)", "e)"), "d1.k1.pdd"), (("a)", "B)", "c)"), "d1.k1.pb"), (("A)", "b)"), "d1.k1.pa")],
)
def test_one_capital_among_small_points_is_a_point_with_a_doubt(typed: tuple[str, ...], path: str) -> None:
    made = outline("Điều 1. Một", "1. Gồm:", *(f"{letter} Mục;" for letter in typed), "2. Khác.")
    assert [at(made, found).marker for found in paths(made, "point")] == list(typed)
    assert codes(made) == [("capital_label", path)]


def test_capital_points_of_an_article() -> None:
    made = outline("Điều 1. Một", "1. Gồm:", "A) Một:", "a) nhỏ;", "b) nhỏ.", "B) Hai.", "2. Khác.", "Điều 2. Hai")
    assert paths(made, "clause", "point") == [
        "d1.k1", "d1.k1.pa", "d1.k1.pa.pa", "d1.k1.pa.pb", "d1.k1.pb", "d1.k2",
    ]  # fmt: skip


def test_capital_points_right_below_an_article() -> None:
    made = outline("Điều 1. Gồm", "A) Một;", "B) Hai.", "Điều 2. Hai", "1. Một.")
    assert paths(made, "point", "clause") == ["d1.pa", "d1.pb", "d2.k1"]


def test_a_letter_that_is_no_list_is_told() -> None:
    assert codes(outline("Điều 1. Gồm", "1. Một:", "B) Lẻ loi.", "2. Hai.")) == [("looks_like_part", "d1.k1.x1")]


def test_initials_are_no_letters() -> None:
    made = outline("Điều 1. Một", "1. Các ông:", "A. Nguyễn Văn.", "2. Khác.")
    assert paths(made, "point", "part") == []
