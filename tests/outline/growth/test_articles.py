"""The Điều-based grammar on small texts: what is an article, what only looks like one."""

import pytest

from consult.outline.blocks import Cell, Paragraph, Table
from consult.outline.paths import parse
from tests.outline.outlines import at, automatic, codes, outline, paths, source, squeezed


def test_head_title_chapters_articles_signatures() -> None:
    made = outline(
        "ỦY BAN NHÂN DÂN", "^QUYẾT ĐỊNH", "^Quy định về phân loại rác tại nguồn", "Căn cứ Luật Tổ chức;",
        "^QUYẾT ĐỊNH:", "!Điều 1. Phạm vi", "Quyết định này quy định việc phân loại.", "!Điều 2. Đối tượng", "1. Hộ.",
        "2. Tổ chức.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nơi nhận:", "- Như Điều 2;", "- Lưu: VT.",
    )  # fmt: skip
    assert made.grammar == "articles"
    assert made.title == "QUYẾT ĐỊNH Quy định về phân loại rác tại nguồn"
    assert paths(made, "article", "clause") == ["d1", "d2", "d2.k1", "d2.k2"]
    assert at(made, "d1").heading == "Phạm vi"
    assert at(made, "d1").text == "Quyết định này quy định việc phân loại."
    assert [node.text for node in made.provisions[-3:]] == ["Nơi nhận:", "Như Điều 2;", "Lưu: VT."]
    assert codes(made) == []


def test_headings_split_over_lines_and_soft_breaks() -> None:
    made = outline(
        "^Phần thứ hai", "^HAI", "^Chương I", "^NHỮNG QUY ĐỊNH CHUNG", "^VÀ NGUYÊN TẮC", "!Mục 1\nNGUYÊN TẮC",
        "!Tiểu mục 1. CHUNG", "!Điều 1. Một", "Chữ.", "^Chương II\nTHỰC HIỆN",
        "!Điều 2. Hai\n1. Khoản một.\n2. Khoản hai.",
    )  # fmt: skip
    assert paths(made) == [
        "ph2", "ph2.ci", "ph2.ci.m1", "ph2.ci.m1.tm1", "d1", "ph2.cii", "d2", "d2.k1", "d2.k2",
    ]  # fmt: skip
    assert at(made, "ph2.ci").heading == "NHỮNG QUY ĐỊNH CHUNG\nVÀ NGUYÊN TẮC"
    assert at(made, "ph2.cii").heading == "THỰC HIỆN"
    assert at(made, "ph2.ci.m1").heading == "NGUYÊN TẮC"


@pytest.mark.parametrize(
    "citation",
    [
        "Điều 12 của Luật này quy định khác.", "Điều 5 và Điều 6 được áp dụng.", "Điều này không áp dụng.",
        "khoản 2 Điều này thì xử lý.", "Điều 3, Điều 4 của Nghị định.", "Chương III của Luật này.",
        "Mục 4 Phụ lục II kèm theo Nghị định.", "Phụ lục I ban hành kèm theo Thông tư này.", "Điều 2 Quyết định này.",
    ],
)  # fmt: skip
def test_a_citation_at_the_start_of_a_line_is_not_a_unit(citation: str) -> None:
    made = outline("Điều 1. Một", "1. Theo quy định của", citation, "Điều 2. Hai", "Chữ.")
    assert paths(made, "article", "chapter", "section", "appendix") == ["d1", "d2"]
    assert citation.split()[-1] in made.plain_text()


def test_a_cited_article_with_a_dot_is_told_by_its_number() -> None:
    made = outline("!Điều 1. Một", "Theo quy định tại", "Điều 50. Chính phủ quyết định.", "!Điều 2. Hai", "Chữ.")
    assert paths(made, "article") == ["d1", "d2"]
    assert codes(made) == [("looks_like_article", "d1.x1")]


def test_glued_articles_are_split_with_a_doubt_but_citations_are_not_torn() -> None:
    made = outline("Điều 1. Một", "1. Áp dụng cho cá nhân.Điều 2. Hai", "Theo quy định tại Điều 3. Trường hợp khác.")
    assert paths(made, "article") == ["d1", "d2"]
    assert codes(made) == [("glued_units", "d2")]
    assert at(made, "d2").text == "Theo quy định tại Điều 3. Trường hợp khác."


