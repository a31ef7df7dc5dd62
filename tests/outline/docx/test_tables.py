"""Tables: merged cells in every way Word has, tables in tables."""

from pathlib import Path

import pytest

from consult.outline.blocks import Block, Table
from consult.outline.docx.document import read_docx
from tests.outline.docx_builder import docx, paragraph
from tests.outline.reading_text import texts

GRID = list[list[tuple[str, int, int]]]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def grid(*rows: str) -> GRID:
    """The table made of these rows, as (text, colspan, rowspan) of each cell."""
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    (table,) = read_docx(docx(body)).blocks
    assert isinstance(table, Table)
    return [[(" ".join(texts(cell.blocks)), cell.colspan, cell.rowspan) for cell in row] for row in table.rows]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


START, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_cells_merged_over_columns() -> None:
    assert grid(cell("a", span(2)), cell("b") + cell("c")) == [[("a", 2, 1)], [("b", 1, 1), ("c", 1, 1)]]
    old = '<w:hMerge w:val="{}"/>'
    assert grid(cell("a", old.format("restart")) + cell("", old.format("continue")) + cell("b")) == [
        [("a", 2, 1), ("b", 1, 1)]
    ]


def test_cells_merged_over_rows() -> None:
    rows = (cell("a", START) + cell("b"), cell("", GO_ON) + cell("c"), cell("", GO_ON) + cell("d"))
    assert grid(*rows) == [[("a", 1, 3), ("b", 1, 1)], [("c", 1, 1)], [("d", 1, 1)]]


def test_merging_over_rows_is_found_by_column_not_by_position() -> None:
    rows = (cell("a", span(2)) + cell("b", START), cell("c") + cell("d") + cell("", GO_ON))
    assert grid(*rows) == [[("a", 2, 1), ("b", 1, 2)], [("c", 1, 1), ("d", 1, 1)]]


def test_text_in_a_continued_cell_is_not_lost() -> None:
    assert grid(cell("a", START), cell("b", GO_ON)) == [[("a b", 1, 2)], []]


def test_a_cell_that_continues_nothing_stands_for_itself() -> None:
    assert grid(cell("a", GO_ON), cell("b"), cell("c", GO_ON)) == [[("a", 1, 1)], [("b", 1, 1)], [("c", 1, 1)]]


def test_a_row_may_begin_further_right() -> None:
    assert grid('<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("a")) == [[("", 2, 1), ("a", 1, 1)]]


def test_absurd_widths_are_bounded() -> None:
    assert grid(cell("a", span(999_999_999)) + cell("b", span(-5)))[0] == [("a", 200, 1), ("b", 1, 1)]


def test_rows_and_cells_inside_content_controls() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = control.format(f"<w:tr>{control.format(cell('a'))}</w:tr>")
    assert texts(read_docx(docx(f"<w:tbl>{row}</w:tbl>")).blocks) == ["a"]


def test_tables_in_tables() -> None:
    inner = f"<w:tbl><w:tr>{cell('trong')}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('trước')}{inner}{paragraph('sau')}</w:tc></w:tr></w:tbl>"
    (table,) = read_docx(docx(body)).blocks
    assert isinstance(table, Table)
    assert [type(block).__name__ for block in table.rows[0][0].blocks] == ["Paragraph", "Table", "Paragraph"]
    assert texts([table]) == ["trước", "trong", "sau"]


def tables_in(blocks: tuple[Block, ...]) -> tuple[int, int]:
    """How many tables stand by themselves, and how many inside another."""
    outer = [block for block in blocks if isinstance(block, Table)]
    cells = [cell for table in outer for row in table.rows for cell in row]
    return len(outer), sum(sum(tables_in(cell.blocks)) for cell in cells)


@pytest.mark.real
def test_every_table_of_decree_08_2022_is_found(samples: Path) -> None:
    source = read_docx((samples / "legal" / "08_2022_ND-CP_m_479457.docx").read_bytes())
    assert tables_in(source.blocks) == (77, 6)
