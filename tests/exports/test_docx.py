"""The Word file: what an office has to be able to sign, page after page, with not a word of anybody cut."""

import tracemalloc
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from consult.exports.lines import TableHead, TableLine
from consult.exports.official_language import official
from consult.exports.word import document as docx
from consult.exports.word.rows import MOST_MERGED, MOST_ROWS
from tests.exports.made import head, line


def made(above: TableHead, lines: Iterable[TableLine]) -> bytes:
    """The file."""
    file = BytesIO()
    docx.write(file, above, lines, official)
    return file.getvalue()


def opened(above: TableHead, lines: Iterable[TableLine]) -> Any:
    """The file as python-docx reads it."""
    return Document(BytesIO(made(above, lines)))


def part(data: bytes, name: str) -> Any:
    """An XML part of the file."""
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def cells(document: Any) -> list[list[str]]:
    """The words of every cell of the table, a merged one only where it begins."""
    rows = document.tables[1]._tbl.findall(qn("w:tr"))
    return [
        ["\n".join(_words(each) for each in cell.findall(qn("w:p"))) for cell in row.findall(qn("w:tc"))]
        for row in rows
    ]


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def merges(document: Any, column: int) -> list[str | None]:
    """How the cells of a column are merged downwards, row by row below the header."""
    rows = document.tables[1]._tbl.findall(qn("w:tr"))[1:]
    found = [row.findall(qn("w:tc"))[column].find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") for row in rows]
    return [None if merge is None else merge.get(qn("w:val")) for merge in found]


def test_the_four_columns_in_the_order_given() -> None:
    document = opened(
        head(), [line(3, "general", place="Ý kiến chung"), line(1), line(2, "d2", place="khoản 2 Điều 2")]
    )
    rows = cells(document)
    assert rows[0] == ["NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH"]
    assert [row[0] for row in rows[1:]] == ["Ý kiến chung", "Điều 1", "Khoản 2 Điều 2"]
    assert rows[2] == [
        "Điều 1",
        "Sở Tài chính",
        "Ý kiến số 1. Thống nhất.\nNội dung thứ 1.",
        "Tiếp thu.\nTrả lời thứ 1.",
    ]


def test_the_first_column_is_merged_over_a_clause_and_an_answer_over_its_opinions() -> None:
    together = [line(1, response=7), line(2, response=7), line(3), line(4, "d2", response=3)]
    document = opened(head(), together)
    assert merges(document, 0) == ["restart", "continue", "continue", "restart"]
    assert merges(document, 3) == ["restart", "continue", "restart", "restart"]
    assert merges(document, 2) == [None] * 4


def test_no_cell_is_merged_over_more_rows_than_word_processors_bear() -> None:
    """LibreOffice was busy for 25 minutes with one over 743 rows: what the cell says is said again instead."""
    document = opened(head(), [line(number, response=7) for number in range(1, 301)])
    for column in (0, 3):
        runs = "".join("R" if each == "restart" else "c" for each in merges(document, column)).split("R")[1:]
        assert [len(run) + 1 for run in runs] == [MOST_MERGED] * 12
    table = document.tables[1]
    assert [table.cell(row, 0).text for row in (1, 26, 51)] == ["Điều 1", "Điều 1 (tiếp)", "Điều 1 (tiếp)"]
    assert table.cell(26, 3).text == "Tiếp thu (tiếp)"


def test_a_long_table_goes_on_in_another_below_it() -> None:
    """Laid out as one, 3,000 rows took LibreOffice longer than two minutes."""
    document = opened(head(), [line(number, response=7) for number in range(1, 2 * MOST_ROWS + 2)])
    tables = document.tables[1:-1]
    assert [len(table.rows) - 1 for table in tables] == [MOST_ROWS, MOST_ROWS, 1]
    assert len({table.rows[0].cells[2].text for table in tables}) == 1
    assert [table.cell(1, 0).text for table in tables] == ["Điều 1", "Điều 1 (tiếp)", "Điều 1 (tiếp)"]


def test_two_opinions_without_an_answer_are_not_merged_into_one() -> None:
    nothing = {"outcome": "open", "response": None, "disposition": "", "answer": ""}
    document = opened(head(), [line(1, **nothing), line(2, **nothing)])
    assert merges(document, 3) == ["restart", "restart"]
    assert [row[3] for row in cells(document)[1:]] == ["(Chưa có nội dung trả lời được công bố.)"] * 2


def test_landscape_a4_with_the_margins_of_the_decree() -> None:
    section = opened(head(), [line(1)]).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = (section.left_margin, section.top_margin, section.right_margin, section.bottom_margin)
    assert [abs(margin - Mm(wide)) < Mm(0.1) for margin, wide in zip(margins, (30, 20, 20, 20), strict=True)] == [
        True
    ] * 4


def test_the_header_row_is_repeated_and_other_rows_may_go_over_the_page() -> None:
    rows = opened(head(), [line(1), line(2)]).tables[1]._tbl.findall(qn("w:tr"))
    repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    whole = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows]
    assert repeated == whole == [True, False, False]


