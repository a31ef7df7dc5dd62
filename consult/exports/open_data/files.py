"""The rows of open data as files: CSV and XLSX for people with a spreadsheet, JSON for everybody else."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.open_data.rows import headings, values
from consult.exports.plain.table_csv import neutral
from consult.text import unturned

Row = Iterable[str | int]

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{overrides}</Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{targets}</Relationships>",
}
OVERRIDE = (
    '<Override PartName="/xl/worksheets/sheet{number}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
SHEET = '<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
TARGET = (
    '<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'worksheet" Target="worksheets/sheet{number}.xml"/>'
)
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
BEGIN_JSON, END_JSON = b"[", b"\n]\n"
LONGEST_CELL = 32_767
"""Letters that a spreadsheet takes into one cell; the CSV and the JSON have the whole text."""
LONGEST_NAME = 31
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_csv(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the rows as CSV, lines taken one by one."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings(say))
    for line in lines:
        writer.writerow([neutral(str(value)) for value in values(head, line, say)])
    text.flush()
    text.detach()


def write_json(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the rows as a JSON array of objects, lines taken one by one."""
    names = headings(say)
    file.write(BEGIN_JSON)
    for index, line in enumerate(lines):
        row = dict(zip(names, values(head, line, say), strict=True))
        file.write((b",\n" if index else b"\n") + json.dumps(row, ensure_ascii=False).encode())
    file.write(END_JSON)


def write_xlsx(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the rows as a workbook of one sheet, lines taken one by one."""
    rows = (values(head, line, say) for line in lines)
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        frame(book, [head.slug])
        with book.open(part("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write((DECLARED + BEGIN).encode())
            for row in _with_head(headings(say), rows):
                sheet.write(row_of(row).encode())
            sheet.write(END.encode())


def frame(book: ZipFile, names: list[str]) -> None:
    """Everything of a workbook but its sheets, which have these names."""
    numbers = range(1, len(names) + 1)
    shown = {
        "overrides": "".join(OVERRIDE.format(number=number) for number in numbers),
        "sheets": "".join(
            SHEET.format(number=number, name=escape(name[-LONGEST_NAME:]))
            for number, name in zip(numbers, names, strict=True)
        ),
        "targets": "".join(TARGET.format(number=number) for number in numbers),
    }
    for name, text in PARTS.items():
        book.writestr(part(name), DECLARED + text.format(**shown))


def part(name: str) -> ZipInfo:
    """A part of a workbook, without the time at which it was made: the same rows are the same bytes."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


def _with_head(names: list[str], rows: Iterable[Row]) -> Iterator[Row]:
    yield names
    yield from rows


def row_of(row: Row) -> str:
    """A row of a sheet."""
    return f"<row>{''.join(map(_cell, row))}</row>"


def _cell(value: str | int) -> str:
    """A cell; words stand in it as words, so that no spreadsheet takes them for a formula."""
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    text = escape(NO_XML.sub("", unturned(value))[:LONGEST_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else "<c/>"
