"""Workbooks part by part as Excel and LibreOffice Calc write them: shared strings with several looks in a cell, inline
strings, days as numbers, formulas with what they came to, sheets nobody sees, lines without cells to the very end."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BOOK = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook {MAIN} xmlns:r="{OFFICE}"><fileVersion appName="Calc"/><workbookPr date1904="%(since_1904)s"/><sheets>
<sheet name="Ý kiến" sheetId="1" state="visible" r:id="rId1"/>
<sheet name="_" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>"""
STYLES = f"""<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
<fonts count="1"><font/></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>
</styleSheet>"""
TYPES = f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
 ContentType="application/xml"/>%s</Types>"""
KINDS = {
    "/xl/workbook.xml": "sheet.main", "/xl/worksheets/sheet1.xml": "worksheet",
    "/xl/worksheets/sheet2.xml": "worksheet", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings",
}  # fmt: skip


def calc(rows: Sequence[str], shared: Sequence[str], since_1904: bool = False) -> bytes:
    """A workbook with these rows, each as the XML of its cells, and these shared strings, as the XML inside `<si>`."""
    lines = "".join(f'<row r="{number}" customFormat="false">{row}</row>' for number, row in enumerate(rows, start=1))
    last = '<row r="1048576" customFormat="false" ht="12.8" hidden="false"/>'
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><dimension ref="A1:AMJ1048576"/><sheetData>{lines}{last}'
        "</sheetData></worksheet>",
        "xl/worksheets/sheet2.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>danh sách'
        "</t></is></c></row></sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>" + "".join(f"<si>{one}</si>" for one in shared) + "</sst>",
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": BOOK % {"since_1904": int(since_1904)},
        "xl/_rels/workbook.xml.rels": _relations({
            "rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("worksheet", "worksheets/sheet2.xml"),
            "rId3": ("styles", "styles.xml"), "rId4": ("sharedStrings", "sharedStrings.xml"),
        }),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "[Content_Types].xml": TYPES % "".join(
            f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            f'{kind}+xml"/>' for name, kind in KINDS.items()
        ),
    }  # fmt: skip
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return written.getvalue()


def by_xlsxwriter(rows: Sequence[Sequence[Any]], inline: bool) -> bytes:
    """The rows as xlsxwriter has them, and pandas by it; with `inline` strings, as programs write that stream."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"constant_memory": inline, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def _relations(said: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>' for name, (kind, target) in said.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