def test_proofing_language_and_letters_are_vietnamese_times() -> None:
    defaults = part(made(head(), []), "word/styles.xml").find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert defaults.find(qn("w:rFonts")).get(qn("w:ascii")) == "Times New Roman"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "28"


def test_page_numbers_stand_at_the_top_but_not_on_the_first_page() -> None:
    section = opened(head(), [line(1)]).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in etree.tostring(section.header._element, encoding="unicode")
    assert "PAGE" not in etree.tostring(section.first_page_header._element, encoding="unicode")


def test_letterhead_counts_rule_and_signer() -> None:
    document = opened(head(), [line(1)])
    left, right = document.tables[0].rows[0].cells
    assert left.text.split("\n") == ["ỦY BAN NHÂN DÂN TỈNH", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "", "Số:"]
    assert right.text.split("\n") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Thái Nguyên, ngày … tháng … năm …",
    ]
    said = "\n".join(each.text for each in document.paragraphs)
    assert "Tổng số 24 cơ quan" in said
    assert "tổng số 4 ý kiến nhận được" in said
    assert head().counting_rule in said
    assert "còn 1 ý kiến chờ trả lời" in said
    assert document.tables[2].rows[0].cells[1].text.startswith("THỦ TRƯỞNG CƠ QUAN CHỦ TRÌ SOẠN THẢO\n(Ký, đóng dấu)")


