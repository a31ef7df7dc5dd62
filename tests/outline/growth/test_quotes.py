"""Articles quoted inside an amending clause are not articles of the document."""

from consult.outline.blocks import Cell, Paragraph, Table
from tests.outline.outlines import at, codes, outline, paths, squeezed


def test_an_inserted_article_is_quoted_under_its_clause_with_its_own_structure() -> None:
    made = outline(
        "!Điều 1. Sửa đổi, bổ sung một số điều của Luật Kế toán", "1. Bãi bỏ Điều 5.", "2. Bổ sung Điều 70a như sau:",
        "“Điều 70a. Cung cấp dịch vụ", "1. Tổ chức được cung cấp.", "a) Điểm a;", "b) Điểm b.", "2. Bộ quy định.”.",
        "3. Bãi bỏ Điều 6.", "!Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    assert paths(made) == [
        "d1", "d1.k1", "d1.k2", "d1.k2.q1", "d1.k2.q1.d70a", "d1.k2.q1.d70a.k1", "d1.k2.q1.d70a.k1.pa",
        "d1.k2.q1.d70a.k1.pb", "d1.k2.q1.d70a.k2", "d1.k3", "d2",
    ]  # fmt: skip
    assert at(made, "d1.k2.q1").marker == "“"
    assert at(made, "d1.k2.q1.d70a.k2").text == "Bộ quy định.”."
    assert codes(made) == []


def test_several_quotations_under_one_clause() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Sửa đổi, bổ sung khoản 2 và điểm đ:", "“2. Khoản hai mới.”;", "“đ) Điểm đ mới.”.",
        "2. Sửa đổi Điều 7:", '"Điều 7. Bảy', "1. Một.", '2. Hai "có trích" ở giữa."', "3. Bãi bỏ.", "Điều 2. Hai",
        "Chữ.",
    )  # fmt: skip
    assert paths(made, "quoted") == ["d1.k1.q1", "d1.k1.q2", "d1.k2.q1"]
    assert at(made, "d1.k1.q2.pdd") and at(made, "d1.k2.q1.d7.k2") and at(made, "d1.k3")
    assert codes(made) == []


def test_a_quotation_opened_inside_a_line() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Sửa đổi khoản 2 như sau: “2. Hộ gia đình phân loại.”", "2. Bãi bỏ.", "Điều 2. Hai"
    )
    assert paths(made, "quoted", "clause") == ["d1.k1", "d1.k1.q1", "d1.k1.q1.k2", "d1.k2"]
    assert codes(made) == [("quote_inside_line", "d1.k1.q1")]


def test_a_quoted_sentence_and_a_quoted_chapter() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Sửa đổi đoạn mở đầu như sau:", "“Trong Luật này, các từ ngữ được hiểu:”.",
        "2. Bổ sung Chương IIa như sau:", "“Chương IIa", "QUẢN LÝ RÁC", "Điều 15a. Rác", "Chữ.”", "3. Bãi bỏ.",
        "Điều 2. Hai",
    )  # fmt: skip
    assert at(made, "d1.k1.q1.x1").text == "Trong Luật này, các từ ngữ được hiểu:”."
    assert at(made, "d1.k2.q1.ciia").heading == "QUẢN LÝ RÁC"
    assert at(made, "d1.k2.q1.d15a").text == "Chữ.”"
    assert paths(made, "article") == ["d1", "d1.k2.q1.d15a", "d2"]


def test_a_missing_closing_mark_is_told_and_does_not_swallow_the_rest() -> None:
    made = outline(
        "!Điều 1. Sửa đổi", "1. Sửa đổi Điều 7 như sau:", "“Điều 7. Bảy", "1. Một.", "2. Hai.",
        "2. Sửa đổi Điều 9 như sau:", "“Điều 9. Chín", "Chữ.”", "!Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    assert paths(made, "article", "quoted") == ["d1", "d1.k1.q1", "d1.k1.q1.d7", "d1.k2.q1", "d1.k2.q1.d9", "d2"]
    assert ("unclosed_quotation", "d1.k1.q1") in codes(made)


def test_a_missing_closing_mark_before_the_next_article() -> None:
    made = outline("!Điều 4. Bổ sung Điều 5a", "“Điều 5a. Năm a", "1. Một.", "!Điều 5. Năm", "Chữ.", "!Điều 6. Sáu")
    assert paths(made, "article") == ["d4", "d4.q1.d5a", "d5", "d6"]
    assert ("unclosed_quotation", "d4.q1") in codes(made)


def test_an_inserted_article_without_marks_is_taken_for_quoted_with_a_doubt() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Bổ sung Điều 5a như sau:", "Điều 5a. Năm a", "1. Một.", "2. Hai.", "2. Bãi bỏ Điều 9.",
        "Điều 2. Hai", "Chữ.",
    )  # fmt: skip
    assert paths(made, "article") == ["d1", "d1.k1.q1.d5a", "d2"]
    assert at(made, "d1.k2").text == "Bãi bỏ Điều 9."
    assert ("quotation_without_marks", "d1.k1.q1") in codes(made)