def test_glued_clauses_and_points() -> None:
    made = outline("Điều 1. Một", "1. Có hồ sơ.2. Có đơn theo mẫu.", "a) nguồn gốc;b) Giấy tờ khác.")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k2.pa", "d1.k2.pb"]
    assert [code for code, _ in codes(made)] == ["glued_units", "glued_units"]


def test_inserted_units_and_the_letter_đ() -> None:
    made = outline(
        "Điều 12. A", "Điều 12a. B", "1. Một.", "2. Hai.", "2a. Hai a.", "a) A;", "a1) A một;", "b) B;", "c) C;",
        "d) D;",
        "đ) Đ;", "e) E.", "Điều 12b. C", "Điều 13. D",
    )  # fmt: skip
    assert paths(made, "article") == ["d12", "d12a", "d12b", "d13"]
    assert paths(made, "point") == [f"d12a.k2a.p{x}" for x in ("a", "a_1", "b", "c", "d", "dd", "e")]
    assert codes(made) == [("sequence_start", "d12")]


def test_numbers_supplied_by_word() -> None:
    made = outline(
        automatic("Điều 1.", "Phạm vi"), automatic("1.", "Khoản"), automatic("a)", "Điểm a;"), automatic("b)",
        "Điểm b."),
        automatic("-", "Gạch đầu dòng"), automatic("Điều 2.", "Hai"), "Chữ.",
    )  # fmt: skip
    assert paths(made) == ["d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k1.pb.x1", "d2"]
    assert at(made, "d1").marker == "Điều 1." and at(made, "d1").marker_auto
    assert at(made, "d1.k1.pa").text == "Điểm a;"


def test_repeated_and_missing_labels_are_told() -> None:
    made = outline("Điều 1. Một", "1. Một:", "c) C;", "d) D;", "d) D nữa;", "g) G;", "3. Ba.", "f) F;", "Điều 4. Bốn")
    assert "d1.k1.pd~2" in paths(made)
    assert codes(made) == [
        ("sequence_start", "d1.k1.pc"), ("sequence_gap", "d1.k1.pg"), ("sequence_gap", "d1.k3"),
        ("sequence_start", "d1.k3.pf"), ("sequence_gap", "d4"), ("repeated_label", "d1.k1.pd~2"),
    ]  # fmt: skip


def test_paragraphs_dashes_and_text_after_a_child() -> None:
    made = outline(
        "Điều 1. Một", "Mở đầu:", "1. Khoản:", "a) Điểm:", "- Gạch", "+ Cộng", "- Gạch hai", "b) Điểm b.",
        "Trường hợp khác thì theo khoản này.", "2. Hai.",
    )  # fmt: skip
    assert paths(made) == [
        "d1", "d1.k1", "d1.k1.pa", "d1.k1.pa.x1", "d1.k1.pa.x1.x1", "d1.k1.pa.x2", "d1.k1.pb", "d1.k1.x1", "d1.k2",
    ]  # fmt: skip
    assert at(made, "d1.k1.pa.x1.x1").marker == "+"
    assert at(made, "d1.k1.x1").text == "Trường hợp khác thì theo khoản này."


def test_appendices_and_forms_restart_and_do_not_leak() -> None:
    made = outline(
        "!Điều 1. Một", "1. Khoản.", "!Điều 2. Hai", "Chữ.", "TM. CHÍNH PHỦ", "^PHỤ LỤC I", "^DANH MỤC MẪU",
        "(Kèm theo Nghị định số …)", "Mẫu số 01 Đơn đề nghị", "Mẫu số 02 Quyết định", "!Mẫu số 01", "^ĐƠN ĐỀ NGHỊ",
        "1. Họ tên", "!Mẫu số 02. Quyết định", "Điều 1. Cho phép.", "Điều 2. Hiệu lực từ ngày ký.", "^PHỤ LỤC II",
        "^BẢNG GIÁ", "I. ĐẤT", "1. Đất ở", "II. NƯỚC",
    )  # fmt: skip
    assert paths(made, "article") == ["d1", "d2", "pli.f02.d1", "pli.f02.d2"]
    assert paths(made, "appendix", "form") == ["pli", "pli.f01", "pli.f02", "plii"]
    assert paths(made, "roman") == ["plii.ri", "plii.rii"]
    assert at(made, "pli").heading == "DANH MỤC MẪU" and at(made, "pli.f01.k1")
    assert codes(made) == []


