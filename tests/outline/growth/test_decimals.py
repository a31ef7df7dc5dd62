"""The decimal grammar of environmental reports: chapters, 1.1, 1.1.1."""

import pytest

from tests.outline.outlines import at, codes, outline, paths


def test_a_report_with_chapters() -> None:
    made = outline(
        "^BÁO CÁO", "^ĐÁNH GIÁ TÁC ĐỘNG MÔI TRƯỜNG", "^MỞ ĐẦU", "!1. Xuất xứ của dự án", "!1.1. Thông tin chung",
        "Chữ.",
        "!2. Căn cứ pháp lý", "^CHƯƠNG 1", "^THÔNG TIN VỀ DỰ ÁN", "1.1. Tên dự án", "Đường liên xã.", "1.1.1. Vị trí",
        "1. Xã A.", "2. Xã B.", "a) Thôn một;", "1.2. Quy mô", "10.000 m2 đất.", "^CHƯƠNG 2", "^ĐIỀU KIỆN TỰ NHIÊN",
        "2.1. Khí hậu", "Điều 26: Quy định về ĐTM", "^KẾT LUẬN", "!1. Kết luận", "Chữ.",
    )  # fmt: skip
    assert made.grammar == "decimal"
    assert paths(made, "decimal", "chapter", "clause", "point", "article") == [
        "n1", "n1_1", "n2", "c1", "c1.n1_1", "c1.n1_1_1", "c1.n1_1_1.k1", "c1.n1_1_1.k2", "c1.n1_1_1.k2.pa", "c1.n1_2",
        "c2", "c2.n2_1", "x4.k1",
    ]  # fmt: skip
    assert at(made, "c1.n1_2").text == "10.000 m2 đất."
    assert at(made, "c2.n2_1").text == "Điều 26: Quy định về ĐTM"
    assert [node.heading for node in made.provisions if node.kind == "paragraph" and node.heading] == [
        "MỞ ĐẦU",
        "KẾT LUẬN",
    ]
    assert codes(made) == []


def test_numbers_without_chapters() -> None:
    made = outline(
        "1. Giới thiệu", "1.1 Mục tiêu", "1.1.1 Cụ thể", "Chữ.", "1.2 Phạm vi", "2. Phương pháp", "2.1 Khảo sát"
    )
    assert paths(made) == ["n1", "n1_1", "n1_1_1", "n1_2", "n2", "n2_1"]
    assert at(made, "n1_1_1").text == "Chữ."


def test_headings_numbered_twice_keep_the_authors_number() -> None:
    made = outline(
        "#1\tBÁO CÁO MÔI TRƯỜNG", "#2\tCHƯƠNG I: THÔNG TIN", "##2.1\t1.1. Chủ đầu tư", "Chữ.",
        "###2.1.1\t1.1.1. Địa chỉ",
        "#3\tCHƯƠNG II: CƠ SỞ", "##3.1\t2.1. Luật",
    )  # fmt: skip
    assert made.title == "BÁO CÁO MÔI TRƯỜNG"
    assert paths(made) == ["x1", "ci", "ci.n1_1", "ci.n1_1_1", "cii", "cii.n2_1"]
    assert at(made, "ci.n1_1").marker == "2.1\t1.1."
    assert {code for code, _ in codes(made)} == {"numbered_twice"}


def test_a_table_of_contents_is_no_structure() -> None:
    made = outline("1.1. Một\t3", "1.2. Hai ........ 4", "1. Đầu", "1.1. Một", "Chữ.", "1.2. Hai", "Chữ.")
    assert paths(made) == ["x1", "x2", "n1", "n1_1", "n1_2"]


def test_quantities_and_dates_are_not_numbers_of_sections() -> None:
    made = outline("1. Đầu", "1.1. Một", "1.500 người", "12.5 ha đất", "20.10.2025 họp", "3.2 lần", "1.2. Hai", "Chữ.")
    assert paths(made, "decimal") == ["n1", "n1_1", "n1_2"]


@pytest.mark.parametrize(
    "measured",
    ["1.2 Mg/l là nồng độ", "1.2 MW là công suất", "1.2 °C mỗi thập kỷ", "1.2 (mg/l)", "1.2 – 1.5 lần", "1.2 Tấn/ngày",
     "1.2 Km về phía Đông", "1.2 ± 0,3", "1.2MW"],
)  # fmt: skip
def test_a_measured_value_that_counts_on_is_text_and_told(measured: str) -> None:
    made = outline("^CHƯƠNG 1. NƯỚC", "!1.1. Một", "Giá trị là", measured, "!1.2. Hai", "Chữ.", "!1.3. Ba")
    assert paths(made, "decimal") == ["c1.n1_1", "c1.n1_2", "c1.n1_3"]
    assert codes(made) == [("looks_like_decimal", "c1.n1_1.x1")]


