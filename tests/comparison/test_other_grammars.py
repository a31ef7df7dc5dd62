"""Programmes with Roman numerals, reports with decimal ones, and what moves inside an article."""

import re

from tests.comparison.texts import LAW, compared, kinds, replaced

PROGRAMME = """
KẾ HOẠCH
Thu gom rác thải nhựa năm 2027
I. MỤC ĐÍCH, YÊU CẦU
1. Giảm một nửa lượng túi ni lông dùng tại các chợ dân sinh trên địa bàn.
2. Mỗi xã, phường có ít nhất một điểm đổi rác tái chế lấy quà.
II. NHIỆM VỤ
1. Sở Công Thương:
a) Vận động tiểu thương ký cam kết không phát túi miễn phí;
b) Kiểm tra chợ hằng quý.
2. Hội Liên hiệp Phụ nữ tỉnh nhân rộng mô hình đi chợ bằng làn.
III. KINH PHÍ
Từ nguồn chi sự nghiệp môi trường và nguồn xã hội hóa.
"""

REPORT = """
Chương 1. THÔNG TIN VỀ DỰ ÁN
1.1. Thông tin chung
Dự án xây dựng trạm trung chuyển chất thải công suất 200 tấn mỗi ngày.
1.2. Các hạng mục công trình
1.2.1. Nhà tiếp nhận
Nhà khung thép diện tích 1.500 m2, có hệ thống phun sương khử mùi.
1.2.2. Hố thu nước rỉ rác
Hố bê tông cốt thép dung tích 60 m3, chống thấm hai lớp.
Chương 2. HIỆN TRẠNG MÔI TRƯỜNG
2.1. Không khí
Bụi và tiếng ồn tại ba điểm đo đều thấp hơn giới hạn cho phép.
2.2. Nước mặt
Suối cạnh khu đất có hàm lượng amoni vượt giới hạn vào mùa khô.
"""


def test_a_roman_part_inserted() -> None:
    new = replaced(
        PROGRAMME,
        ("III. KINH PHÍ", "IV. KINH PHÍ"),
        ("II. NHIỆM VỤ", "II. THỜI GIAN\nTừ tháng 3 đến tháng 11 năm 2027.\nIII. NHIỆM VỤ"),
    )
    told = kinds(compared(PROGRAMME, new))
    assert {path for (old, path), kind in told.items() if old is None} == {"rii"}
    rest = {pair: kind for pair, kind in told.items() if pair[0]}
    assert set(rest.values()) == {"renumbered"}
    assert {("rii", "riii"), ("rii.k1.pa", "riii.k1.pa"), ("rii.k2", "riii.k2"), ("riii", "riv")} <= set(rest)


def test_a_decimal_part_inserted() -> None:
    new = replaced(
        REPORT,
        ("1.2. Các", "1.3. Các"),
        ("1.2.1. Nhà", "1.2. Vị trí\nKhu đất nằm cách khu dân cư gần nhất 800 m.\n1.3.1. Nhà"),
        ("1.2.2. Hố", "1.3.2. Hố"),
    )
    lines = new.split("\n")
    heading = lines.index("1.3. Các hạng mục công trình")
    lines[heading : heading + 3] = [*lines[heading + 1 : heading + 3], lines[heading]]
    told = kinds(compared(REPORT, "\n".join(lines)))
    assert told == {
        (None, "c1.n1_2"): "added",
        ("c1.n1_2", "c1.n1_3"): "renumbered",
        ("c1.n1_2_1", "c1.n1_3_1"): "renumbered",
        ("c1.n1_2_2", "c1.n1_3_2"): "renumbered",
    }


def test_a_chapter_of_a_report_inserted() -> None:
    new = replaced(
        REPORT,
        ("Chương 2. HIỆN", "Chương 2. CÔNG NGHỆ\n2.1. Nén ép\nChất thải được nén thành khối.\nChương 3. HIỆN"),
        ("2.1. Không", "3.1. Không"),
        ("2.2. Nước", "3.2. Nước"),
    )
    assert kinds(compared(REPORT, new)) == {
        (None, "c2"): "added",
        (None, "c2.n2_1"): "added",
        ("c2", "c3"): "renumbered",
        ("c2.n2_1", "c3.n3_1"): "renumbered",
        ("c2.n2_2", "c3.n3_2"): "renumbered",
    }


def test_clauses_in_another_order() -> None:
    first = "1. Điểm tập kết là nơi chứa tạm thời chất thải trước khi được chuyển đến trạm trung chuyển."
    second = "2. Chủ thu gom là hợp tác xã, doanh nghiệp hoặc tổ tự quản ký hợp đồng với Ủy ban nhân dân cấp xã."
    third = "3. Túi đựng chất thải thực phẩm là túi màu xanh có dán nhãn do tỉnh phát hành."
    new = replaced(LAW, (f"{first}\n{second}\n{third}", f"1.{third[2:]}\n2.{first[2:]}\n3.{second[2:]}"))
    assert kinds(compared(LAW, new)) == {
        ("d3.k1", "d3.k2"): "renumbered",
        ("d3.k2", "d3.k3"): "renumbered",
        ("d3.k3", "d3.k1"): "renumbered",
    }


def test_points_drawn_into_their_clause() -> None:
    new = replaced(
        PROGRAMME,
        (
            "Sở Công Thương:\na) Vận động tiểu thương ký cam kết không phát túi miễn phí;\nb) Kiểm tra chợ hằng quý.",
            "Sở Công Thương: Vận động tiểu thương ký cam kết không phát túi miễn phí; kiểm tra chợ hằng quý.",
        ),
    )
    told = kinds(compared(PROGRAMME, new))
    assert told == {
        ("rii.k1", "rii.k1"): "merged",
        ("rii.k1.pa", "rii.k1"): "merged",
        ("rii.k1.pb", "rii.k1"): "merged",
    }


def test_two_chapters_change_places() -> None:
    lines = [line for line in LAW.split("\n") if line]
    second, third = lines.index("Chương II"), lines.index("Chương III")
    new = "\n".join([*lines[:second], *lines[third:], *lines[second:third]])
    labels = {"II": "III", "III": "II", "4": "6", "5": "7", "6": "8", "7": "4", "8": "5"}
    new = re.sub(
        r"^(Chương|Điều) (\w+)", lambda found: f"{found[1]} {labels.get(found[2], found[2])}", new, flags=re.MULTILINE
    )
    told = kinds(compared(LAW, new))
    assert set(told.values()) == {"renumbered"}
    assert {("cii", "ciii"), ("ciii", "cii"), ("d4", "d6"), ("d6", "d8"), ("d7", "d4"), ("d8", "d5")} <= set(told)