def test_a_defined_word_in_quotation_marks_is_no_quotation() -> None:
    made = outline("Điều 1. Từ ngữ", "“Chủ dự án” là tổ chức làm chủ dự án.", "1. “Rác” là thứ bỏ đi.", "Điều 2. Hai")
    assert paths(made, "quoted") == []
    assert at(made, "d1").text == "“Chủ dự án” là tổ chức làm chủ dự án."


def test_no_quotation_mark_is_lost() -> None:
    lines = (
        "Điều 1. Sửa đổi",
        "1. Như sau:",
        "“ Điều 2. Hai",
        "Chữ “trong” ngoài.",
        "”",
        "”.",
        "2. Hết “.",
        "Điều 2. Hai",
    )
    assert squeezed([outline(*lines).plain_text()]) == squeezed(lines)


def test_several_chapters_in_one_quotation_and_a_table_that_closes_it() -> None:
    table = Table(((Cell((Paragraph("Mức phí”."),)),),))
    made = outline(
        "!Điều 1. Sửa đổi", "1. Bổ sung hai chương như sau:", "^“Chương IIa", "^RÁC", "!Điều 15a. Rác", "Chữ.",
        "^Chương IIb", "^NƯỚC", "!Điều 15b. Nước", "Chữ.”", "2. Sửa đổi khoản 3 như sau:", "“3. Mức phí:", table,
        "3. Bãi bỏ.", "^Chương II", "^THI HÀNH", "!Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    assert paths(made, "article", "chapter") == [
        "d1", "d1.k1.q1.ciia", "d1.k1.q1.d15a", "d1.k1.q1.ciib", "d1.k1.q1.d15b", "cii", "d2",
    ]  # fmt: skip
    assert at(made, "d1.k2.q1.k3.t1") and at(made, "d1.k3")
    assert [code for code, _ in codes(made) if code == "unclosed_quotation"] == []


def test_an_unclosed_quotation_ends_before_the_signatures() -> None:
    made = outline(
        "!Điều 1. Sửa đổi", "Sửa đổi Điều 7 như sau:", "“Điều 7. Bảy", "1. Một.", "TM. CHÍNH PHỦ", "THỦ TƯỚNG"
    )
    assert paths(made) == ["d1", "d1.q1", "d1.q1.d7", "d1.q1.d7.k1", "x1", "x2"]
    assert codes(made) == [("unclosed_quotation", "d1.q1")]


def test_a_straight_mark_opens_an_article_whose_number_would_count_on() -> None:
    made = outline(
        "Điều 1. Sửa đổi khoản 2 như sau:", '"2. Hai mới."', "Điều 2. Bổ sung Điều 2a như sau:", '"Điều 2a. Hai a',
        '1. Một."', "Điều 3. Hiệu lực",
    )  # fmt: skip
    assert paths(made, "article") == ["d1", "d2", "d2.q1.d2a", "d3"]
    assert codes(made) == []


def test_signs_of_no_width_hide_no_mark() -> None:
    lines = (
        "\u200bQUYẾT ĐỊNH", "\u200bVề rác", "\u200eĐiều 1. Bổ sung khoản 2a như sau:\u200f", "\u200b“2a. Hai a.",
        "\u200b a) Chữ.”", "\u200eĐiều 2. Hai", "\u200bTM. ỦY BAN NHÂN DÂN", "\u200b1. Một",
    )  # fmt: skip
    made = outline(*lines)
    assert paths(made) == ["x1", "x2", "d1", "d1.q1", "d1.q1.k2a", "d1.q1.k2a.pa", "d2", "x3", "x4"]
    assert made.title == "QUYẾT ĐỊNH Về rác"
    assert squeezed([made.plain_text()]) == squeezed(lines)
