"""Whole small documents of the kinds that are put out for comment, as plain text without any looks to go by."""

import pytest

from consult.outline import Outline, outline_of
from consult.outline.text.plain import read_plain
from tests.outline.outlines import at, codes, paths, squeezed

DECISION = """ỦY BAN NHÂN DÂN TỈNH
DỰ THẢO
QUYẾT ĐỊNH
Ban hành Quy định về phân loại chất thải tại nguồn
Căn cứ Luật Bảo vệ môi trường;
Điều 1. Ban hành kèm theo Quyết định này Quy định về phân loại chất thải tại nguồn.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 2;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
QUY ĐỊNH
Về phân loại chất thải tại nguồn
(Ban hành kèm theo Quyết định số … của Ủy ban nhân dân tỉnh)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy định này quy định việc phân loại.
Điều 2. Nguyên tắc
1. Chất thải được phân thành:
a) Tái chế;
b) Thực phẩm.
2. Việc phân loại theo khoản 1 Điều này.
PHỤ LỤC
DANH MỤC CHẤT THẢI
I. TÁI CHẾ
1. Giấy
II. THỰC PHẨM
"""
PROPOSAL = """TỜ TRÌNH
Về việc ban hành Quyết định
Kính gửi: Ủy ban nhân dân tỉnh
I. SỰ CẦN THIẾT
1. Cơ sở
II. NỘI DUNG
1. Bố cục gồm 2 điều:
Điều 1. Phạm vi.
Điều 2. Hiệu lực.
2. Nội dung
III. THỜI GIAN
Tháng 3.
"""
OLD_LAW = """LUẬT
ĐÊ ĐIỀU
Chương I
QUY ĐỊNH CHUNG
Điều 1
Luật này quy định về đê điều.
Điều 2
1. Đê là công trình ngăn nước.
2. Có các loại:
a) Đê sông;
b) Đê biển.
Điều 3
Theo quy định tại Điều 2
của Luật này.
"""
REPORT = """BÁO CÁO ĐÁNH GIÁ TÁC ĐỘNG MÔI TRƯỜNG
của dự án Đường liên xã
MỤC LỤC
MỞ ĐẦU ............ 1
1. Xuất xứ ............ 1
Chương 1. THÔNG TIN ............ 9
MỞ ĐẦU
1. XUẤT XỨ
1.1. Thông tin chung
Đường dài 12,5 km.
2. CĂN CỨ
2.1. Văn bản
Chương 1
THÔNG TIN VỀ DỰ ÁN
1.1. Tên dự án
1.1.1. Vị trí
Chương 2
KẾT QUẢ THAM VẤN
I. THAM VẤN CỘNG ĐỒNG
2.1. Quá trình
II. THAM VẤN CHUYÊN GIA
KẾT LUẬN
1. Kết luận
Khả thi.
"""
AMENDING = """NGHỊ ĐỊNH
Sửa đổi các Nghị định về môi trường
Điều 1. Sửa đổi Nghị định số 08/2022/NĐ-CP
1. Sửa đổi Điều 3 như sau:
a) Bổ sung khoản 23 như sau:
“23. Chất thải nhựa.”;
b) Sửa đổi khoản 5 như sau:
“5. Tự xử lý:
a) Của chủ nguồn thải;
b) Khác.
Phải báo cáo.”.
2. Thay thế cụm từ “Sở Tài nguyên” bằng cụm từ “Sở Nông nghiệp” tại Điều 5.
3. Thay thế Phụ lục II bằng Phụ lục I ban hành kèm theo Nghị định này.
Điều 2. Hiệu lực
Từ ngày ký.
TM. CHÍNH PHỦ
Phụ lục I
MẪU ĐƠN
(Kèm theo Nghị định)
Mẫu số 1
ĐƠN ĐĂNG KÝ
1. Tên:
Mẫu số 2
QUYẾT ĐỊNH
Điều 1. Công nhận.
Điều 2. Hiệu lực.
"""