def test_an_annexed_regulation_is_a_second_body_with_a_grammar_of_its_own() -> None:
    decision = ("^QUYẾT ĐỊNH", "^Ban hành Quy định", "Điều 1. Ban hành kèm theo Quy định.", "Điều 2. Hiệu lực.")
    signed = ("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
    annex = ("^QUY ĐỊNH", "^Về quản lý rác thải", "(Ban hành kèm theo Quyết định số … của Ủy ban nhân dân tỉnh)")
    made = outline(
        *decision, *signed, *annex, "^Chương I", "^CHUNG", "Điều 1. Phạm vi", "1. Một.", "Điều 2. Đối tượng", "Chữ."
    )
    assert paths(made, "article", "body", "chapter") == ["d1", "d2", "b2", "b2.ci", "b2.d1", "b2.d2"]
    assert at(made, "b2").grammar == "articles"
    assert at(made, "b2").heading == "QUY ĐỊNH\nVề quản lý rác thải"
    plan = outline(
        *decision, *signed, "^KẾ HOẠCH", "(Kèm theo Quyết định số …)", "I. MỤC ĐÍCH", "1. Một", "II. NỘI DUNG"
    )
    assert (plan.grammar, at(plan, "b2").grammar) == ("articles", "roman")
    assert paths(plan, "roman") == ["b2.ri", "b2.rii"]


def test_tables_with_nested_tables_and_notes_keep_their_text() -> None:
    nested = Table(((Cell((Paragraph("trong"),)),),))
    cell = Cell((Paragraph("trước"), nested, Paragraph("sau", footnotes=("ghi chú ô",))), colspan=2, rowspan=3)
    made = outline("Điều 1. Một", Paragraph("1. Khoản", footnotes=("ghi chú",)), Table(((cell,),)))
    assert paths(made) == ["d1", "d1.k1", "d1.k1.fn1", "d1.k1.t1", "d1.k1.t1.t1", "d1.k1.t1.x1", "d1.k1.t1.fn1"]
    table = at(made, "d1.k1.t1").to_json()
    assert table["rows"][0][0]["text"] == "trước"
    assert (table["rows"][0][0]["colspan"], table["rows"][0][0]["rowspan"]) == (2, 3)
    assert [child["kind"] for child in table["rows"][0][0]["children"]] == ["table", "paragraph", "footnote"]
    assert "ghi chú ô" in made.plain_text()


def test_an_article_whose_heading_stands_on_the_next_line() -> None:
    made = outline("^Điều 1", "^Phạm vi điều chỉnh", "1. Một.", "^Điều 2", "^Đối tượng", "Chữ.")
    assert paths(made, "article", "clause") == ["d1", "d1.k1", "d2"]
    assert at(made, "d2").heading == "Đối tượng"


def test_nothing_is_dropped_however_odd() -> None:
    odd = (
        "",
        "1.",
        "a)",
        "Điều 1.",
        "Điều 1.",
        "”",
        "“",
        "-",
        "Chương",
        "PHỤ LỤC",
        "Mẫu số",
        "(1)",
        "I.",
        "1.1",
        "…",
        "“Điều 9. X",
    )
    made = outline(*odd)
    assert squeezed([made.plain_text()]) == squeezed(odd)
    assert outline(*source().blocks).provisions == []


def test_articles_below_articles() -> None:
    made = outline(
        "Điều 1. Một", "Điều 1.1. Phạm vi", "1. Chữ.", "Điều 1.2. Đối tượng", "Chữ.", "Điều 2. Hai",
        "Theo quy định tại", "Điều 1.2 của Quy định này.", "Điều 2.1. Một", "Điều 3. Ba",
    )  # fmt: skip
    assert paths(made, "article", "clause") == ["d1", "d1_1", "d1_1.k1", "d1_2", "d2", "d2_1", "d3"]
    assert (at(made, "d1_1").marker, at(made, "d1_1").heading) == ("Điều 1.1.", "Phạm vi")
    assert {parse(path)[0].label for path in paths(made, "article")} == {"1", "1.1", "1.2", "2", "2.1", "3"}


def test_a_first_clause_glued_to_its_article_is_none_below_it() -> None:
    made = outline("Điều 1. Một", "Chữ.", "Điều 2.1. Tổ chức nộp phí.", "2. Hộ nghèo được miễn.", "Điều 3. Ba")
    assert paths(made, "article", "clause") == ["d1", "d2", "d2.k1", "d2.k2", "d3"]
