"""What stands below a point: long ones, titles without a stop, the last one of a list."""

import pytest

from tests.outline.outlines import at, codes, outline, paths


@pytest.mark.parametrize("many", [2, 13, 60])
def test_all_paragraphs_of_a_point_stay_below_it_when_a_point_follows(many: int) -> None:
    long = [f"Dự án thứ {number} thuộc nhóm một." for number in range(many)]
    made = outline("Điều 1. Một", "1. Gồm:", "a) Nhóm một được liệt kê.", *long, "b) Nhóm hai.", "2. Khác.")
    assert len(at(made, "d1.k1.pa").children) == many
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k2"]


@pytest.mark.parametrize("marker", ["{}) ", "{}. ", "{}/ ", "{} ) "])
def test_sentences_below_points_that_are_titles(marker: str) -> None:
    a, b = marker.format("a"), marker.format("b")
    made = outline(
        "I. MỤC TIÊU", "1. Mục tiêu", f"{a}Mục tiêu chung", "Nâng cao chất lượng.", f"{b}Mục tiêu cụ thể",
        "Đạt 95%.", "- Thu gom;", "Đạt 100%.", "2. Nhiệm vụ", "II. TỔ CHỨC"
    )  # fmt: skip
    assert [len(at(made, path).children) for path in ("ri.k1.pa", "ri.k1.pb")] == [1, 3]
    assert paths(made, "roman", "clause") == ["ri", "ri.k1", "ri.k2", "rii"]


def test_the_only_point_that_is_a_title() -> None:
    made = outline("I. MỘT", "1. Một", "a) Mục tiêu chung", "Nâng cao.", "Giữ vững.", "2. Hai")
    assert len(at(made, "ri.k1.pa").children) == 2 and codes(made) == []


def test_a_last_point_is_long_where_those_before_are() -> None:
    made = outline("Điều 1. Một", "1. Gồm:", "a) Một.", "Lời một.", "b) Hai.", "Lời hai.", "Lời nữa.", "2. Khác.")
    assert [child.text for child in at(made, "d1.k1.pb").children] == ["Lời hai.", "Lời nữa."]


def test_the_text_after_short_points_belongs_to_the_clause() -> None:
    made = outline("Điều 1. Một", "1. Gồm:", "a) Một;", "b) Hai.", "Các trường hợp trên được miễn.", "2. Khác.")
    assert at(made, "d1.k1.x1").text.startswith("Các") and codes(made) == []


def test_the_text_may_say_itself_what_it_belongs_to() -> None:
    one = outline("Điều 1. Một", "1. Gồm:", "a) Một;", "b) Hai.", "Thời hạn tại điểm này là 5 ngày.", "2. Khác.")
    assert at(one, "d1.k1.pb.x1").text.startswith("Thời hạn")
    made = outline("Điều 1. Một", "1. Gồm:", "a) Một.", "Lời.", "b) Hai.", "Theo khoản này.", "2. Khác.")
    assert codes(made) == [("text_after_point", "d1.k1.x1")]


def test_where_nothing_tells_there_is_a_doubt() -> None:
    made = outline("Điều 1. Một", "1. Gồm:", "a) Tổ chức", "b) Cá nhân", "Phải nộp phí.", "2. Khác.")
    assert codes(made) == [("text_after_point", "d1.k1.x1")]


@pytest.mark.parametrize("last", [151, 174, 1200])
def test_a_list_of_any_length_counts_on(last: int) -> None:
    named = [f"{number}. Ông Nguyễn Văn A, thành viên." for number in range(1, last + 1)]
    made = outline("Điều 1. Tổ gồm các ông, bà sau:", *named, "Điều 2. Hiệu lực")
    assert paths(made, "clause")[-1] == f"d1.k{last}" and codes(made) == []


def test_a_year_or_a_far_number_is_no_clause() -> None:
    made = outline("Điều 1. Một", "1. Một.", "2. Hai.", "2026. Năm ấy.", "151. Xa.")
    assert paths(made, "clause") == ["d1.k1", "d1.k2"]
    assert [code for code, _ in codes(made)] == ["looks_like_clause", "looks_like_clause"]
