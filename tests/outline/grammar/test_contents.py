"""Tables of contents: typed ones worded a little otherwise, lists of chapters, those whose end is not found."""

from consult.outline import outline_of
from consult.outline.text.plain import read_plain
from tests.outline.outlines import codes, outline, paths

LISTED = ("MỤC LỤC", "I. Đặt vấn đề 1", "II. Mục tiêu và nhiệm vụ 3", "1. Mục tiêu chung 3", "2. Nhiệm vụ 4",
          "III. Tổ chức thực hiện 7")  # fmt: skip
BODY = ("I. ĐẶT VẤN ĐỀ CHUNG", "Lời.", "II. MỤC TIÊU, NHIỆM VỤ", "1. Mục tiêu", "Chữ.", "2. Các nhiệm vụ chủ yếu",
        "Chữ.", "III. TỔ CHỨC THỰC HIỆN", "Chữ.")  # fmt: skip


def test_entries_worded_a_little_otherwise_than_the_headings() -> None:
    made = outline("KẾ HOẠCH", *LISTED, *BODY)
    assert paths(made, "roman", "clause") == ["ri", "rii", "rii.k1", "rii.k2", "riii"]
    assert codes(made) == [("listed_contents", "x3")]


def test_entries_without_page_numbers() -> None:
    made = outline("KẾ HOẠCH", *(entry.rstrip(" 0123456789") for entry in LISTED), *BODY)
    assert paths(made, "roman", "clause") == ["ri", "rii", "rii.k1", "rii.k2", "riii"]


def test_a_list_of_roman_numbers_below_another_heading() -> None:
    listed = ("NỘI DUNG", "I. Sự cần thiết", "II. Mục tiêu đề án", "III. Giải pháp thực hiện")
    body = ("I. SỰ CẦN THIẾT CỦA ĐỀ ÁN", "Chữ.", "II. MỤC TIÊU", "Chữ.", "III. CÁC GIẢI PHÁP", "Chữ.")
    assert paths(outline("ĐỀ ÁN", *listed, *body), "roman") == ["ri", "rii", "riii"]
    assert paths(outline("ĐỀ ÁN", *listed), "roman") == ["ri", "rii", "riii"]


def test_a_table_whose_end_is_not_found_is_doubted() -> None:
    made = outline("KẾ HOẠCH", "MỤC LỤC", "I. Xe cộ", "II. Nhà cửa", "III. Ruộng", "Chữ.")
    assert codes(made) == [("contents_without_end", "x2")]


REPORT = """BÁO CÁO ĐÁNH GIÁ TÁC ĐỘNG MÔI TRƯỜNG
MỞ ĐẦU
Báo cáo gồm các chương sau đây.
Chương 1: Thông tin về dự án
Chương 2: Điều kiện tự nhiên
Chương 3: Đánh giá tác động
CHƯƠNG 1: THÔNG TIN VỀ DỰ ÁN
1.1. Tên
CHƯƠNG 2: ĐIỀU KIỆN TỰ NHIÊN
2.1. Khí hậu
CHƯƠNG 3: ĐÁNH GIÁ
3.1. Bụi
"""


def test_the_chapters_that_an_introduction_lists() -> None:
    made = outline_of(read_plain(REPORT))
    assert paths(made, "chapter", "decimal") == ["c1", "c1.n1_1", "c2", "c2.n2_1", "c3", "c3.n3_1"]
    assert [code for code, _ in codes(made)] == ["listed_contents"]


def test_contents_of_a_law_without_their_heading() -> None:
    listed = ("Chương I. CHUNG", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "Chương II. RIÊNG", "Điều 3. Tổ chức")
    body = (*listed[:2], "Chữ.", listed[2], "1. Một", *listed[3:], "Chữ.")
    made = outline("LUẬT", *listed, *body)
    assert paths(made, "chapter", "article") == ["ci", "d1", "d2", "cii", "d3"]


def test_articles_of_two_decisions_that_are_much_the_same_are_no_contents() -> None:
    one = ("Điều 1. Công nhận.", "Điều 2. Hiệu lực.", "Điều 3. Thi hành.")
    made = outline("QUYẾT ĐỊNH", *one, "TM. ỦY BAN", "Phụ lục I", "MẪU", "Mẫu số 1", "QUYẾT ĐỊNH", *one)
    assert paths(made, "article")[:3] == ["d1", "d2", "d3"] and len(paths(made, "article")) == 6
