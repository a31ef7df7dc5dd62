"""The Roman-based grammar of plans and programmes: I, 1, a, -."""

from consult.outline import outline_of
from consult.outline.text.markdown import read_markdown
from tests.outline.outlines import at, automatic, codes, outline, paths

PLAN = (
    "UBND TỈNH", "^KẾ HOẠCH", "^Phân loại rác tại nguồn năm 2027", "Thực hiện Chương trình, tỉnh ban hành kế hoạch:",
    "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "a. Nâng cao nhận thức.", "b) Huy động.", "a) Yêu cầu một.", "2. Yêu cầu",
    "- Đúng tiến độ.", "+ Có phân công.", "II. NỘI DUNG", "1. Tuyên truyền.", "2. Thu gom.", "2.1. Tại hộ",
    "2.2. Tại chợ", "III. TỔ CHỨC THỰC HIỆN", "Giao Sở chủ trì.", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH",
)  # fmt: skip
PLAN_IN_MARKDOWN = """# Kế hoạch trồng cây

## I. Mục tiêu

1. Trồng 1.000 cây.
2. Chăm sóc.

## II. Thực hiện

- Sở chủ trì.
"""
DECISION_IN_MARKDOWN = """# QUYẾT ĐỊNH

**Điều 1. Phạm vi**

1. Một.

2. Hai:

a) A;

b) B.

### Điều 2. Hiệu lực

Từ hôm nay.
"""


def test_a_plan() -> None:
    made = outline(*PLAN)
    assert (made.grammar, made.title) == ("roman", "KẾ HOẠCH Phân loại rác tại nguồn năm 2027")
    assert paths(made)[4:] == [
        "ri", "ri.k1", "ri.k1.pa", "ri.k1.pb", "ri.k1.pa~2", "ri.k2", "ri.k2.x1", "ri.k2.x1.x1", "rii", "rii.k1",
        "rii.k2",
        "rii.k2.n2_1", "rii.k2.n2_2", "riii", "x5", "x6", "x7",
    ]  # fmt: skip
    assert at(made, "ri.k1").heading == "Mục đích"
    assert at(made, "riii").text == "Giao Sở chủ trì."
    assert codes(made) == [("repeated_label", "ri.k1.pa~2")]


def test_parts_with_letters_hold_roman_numbers_that_restart() -> None:
    made = outline(
        "A. PHẦN CHUNG", "I. MỘT", "1. Chữ.", "II. HAI", "B. PHẦN RIÊNG", "I. MỘT", "Chữ.", "II. HAI", "Chữ."
    )
    assert paths(made, "part", "roman") == ["pha", "pha.ri", "pha.rii", "phb", "phb.ri", "phb.rii"]
    assert codes(made) == []


def test_letters_that_are_also_roman_numbers() -> None:
    made = outline("I. MỘT", "C. Nguyễn Văn C là đầu mối.", "V. I. Lê-nin viết.", "II. HAI", "D. Chữ", "Chữ.")
    assert paths(made, "roman") == ["ri", "rii"]


def test_a_numbered_letter_without_any_heading() -> None:
    made = outline("Kính gửi: Sở", "1. Về nội dung: đồng ý.", "2. Về hình thức:", "a) Sửa chữ.", "b) Sửa bảng.")
    assert made.grammar == "roman"
    assert paths(made) == ["x1", "k1", "k2", "k2.pa", "k2.pb"]


def test_plain_prose_is_paragraphs_and_says_so() -> None:
    made = outline("Một đoạn văn.", "Một đoạn khác.")
    assert paths(made) == ["x1", "x2"]
    assert codes(made) == [("no_structure", "x1")]


def test_small_roman_numbers_are_not_points() -> None:
    made = outline("I. MỘT", "1. Khoản:", "a) Điểm:", "i) một;", "ii) hai;", "iii) ba;", "b) Điểm.", "II. HAI")
    assert paths(made, "point") == ["ri.k1.pa", "ri.k1.pb"]
    assert [node.marker for node in at(made, "ri.k1.pa").children] == ["i)", "ii)", "iii)"]


def test_automatic_roman_numbers() -> None:
    made = outline(automatic("I.", "MỘT"), automatic("1.", "Chữ."), automatic("a)", "Chữ;"), automatic("II.", "HAI"))
    assert paths(made) == ["ri", "ri.k1", "ri.k1.pa", "rii"]
    assert all(node.marker_auto for node in made.walk())


def test_a_plan_in_markdown() -> None:
    made = outline_of(read_markdown(PLAN_IN_MARKDOWN))
    assert (made.title, made.grammar) == ("Kế hoạch trồng cây", "roman")
    assert paths(made, "roman", "clause") == ["ri", "ri.k1", "ri.k2", "rii"]
    assert at(made, "rii.x1").text == "Sở chủ trì."


def test_articles_in_markdown() -> None:
    made = outline_of(read_markdown(DECISION_IN_MARKDOWN))
    assert made.grammar == "articles"
    assert paths(made, "article", "clause", "point") == ["d1", "d1.k1", "d1.k2", "d1.k2.pa", "d1.k2.pb", "d2"]
