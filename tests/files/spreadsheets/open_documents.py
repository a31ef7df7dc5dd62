"""Spreadsheets as LibreOffice Calc saves them unless it is told otherwise (.ods): rows as the XML of their cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "meta")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
STYLES = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
LAST = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
"""What stands below the last row: a million empty ones, said once."""


def cell(said: str, **more: str) -> str:
    """A cell with words; `more` are attributes of it ("rows_spanned")."""
    told = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in more.items())
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in said.split("\n")) if said else ""
    return f'<table:table-cell office:value-type="string"{told}>{lines}</table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    """A row of cells, so many times."""
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def sheet(*rows: str, name: str = "Một", style: str = "ta1") -> str:
    """A sheet of rows, with the empty million below."""
    return (
        f'<table:table table:name="{name}" table:style-name="{style}"><table:table-column '
        f'table:number-columns-repeated="16384"/>{"".join(rows)}{LAST}</table:table-row></table:table>'
    )


def ods(*sheets: str, beside: str = "", told: Mapping[str, str] | None = None, doctype: str = "") -> bytes:
    """A file of sheets; `beside` is further XML behind them, `told` what it says of itself."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_NAMES}><office:automatic-styles>'
        f"{STYLES}</office:automatic-styles><office:body><office:spreadsheet>{''.join(sheets)}{beside}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    properties = "".join(
        f'<meta:user-defined meta:name="{name}">{escape(value)}</meta:user-defined>'
        for name, value in (told or {}).items()
    )
    about = f"<office:document-meta {_NAMES}><office:meta>{properties}</office:meta></office:document-meta>"
    return packed({"mimetype": KIND, "content.xml": content, "meta.xml": about})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The package of such a file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, content, compress_type=stored)
    return written.getvalue()


def as_ods(workbook: bytes, property_name: str) -> bytes:
    """A workbook as Calc saves it in its own format: cells, merged cells, and what the file says of itself."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    told = {one.name: str(one.value) for one in book.custom_doc_props.props if one.name == property_name}
    return ods(*(_of_workbook(one) for one in book.worksheets), told=told)


def _of_workbook(given: Any) -> str:
    spans = {(one.min_row, one.min_col): one for one in given.merged_cells.ranges}
    rows: Sequence[Any] = list(given.iter_rows())
    style = "ta1" if given.sheet_state == "visible" else "ta2"
    return sheet(*(row(*(_cell(one, spans) for one in each)) for each in rows), name=given.title, style=style)


def _cell(one: Any, spans: Mapping[tuple[int, int], Any]) -> str:
    if type(one).__name__ == "MergedCell":
        return "<table:covered-table-cell/>"
    span = spans.get((one.row, one.column))
    more = {"rows_spanned": str(span.size["rows"]), "columns_spanned": str(span.size["columns"])} if span else {}
    return cell("" if one.value is None else str(one.value), **more)
