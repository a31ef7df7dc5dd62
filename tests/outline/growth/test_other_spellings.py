"""How provinces write besides the model: numerals in words, "Khoản 1.", signs of no width, tables of contents."""

import pytest

from consult.outline.grammar.markers import unit_at
from tests.outline.outlines import at, codes, outline, paths, squeezed

BODY = ("Điều 1. Phạm vi", "1. Một.", "2. Hai.", "Điều 2. Hiệu lực", "Chữ.")


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("CHƯƠNG THỨ NHẤT", "1"), ("Chương thứ hai: NỘI DUNG", "2"), ("CHƯƠNG BA", "3"), ("Chương mười một", "11"),
        ("Chương A", "A"), ("CHƯƠNG B. NỘI DUNG", "B"), ("CHƯƠNG 4. NỘI DUNG", "4"), ("Chương XII", "XII"),
    ],
)  # fmt: skip
def test_a_chapter_numbered_in_words_or_letters(line: str, label: str) -> None:
    unit = unit_at(line)
    assert unit is not None and (unit.kind, unit.label) == ("chapter", label)


@pytest.mark.parametrize("line", ["Chương này không áp dụng", "Chương trình A", "Phần mềm A", "Chương thứ nguyên"])
def test_a_word_that_begins_like_a_chapter(line: str) -> None:
    assert unit_at(line) is None


def test_chapters_in_words_hold_their_articles() -> None:
    made = outline("CHƯƠNG THỨ NHẤT", "QUY ĐỊNH CHUNG", *BODY[:3], "CHƯƠNG THỨ HAI", "THI HÀNH", *BODY[3:])
    assert [(node.path, node.heading) for node in made.provisions] == [("c1", "QUY ĐỊNH CHUNG"), ("c2", "THI HÀNH")]
    assert paths(made, "article") == ["d1", "d2"]


@pytest.mark.parametrize("line", ["Chương IV Luật này áp dụng cho hộ.", "Phần II Nghị định này áp dụng cho hộ."])
def test_a_chapter_cited_at_the_start_of_a_line(line: str) -> None:
    made = outline(*BODY, line)
    assert paths(made, "chapter", "part") == []
    assert at(made, "d2.x1").text == line


def test_clauses_and_points_that_name_themselves() -> None:
    made = outline(
        "Điều 1. Mức hỗ trợ", "Khoản 1. Hỗ trợ giống:", "Điểm a) Chè;", "Điểm đ) Đào.", "Khoản 2: Đối tượng khác.",
        "Khoản 2 Điều này không áp dụng.", "Khoản 3. Điều 5 được bãi bỏ.", "Điểm b khoản 1 áp dụng cho hộ.",
        "Điều 2. Hai",
    )  # fmt: skip
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k1.pa", "d1.k1.pdd", "d1.k2"]
    assert at(made, "d1.k2").marker == "Khoản 2:"


def test_a_dot_and_a_dash_after_the_number() -> None:
    made = outline("Điều 1.- Một", "1.- Sở A.", "2.- Sở B.", "Điều 2.– Hai", "Điều 3:- Ba")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d2", "d3"]
    assert (at(made, "d1").heading, at(made, "d1.k2").text) == ("Một", "Sở B.")


def test_signs_of_no_width_hide_no_unit_and_are_kept() -> None:
    lines = ("Điều\u200b 1. Một", "\ufeff1. Khoản\u00ad một.", "2.\u200bHai:", "a\u2060) A;", "Đi\u00adều 2. Hai")
    made = outline(*lines)
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k2.pa", "d2"]
    assert at(made, "d1.k2").text == "Hai:"
    assert squeezed([made.plain_text()]) == squeezed(lines)


def test_numbers_below_a_point_are_not_joined_to_its_sentence() -> None:
    made = outline("I. MỘT", "1. Kinh tế", "a) Nông nghiệp", "a.1) Trồng trọt", "a.2) Chăn nuôi", "b) Dịch vụ")
    assert paths(made)[2:] == ["ri.k1.pa", "ri.k1.pa.x1", "ri.k1.pa.x2", "ri.k1.pb"]
    assert (at(made, "ri.k1.pa.x2").marker, at(made, "ri.k1.pa.x2").text) == ("a.2)", "Chăn nuôi")


def test_glued_units_that_begin_with_a_letter_of_vietnamese() -> None:
    made = outline("Điều 1. Một", "1. Có hồ sơ.2. Đơn theo mẫu.3. Ảnh chụp.Điều 2. Đối tượng", "Chữ.")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k3", "d2"]


@pytest.mark.parametrize("quantity", ["2.5 triệu đồng mỗi hộ;", "1.500 m3 nước;", "15.6 ha đất;"])
def test_a_quantity_at_the_start_of_a_line_is_no_clause(quantity: str) -> None:
    made = outline("Điều 1. Mức", "1. Hỗ trợ:", quantity, "2. Hai.")
    assert paths(made) == ["d1", "d1.k1", "d1.k1.x1", "d1.k2"]


def test_an_article_whose_heading_is_followed_by_points() -> None:
    made = outline("Điều 1", "Phạm vi", "a) Hộ;", "Điều 2", "Đối tượng", "1. Một.")
    assert [at(made, path).heading for path in ("d1", "d2")] == ["Phạm vi", "Đối tượng"]