@pytest.mark.parametrize(
    ("body", "above", "name"),
    [
        ("Sở Y tế tỉnh Thái Nguyên", "Ủy ban nhân dân tỉnh Thái Nguyên", "SỞ Y TẾ"),
        ("Sở Y tế tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Thái Nguyên", "SỞ Y TẾ TỈNH BẮC KẠN"),
        ("Sở Y tế tỉnh Thái Nguyên", "", "SỞ Y TẾ TỈNH THÁI NGUYÊN"),
        ("Thái Nguyên", "Thái Nguyên", "THÁI NGUYÊN"),
    ],
)
def test_a_letterhead_names_the_place_once(body: str, above: str, name: str) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: a department stands under the committee that names the province."""
    left = opened(head(body=body, above=above), [line(1)]).tables[0].rows[0].cells[0]
    assert name in left.text.split("\n")


def test_made_up_data_is_marked_on_every_page() -> None:
    section = opened(head(notice="DỮ LIỆU MINH HỌA"), [line(1)]).sections[0]
    for top in (section.header, section.first_page_header):
        assert "DỮ LIỆU MINH HỌA" in [each.text for each in top.paragraphs]


def test_not_a_word_is_cut() -> None:
    long = " ".join(f"từ{number}" for number in range(4000))
    assert len(long) > 20_000
    row = cells(opened(head(), [line(1, text=long, answer=long, proposed=long)]))[1]
    assert long in row[2]
    assert f"Đề nghị sửa thành: “{long}”" in row[2]
    assert row[3].endswith(long)


def test_lines_become_paragraphs_and_nothing_a_page_cannot_hold_comes_in() -> None:
    decomposed = unicodedata.normalize("NFD", "Chất thải")
    row = cells(opened(head(), [line(1, text=f"{decomposed}\r\n- một <b>&\x0b\x00\n\n- hai\ud800")]))[1]
    assert row[2].split("\n")[1:] == ["Chất thải", "- một <b>&", "- hai"]


def test_why_a_text_is_not_there() -> None:
    hidden = {"text": "", "stance": "", "organisation": ""}
    rows = cells(
        opened(
            head(),
            [
                line(
                    1,
                    visibility="withheld",
                    visibility_reason="insult",
                    answer=None,
                    change=None,
                    handed_over=True,
                    **hidden,
                ),
                line(2, visibility="unreleased", **hidden),
                line(3, visibility="redacted", visibility_reason="personal_data", area="Xã Cẩm Giàng", organisation=""),
                line(4, sender="Hà Văn A", area="Xã Cẩm Giàng", organisation=""),
            ],
        )
    )
    assert rows[1][1:] == [
        "(chưa công khai)",
        f"Ý kiến số 1. (Không công khai: {official('withheld_reason.insult')}.)",
        "Tiếp thu.\n(Nội dung trả lời đã gửi riêng cho người góp ý.)",
    ]
    assert rows[2][2] == "Ý kiến số 2. (Nội dung đang kiểm tra trước khi công khai.)"
    assert [row[1] for row in rows[3:]] == ["Công dân xã Cẩm Giàng", "Hà Văn A, xã Cẩm Giàng"]
    assert "(Đã lược bỏ một phần" in rows[3][2]


def test_chapter_six_of_an_eia_has_three_blocks_numbered_each() -> None:
    lines = [line(1, block="web"), line(2, block="web"), line(5, block="written")]
    rows = cells(opened(head("eia_chapter_6"), lines))
    assert rows[0][0] == "TT"
    assert [row[0] if len(row) == 4 else row for row in rows[1:]] == [
        ["I. Tham vấn thông qua đăng tải trên trang thông tin điện tử"],
        "1",
        "2",
        ["II. Tham vấn bằng tổ chức họp lấy ý kiến"],
        ["Chưa có ý kiến."],
        ["III. Tham vấn bằng văn bản"],
        "1",
    ]


@pytest.mark.parametrize("form", ["mau_10", "eia_chapter_6"])
def test_a_table_without_opinions_says_so(form: str) -> None:
    said = [row for row in cells(opened(head(form), []))[1:] if len(row) == 1]
    assert said.count(["Chưa có ý kiến."]) == len(said) - len(head(form).blocks) == max(1, len(head(form).blocks))


def test_the_same_data_gives_the_same_bytes() -> None:
    first, second = (made(head(), [line(number) for number in range(1, 50)]) for _ in range(2))
    assert first == second


def test_the_grid_fills_the_page() -> None:
    table = opened(head(), [line(1)]).tables[1]._tbl
    widths = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
    assert sum(widths) == 16838 - 1701 - 1134
    assert all(wide > 0 for wide in widths)


def test_five_thousand_lines_take_no_more_memory_than_a_few(tmp_path: Any) -> None:
    text = "Đề nghị quy định rõ thời gian thu gom. " * 20
    peaks = []
    for count in (500, 5000):
        tracemalloc.start()
        with (tmp_path / "table.docx").open("wb") as file:
            docx.write(file, head(), (line(number, f"d{number // 5}", text=text) for number in range(count)), official)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert all(after < before * 1.2 for before, after in pairwise(peaks)), peaks
    assert peaks[-1] < 4_000_000
