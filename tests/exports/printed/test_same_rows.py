"""Whatever file the printed table becomes, it has the same rows in the same order, and the same words in every cell."""

import csv
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.exports import cell_texts
from consult.exports.lines import TableHead, TableLine
from consult.exports.official_language import official
from consult.exports.page_sections import sections
from consult.exports.printed import table_pdf
from consult.exports.printed.data_files import rows
from consult.exports.service import PRINTED, Format, TablePage
from tests.exports.made import head, line
from tests.exports.printed import golden_table
from tests.exports.printed.golden_table import of_pdf

GOES_ON = "⋮"
"""A cell of the Word file that goes on from the one above it."""
FORMS = ("mau_10", "eia_chapter_6")
WORDS = st.text(alphabet="aăâ ớ=+-@\n\t,;\"'1", max_size=12).map(lambda words: f"N{words}.")


@st.composite
def tables(draw: st.DrawFn) -> tuple[TableHead, list[TableLine]]:
    """A head, and lines in the order of print: places and blocks one after the other, some with one answer, copies."""
    form = draw(st.sampled_from(FORMS))
    above, found = head(form, notice=draw(st.sampled_from(("", "NỘI BỘ")))), []
    for place in range(draw(st.integers(0, 4))):
        block = above.blocks[min(place, len(above.blocks) - 1)][0] if above.blocks else ""
        for _ in range(draw(st.integers(1, 5))):
            found.append(_line(draw, len(found) + 1, place, block))
    return above, found


def _line(draw: st.DrawFn, number: int, place: int, block: str) -> TableLine:
    response = draw(st.sampled_from((None, 1, number)))
    answered: dict[str, Any] = {"response": response}
    if response is None:
        answered.update(outcome="open", disposition="", answer="")
    return line(
        number, f"d{place}", place=f"Điều {place + 1}", block=block, organisation="", sender=draw(st.just("") | WORDS),
        text=draw(WORDS), proposed=draw(st.just("") | WORDS), joiners=draw(st.integers(0, 2)),
        copy=draw(st.sampled_from(("", "a"))), visibility=draw(st.sampled_from(("public", "unreleased"))), **answered,
    )  # fmt: skip


def made(above: TableHead, lines: list[TableLine], wanted: Format) -> bytes:
    """A file of it."""
    file = BytesIO()
    PRINTED[wanted](file, above, lines, official)
    return file.getvalue()


def of_csv(above: TableHead, lines: list[TableLine]) -> list[list[str]]:
    """The cells of the form in each row; what a spreadsheet would reckon has an apostrophe in front."""
    read = list(csv.reader(StringIO(made(above, lines, Format.PRINTED_CSV).decode("utf-8-sig"))))[1:]
    begins = 2 if above.blocks else 1
    return [[_said(cell.removeprefix("'")) for cell in row[begins : begins + len(above.columns)]] for row in read]


def of_json(above: TableHead, lines: list[TableLine]) -> list[list[str]]:
    """The same of the JSON."""
    told = json.loads(made(above, lines, Format.PRINTED_JSON))["rows"]
    return [[_said(row["cells"][column]) for column in above.columns] for row in told]


def of_xlsx(above: TableHead, lines: list[TableLine]) -> list[list[str]]:
    """The same of the workbook: the rows below the header, without headings and signature."""
    sheet = openpyxl.load_workbook(BytesIO(made(above, lines, Format.XLSX))).worksheets[0]
    first, last = (int(re.sub("[A-Z]", "", corner)) for corner in sheet.auto_filter.ref.split(":"))
    wide = {one.min_row for one in sheet.merged_cells.ranges}
    return [
        [_said(cell.value) for cell in row]
        for row in sheet.iter_rows(min_row=first + 1, max_row=last, max_col=len(above.columns))
        if row[0].row not in wide and last > first
    ]


def of_docx(above: TableHead, lines: list[TableLine]) -> list[list[str]]:
    """The same of the Word file, where a merged cell is GOES_ON."""
    body = Document(BytesIO(made(above, lines, Format.DOCX))).element.body
    found = [row for table in list(body.iter(qn("w:tbl")))[1:] for row in table.findall(qn("w:tr"))]
    told = [[_cell(cell) for cell in row.findall(qn("w:tc"))] for row in found]
    return [row for row in told[1:] if len(row) == len(above.columns)]


def _cell(cell: Any) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merge is not None and merge.get(qn("w:val")) == "continue":
        return GOES_ON
    return _said("\n".join("".join(_pieces(paragraph)) for paragraph in cell.findall(qn("w:p"))))


def _pieces(paragraph: Any) -> list[str]:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return [signs.get(one.tag, one.text or "") for one in paragraph.iter(qn("w:t"), *signs)]


def _said(value: Any) -> str:
    """The words alone: files break lines and keep blanks each in their way."""
    return " ".join(str(value or "").split())


@settings(max_examples=60, deadline=None)
@given(tables())
def test_workbook_csv_and_json_say_the_same_in_every_cell(table: tuple[TableHead, list[TableLine]]) -> None:
    wanted = [row for row in of_json(*table) if row[0] != official("exports.no_opinion")]
    assert of_xlsx(*table) == wanted
    assert [row for row in of_csv(*table) if row[0] != official("exports.no_opinion")] == wanted


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_word_file_has_the_same_rows(table: tuple[TableHead, list[TableLine]]) -> None:
    wanted = [row for row in of_json(*table) if row[0] != official("exports.no_opinion")]
    word = of_docx(*table)
    assert len(word) == len(wanted)
    for own, other in zip(word, wanted, strict=True):
        apart = [place for place in range(len(own)) if own[place] not in (GOES_ON, other[place])]
        assert not apart, (own, other)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_page_has_the_same_rows(table: tuple[TableHead, list[TableLine]]) -> None:
    above, lines = table
    shown = [one.line.number for section in sections(TablePage(above, 1, 1, lines)) for one in section.lines]
    assert shown == [one.number for one in rows(above, lines, official) if one.number is not None]


def test_the_pdf_has_the_same_rows() -> None:
    for form in FORMS:
        told, *_annex = of_pdf(form).split(official("exports.annex_of_copies"))
        wanted = rows(golden_table.above(form), golden_table.lines(form), official)
        assert [int(number) for number in re.findall(r"Ý kiến số (\d+)\.", told)] == [
            one.number for one in wanted if one.number is not None
        ]


def test_a_pdf_of_too_many_rows_is_refused_before_anything_is_set() -> None:
    many = [line(number, f"d{number}") for number in range(table_pdf.MOST_ROWS + 1)]
    file = BytesIO()
    with pytest.raises(table_pdf.TooLong):
        table_pdf.write(file, head(), many, official)
    assert not file.getvalue()


def test_the_json_says_what_stands_above_the_rows_on_paper() -> None:
    above = replace(head("mau_10"), silent=("Sở Y tế",), taken_up=("kiến nghị số 1",), joiners=3)
    told = json.loads(made(above, [], Format.PRINTED_JSON))
    assert (told["silent"], told["taken_up"]) == (["Sở Y tế"], ["kiến nghị số 1"])
    assert told["breakdown"] == cell_texts.breakdown(above, official) != ""