def test_a_table_of_contents_without_leaders() -> None:
    listed = ("Chương I. Chung 1", "Điều 1. Phạm vi 1", "Chương II. Thi hành 2", "Điều 2. Hiệu lực 2")
    made = outline("LUẬT", "MỤC LỤC", *listed, "Chương I", "CHUNG", *BODY[:3], "Chương II", "THI HÀNH", *BODY[3:])
    assert paths(made, "article", "chapter") == ["ci", "d1", "cii", "d2"]
    assert codes(made) == [("listed_contents", "x3")]
    assert at(made, "x6").text == listed[-1]


def test_the_contents_of_a_report_without_leaders() -> None:
    listed = ("MỞ ĐẦU 1", "1. Xuất xứ 1", "1.1. Thông tin 1", "CHƯƠNG 1. MÔ TẢ 3", "1.1. Vị trí 3")
    body = ("MỞ ĐẦU", "1. Xuất xứ", "1.1. Thông tin", "CHƯƠNG 1. MÔ TẢ", "1.1. Vị trí", "1.1.1. Tọa độ")
    made = outline("BÁO CÁO", "MỤC LỤC", *listed, *body)
    assert paths(made, "decimal", "chapter") == ["n1", "n1_1", "c1", "c1.n1_1", "c1.n1_1_1"]


def test_a_roman_number_inside_a_decimal_ends_with_it() -> None:
    made = outline("CHƯƠNG 2. HIỆN TRẠNG", "2.1. Tự nhiên", "I. Địa chất", "II. Khí hậu", "2.2. Xã hội")
    assert paths(made)[1:] == ["c2.n2_1", "c2.n2_1.ri", "c2.n2_1.rii", "c2.n2_2"]


def test_appendices_that_change_their_way_of_counting() -> None:
    made = outline(*BODY, "TM. ỦY BAN NHÂN DÂN", "Phụ lục I", "GIÁ", "1. A", "Phụ lục số 02", "MẪU", "1. B")
    assert paths(made, "appendix") == ["pli", "pl02"]
    assert codes(made) == [("mixed_labels", "pl02")]


def test_decimals_below_a_clause_count_on_each_level() -> None:
    made = outline("I. MỘT", "1. Chung", "1.1. A là một.", "1.2. B là hai.", "1.2.1. C.", "1.2.2. D.", "1.3. E.")
    assert codes(made) == []


def test_the_effect_of_a_resolution_is_text_of_its_article() -> None:
    passed = "Nghị quyết này được Hội đồng nhân dân tỉnh thông qua ngày 10 tháng 7 năm 2026"
    made = outline("Điều 1. Một", "Điều 2. Hiệu lực", f"{passed} và có hiệu lực từ ngày 20 tháng 7 năm 2026./.")
    assert at(made, "d2").text.startswith(passed)
    assert at(outline("Điều 1. Một", "Điều 2. Hai", "Chữ.", f"{passed}."), "x1").text == f"{passed}."


def test_who_issues_a_text_is_no_part_of_its_title() -> None:
    head = ("NGHỊ QUYẾT", "Quy định mức chi", "HỘI ĐỒNG NHÂN DÂN TỈNH THÁI NGUYÊN", "KHÓA XIV", "Căn cứ Luật;", *BODY)
    assert outline(*head).title == "NGHỊ QUYẾT Quy định mức chi"
    rules = ("QUY CHẾ", "LÀM VIỆC CỦA", "ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật;", *BODY)
    assert outline(*rules).title == "QUY CHẾ LÀM VIỆC CỦA ỦY BAN NHÂN DÂN TỈNH"


def test_an_unclosed_quotation_ends_where_the_number_counts_on_outside() -> None:
    made = outline(
        "!Điều 1. Sửa đổi", "5. Sửa đổi Điều 8 như sau:", "“Điều 8. Lệ phí", "1. Không thu.", "6. Bãi bỏ Điều 9.",
        "7. Sửa đổi Điều 3:", "a) Sửa đổi khoản 5 như sau:", "“5. Báo cáo.", "b) Bãi bỏ khoản 6.", "!Điều 2. Hai",
    )  # fmt: skip
    assert paths(made)[2:] == [
        "d1.k5.q1", "d1.k5.q1.d8", "d1.k5.q1.d8.k1", "d1.k6", "d1.k7", "d1.k7.pa", "d1.k7.pa.q1", "d1.k7.pa.q1.k5",
        "d1.k7.pb", "d2",
    ]  # fmt: skip


def test_a_clause_that_begins_with_an_amount_is_numbered_once() -> None:
    made = outline("Điều 1. Mức phí", "1. 10.000 đồng với xe máy.", "2. 1.5 lần với ban đêm.", "3. Không thu.")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k3"]
    assert (at(made, "d1.k1").text, codes(made)) == ("10.000 đồng với xe máy.", [])


def test_clauses_with_a_bracket() -> None:
    made = outline(
        "Điều 1. Một", "1) Sở A:", "a) Chủ trì:", "b) Báo cáo.", "2) Sở B.", "Điều 2. Hai", "1.) Một.", "2.) Hai."
    )
    assert paths(made) == ["d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k2", "d2", "d2.k1", "d2.k2"]
    assert (at(made, "d1.k2").marker, at(made, "d2.k2").marker, codes(made)) == ("2)", "2.)", [])


def test_numbers_with_a_bracket_below_a_clause_or_a_point_are_no_clauses() -> None:
    made = outline("Điều 1. Một", "1. Sở A:", "1) Chủ trì;", "2) Báo cáo.", "2. Sở B:", "a) Gồm:", "1) X;", "2) Y.")
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k2", "d1.k2.pa"]
    assert paths(outline("Điều 1. Một", "a) Gồm:", "1) X;", "2) Y.", "b) Khác."), "clause") == []
