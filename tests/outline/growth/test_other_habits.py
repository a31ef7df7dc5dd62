"""Further habits of drafts: marks of quotations, names of annexes, lists of what another text holds."""

from consult.outline.blocks import Paragraph
from tests.outline.outlines import at, codes, outline, paths

BODY = ("Điều 1. Phạm vi", "1. Một.", "2. Hai.", "Điều 2. Hiệu lực", "Chữ.")


def test_each_quoted_article_with_an_opening_mark_of_its_own() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Thay Điều 3 bằng Điều 3 và Điều 3a sau đây:", "“Điều 3. Ba", "1. Một.", "“Điều 3a. Ba a",
        "1. Hai.”", "2. Bãi bỏ Điều 4.", "Điều 2. Hai",
    )  # fmt: skip
    assert paths(made, "article") == ["d1", "d1.k1.q1.d3", "d1.k1.q2.d3a", "d2"]
    assert codes(made) == [("unclosed_quotation", "d1.k1.q1")]


def test_forms_and_appendices_by_other_names() -> None:
    made = outline(
        *BODY, "TM. ỦY BAN NHÂN DÂN", "PHỤ LỤC 01", "GIÁ", "1. Một", "Phụ lục 1A", "GIÁ PHỤ", "1. Một",
        "Biểu số 01/BC", "BÁO CÁO", "1. Tên", "BIỂU MẪU SỐ 02", "TỜ KHAI", "1. Tên", "PHỤ LỤC II", "CUỐI", "1. Một",
    )  # fmt: skip
    assert paths(made, "appendix", "form", "clause")[2:] == [
        "pl01", "pl01.k1", "pl1a", "pl1a.k1", "pl1a.f01", "pl1a.f01.k1", "pl1a.f02", "pl1a.f02.k1", "plii", "plii.k1",
    ]  # fmt: skip


def test_the_name_of_a_table_in_the_text_is_no_form() -> None:
    made = outline("I. MỘT", "Dân số như sau:", "^Biểu 1. Dân số các xã", "1. Đông.", "II. HAI", "Chữ.")
    assert paths(made, "form") == []


def test_notes_to_lines_of_a_heading_are_kept() -> None:
    noted = [Paragraph(text, footnotes=(f"Ghi chú {number}.",)) for number, text in enumerate(HEADINGS)]
    made = outline(*noted, "1. Một.")
    assert [node.text for node in made.walk() if node.kind == "footnote"] == [f"Ghi chú {n}." for n in range(10)]
    assert [len(at(made, path).children) for path in ("ci", "d1", "pli", "pli.f01")] == [3, 2, 4, 3]


HEADINGS = (
    "Chương I", "QUY ĐỊNH CHUNG", "Điều 1.", "Phạm vi", "TM. ỦY BAN NHÂN DÂN", "PHỤ LỤC I", "DANH MỤC",
    "(Kèm theo Quyết định này)", "Mẫu số 01", "ĐƠN",
)  # fmt: skip


def test_the_first_clause_on_the_line_of_its_article() -> None:
    made = outline("Điều 1. 1. Hộ gia đình phân loại.", "2. Tổ chức thu gom.", "Điều 2. Hai", "Chữ.")
    assert paths(made, "article", "clause") == ["d1", "d1.k1", "d1.k2", "d2"]
    assert ("glued_units", "d1.k1") in codes(made)


def test_points_with_a_dash_or_with_letters_that_are_not_used() -> None:
    made = outline(
        "I- MỘT", "1- Cứu hộ", "a- Lực lượng", "b- Phương tiện", "a – chiều dài", "2- Hai:", "e) E;", "ê) Ê."
    )
    assert paths(made, "point") == ["ri.k1.pa", "ri.k1.pb", "ri.k2.pe", "ri.k2.pê"]
    assert ("unusual_label", "ri.k2.pê") in codes(made)


def test_chapters_that_a_proposal_lists_are_none_of_its_own() -> None:
    made = outline(
        "Mục I. Bố cục", "Dự thảo gồm 2 chương:", "Chương I. Quy định chung (Điều 1).", "Chương II. Thi hành (Điều 2).",
        "Mục II. Nội dung", "Chữ.",
    )  # fmt: skip
    assert [node.path for node in made.provisions] == ["mi", "mii"]
    assert [code for code, _ in codes(made)].count("looks_like_chapter") == 2


def test_the_name_of_an_annexed_text_over_two_lines() -> None:
    for second in ("VỀ GIÁ ĐẤT", "Về giá đất"):
        made = outline(*BODY, "TM. ỦY BAN NHÂN DÂN", "QUY ĐỊNH", second, *BODY)
        assert at(made, "b2").heading == f"QUY ĐỊNH\n{second}"
        assert paths(made, "article") == ["d1", "d2", "b2.d1", "b2.d2"]