@pytest.mark.parametrize(
    "heading", ["1.2 Hà Nội", "1.2 Hạ tầng", "1.2 Người dân", "1.2. MW và MWh", "!1.2 MW", "1.2 Mã số"]
)
def test_a_heading_that_begins_like_a_unit_stays(heading: str) -> None:
    made = outline("^CHƯƠNG 1. NƯỚC", "!1.1. Một", "Chữ.", heading, "Chữ.", "!1.3. Ba")
    assert paths(made, "decimal") == ["c1.n1_1", "c1.n1_2", "c1.n1_3"]


def test_gaps_and_steps_back_are_told() -> None:
    made = outline("1. Đầu", "1.1. Một", "Chữ.", "1.4. Bốn", "Chữ.", "1.2. Hai", "Chữ.")
    assert codes(made) == [("sequence_gap", "n1_4"), ("out_of_order", "n1_2")]


def test_decimals_right_below_a_roman_number_and_below_an_article() -> None:
    made = outline(
        "I. MỤC ĐÍCH", "1.1. Nâng cao nhận thức.", "1.2. Giảm rác.", "II. NỘI DUNG", "2.1. Họp thôn:",
        "2.1.1. Mỗi quý một lần.", "2.2. Mua thùng.",
    )  # fmt: skip
    assert paths(made) == ["ri", "ri.n1_1", "ri.n1_2", "rii", "rii.n2_1", "rii.n2_1_1", "rii.n2_2"]
    made = outline("Điều 1. Quyền", "1.1. Được xem.", "1.2. Được góp ý:", "a) Bằng thư.", "Điều 2. Hai", "1. Một.")
    assert paths(made) == ["d1", "d1.n1_1", "d1.n1_2", "d1.n1_2.pa", "d2", "d2.k1"]
    assert codes(made) == []


def test_a_decimal_that_fits_nowhere_is_told() -> None:
    made = outline("Điều 1. Một", "1. Tỷ lệ:", "2.1. Lạc vào đây.", "1.1. Đúng chỗ.", "2. Hai.", "Điều 2. Hai")
    assert paths(made) == ["d1", "d1.k1", "d1.k1.x1", "d1.k1.n1_1", "d1.k2", "d2"]
    assert codes(made) == [("looks_like_decimal", "d1.k1.x1")]


def test_an_inserted_number_in_a_decimal_text_is_no_section() -> None:
    made = outline("CHƯƠNG 5. MỘT", "5.1. Một", "5.2. Hai", "5a. Ba", "5.3. Bốn")
    assert paths(made) == ["c5", "c5.n5_1", "c5.n5_2", "c5.n5_2.k5a", "c5.n5_3"]


def test_numbers_that_begin_with_a_roman_one_stand_below_it_and_hold_clauses() -> None:
    made = outline(
        "^I. MÔ TẢ", "I.1. Thông tin", "1. Tên dự án.", "2. Chủ dự án.", "I.2. Hạng mục", "I.2.1 Chính", "a) Đường;",
        "b) Cầu.", "I.2.2 Phụ", "^II. ĐÁNH GIÁ", "II.1) Nước", "II.2) Đất", "V.1 nước thải",
    )  # fmt: skip
    assert paths(made, "roman", "decimal", "clause", "point") == [
        "ri", "ri.n1_1", "ri.n1_1.k1", "ri.n1_1.k2", "ri.n1_2", "ri.n1_2_1", "ri.n1_2_1.pa", "ri.n1_2_1.pb",
        "ri.n1_2_2", "rii", "rii.n2_1", "rii.n2_2",
    ]  # fmt: skip
    assert (at(made, "rii.n2_1").marker, at(made, "rii.n2_1").label, codes(made)) == ("II.1)", "2.1", [])


def test_numbers_that_begin_with_a_roman_one_below_chapters() -> None:
    made = outline(
        "^CHƯƠNG I. MÔ TẢ", "!I.1. Thông tin", "Chữ.", "!I.2. Hạng mục", "Chữ.", "^CHƯƠNG II. NƯỚC", "!II.1. Nước"
    )
    assert paths(made, "chapter", "decimal") == ["ci", "ci.n1_1", "ci.n1_2", "cii", "cii.n2_1"]


def test_a_number_that_begins_with_another_roman_one_is_told() -> None:
    made = outline("^I. MÔ TẢ", "Chữ.", "^II. NƯỚC", "V.1. Nước", "Chữ.")
    assert paths(made, "decimal") == [] and codes(made) == [("looks_like_decimal", "rii")]