def read(text: str) -> Outline:
    made = outline_of(read_plain(text))
    assert squeezed([made.plain_text()]) == squeezed([text])
    return made


def test_a_decision_with_the_rules_it_enacts() -> None:
    made = read(DECISION)
    assert made.title == "QUYẾT ĐỊNH Ban hành Quy định về phân loại chất thải tại nguồn"
    assert paths(made, "article", "body", "chapter", "appendix") == [
        "d1", "d2", "b2", "b2.ci", "b2.d1", "b2.d2", "b2.pl1",
    ]  # fmt: skip
    assert at(made, "b2.d2.k1.pb").text == "Thực phẩm."
    assert at(made, "b2.pl1.rii").heading == "THỰC PHẨM"
    assert codes(made) == [("second_body", "b2")]


def test_a_proposal_that_lists_the_articles_it_proposes() -> None:
    made = read(PROPOSAL)
    assert (made.grammar, made.title) == ("roman", "TỜ TRÌNH Về việc ban hành Quyết định")
    assert paths(made, "roman", "clause") == ["ri", "ri.k1", "rii", "rii.k1", "rii.k2", "riii"]
    assert paths(made, "article") == []


def test_an_old_law_whose_articles_have_neither_dot_nor_heading() -> None:
    made = read(OLD_LAW)
    assert paths(made, "article", "clause", "point") == ["d1", "d2", "d2.k1", "d2.k2", "d2.k2.pa", "d2.k2.pb", "d3"]
    assert at(made, "d3").text == "Theo quy định tại Điều 2 của Luật này."
    assert {code for code, _ in codes(made)} == {"article_without_dot", "sentence_continued"}


def test_an_environmental_report() -> None:
    made = read(REPORT)
    assert (made.grammar, made.title) == ("decimal", "BÁO CÁO ĐÁNH GIÁ TÁC ĐỘNG MÔI TRƯỜNG của dự án Đường liên xã")
    assert paths(made, "decimal", "chapter", "roman") == [
        "n1", "n1_1", "n2", "n2_1", "c1", "c1.n1_1", "c1.n1_1_1", "c2", "c2.ri", "c2.ri.n2_1", "c2.rii",
    ]  # fmt: skip


def test_an_amending_decree() -> None:
    made = read(AMENDING)
    assert paths(made, "quoted", "appendix", "form") == ["d1.k1.pa.q1", "d1.k1.pb.q1", "pli", "pli.f1", "pli.f2"]
    assert at(made, "d1.k1.pb.q1.k5.x1").text == "Phải báo cáo.”."
    assert [path for path in paths(made, "article")] == ["d1", "d2", "pli.f2.d1", "pli.f2.d2"]
    assert codes(made) == []


@pytest.mark.parametrize(
    ("second", "expected", "code"),
    [
        ("Điều 2. Hai lần", "d2~2", "repeated_label"),
        ("Điều 4. Bốn", "d4", "sequence_gap"),
    ],
)
def test_an_article_out_of_sequence_is_kept_and_told(second: str, expected: str, code: str) -> None:
    made = read(f"Điều 1. Một\nChữ\nĐiều 2. Hai\nChữ\n{second}\nChữ\n")
    assert paths(made, "article") == ["d1", "d2", expected]
    assert codes(made) == [(code, expected)]


def test_older_ways_of_numbering() -> None:
    made = read("I/ MỘT\n1/ Khoản một\na/ Điểm a;\nb/ Điểm b.\n2- Khoản hai\nII/ HAI\nChữ.\n")
    assert paths(made) == ["ri", "ri.k1", "ri.k1.pa", "ri.k1.pb", "ri.k2", "rii"]


def test_the_icelandic_letter_of_converted_files() -> None:
    made = read("Ðiều 1. Một\nd) D;\nð) Ð;\nÐiều 2. Hai\nChữ.\n")
    assert paths(made) == ["d1", "d1.pd", "d1.pdd", "d2"]
    assert at(made, "d1").marker == "Ðiều 1."
