"""The consolidated table of a matter: as files, and as pages of the site. Everything is read from the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports.cell_texts import Say
from consult.exports.heading import head
from consult.exports.lines import TableHead, TableLine
from consult.exports.open_data import files
from consult.exports.page_file import Cut
from consult.exports.plain import table_csv, table_json
from consult.exports.printed import data_files, table_pdf, workbook
from consult.exports.rows import order as row_order
from consult.exports.rows import reader as row_reader
from consult.exports.rows.order import OrderedComment
from consult.exports.word import document as docx

PAGES = "pages"
"""The name of what is kept of the table's pages, beside its files."""
PAGE_WEIGHT = 26_000
"""How many letters of opinions and answers a page holds: about 20 kB on the wire with everything around them."""
ROW_WEIGHT = 350
"""What a row weighs beside its texts: names, labels, links."""


class Format(StrEnum):
    """The files that the table is given as: every comment with codes, the same in words, and the printed form. A PDF
    there is up to so many rows (`table_pdf.MOST_ROWS`)."""

    DOCX = "docx"
    CSV = "csv"
    JSON = "json"
    ROWS_CSV = "vi.csv"
    ROWS_JSON = "vi.json"
    ROWS_XLSX = "xlsx"
    XLSX = "mau.xlsx"
    PDF = "pdf"
    PRINTED_CSV = "mau.csv"
    PRINTED_JSON = "mau.json"


Write = Callable[[IO[bytes], TableHead, Iterable[TableLine], Say], None]

IN_WORDS: dict[Format, Write] = {
    Format.ROWS_CSV: files.write_csv,
    Format.ROWS_JSON: files.write_json,
    Format.ROWS_XLSX: files.write_xlsx,
}
PRINTED: dict[Format, Write] = {
    Format.DOCX: docx.write, Format.XLSX: workbook.write, Format.PDF: table_pdf.write,
    Format.PRINTED_CSV: data_files.write_csv, Format.PRINTED_JSON: data_files.write_json,
}  # fmt: skip
"""The printed form, whatever file it is: the same rows in the same columns."""
EVERY_COMMENT = tuple(each for each in Format if each not in PRINTED)
"""The files with a row for each comment."""


@dataclass(frozen=True)
class TablePage:
    """One page of the table: page `number` of `count`, with its lines."""

    head: TableHead
    number: int
    count: int
    lines: list[TableLine]


def write(
    file: IO[bytes],
    session: Session,
    consultation: Consultation,
    wanted: Format,
    now: datetime,
    say: Say,
    notice: str = "",
) -> None:
    """Writes the table as one file. `say` speaks Vietnamese, the language of the document. Memory does not grow with
    texts, but for a PDF. Raises table_pdf.TooLong, when nothing is written."""
    above, lines = read(session, consultation, wanted in PRINTED, now, say, notice)
    write_read(file, above, lines, wanted, say)


def read(
    session: Session, consultation: Consultation, in_print: bool, now: datetime, say: Say, notice: str = ""
) -> tuple[TableHead, Iterator[TableLine]]:
    """The head of the table and its lines, which are read as they are taken: those of the printed form, or (not
    `in_print`) one for every comment received."""
    above = head(session, consultation, now, notice)
    if in_print:
        # What is not in the printed table is let go before its texts are read.
        entries = _printed(session, consultation, above, row_order.everything(session, consultation))
        return above, row_reader.lines(session, consultation, entries, say)
    everything = row_order.everything(session, consultation)
    return above, row_reader.lines(session, consultation, everything, say, everything)


def write_read(file: IO[bytes], above: TableHead, lines: Iterable[TableLine], wanted: Format, say: Say) -> None:
    """Writes what was read for such a format. Raises table_pdf.TooLong, when nothing is written."""
    if wanted in PRINTED or wanted in IN_WORDS:
        (PRINTED | IN_WORDS)[wanted](file, above, lines, say)
        return
    (table_json if wanted is Format.JSON else table_csv).write(file, above, lines)


def pages(
    session: Session, consultation: Consultation, now: datetime
) -> tuple[TableHead, list[Sequence[OrderedComment]]]:
    """The head of the printed table, and its comments cut into pages."""
    above, entries = printed(session, consultation, now)
    return above, cut(row_order.weighed(session, consultation, entries))


def sheet(session: Session, consultation: Consultation, of: Cut, say: Say) -> TablePage:
    """A page of the printed table: the order is that of the cut, what is said of each comment that of now."""
    entries = row_order.again(session, consultation, of.places, blocks=bool(of.head.blocks))
    return TablePage(of.head, of.number, of.count, list(row_reader.lines(session, consultation, entries, say)))


def cut(entries: Iterable[OrderedComment]) -> list[Sequence[OrderedComment]]:
    """The entries as pages of at most PAGE_WEIGHT; one that is heavier stands alone. There is always a page."""
    pages: list[list[OrderedComment]] = [[]]
    weight = 0
    for entry in entries:
        own = entry.weight + ROW_WEIGHT
        if pages[-1] and weight + own > PAGE_WEIGHT:
            pages.append([])
            weight = 0
        pages[-1].append(entry)
        weight += own
    return list(pages)


def printed(session: Session, consultation: Consultation, now: datetime) -> tuple[TableHead, Sequence[OrderedComment]]:
    """The head of the printed table, and its comments in order."""
    above = head(session, consultation, now)
    return above, _printed(session, consultation, above, row_order.everything(session, consultation))


def _printed(
    session: Session, consultation: Consultation, above: TableHead, everything: Sequence[OrderedComment]
) -> Sequence[OrderedComment]:
    blocks = [code for code, _words in above.blocks]
    clauses = row_order.clauses_of(session, consultation, everything)
    return row_order.printed(everything, clauses, blocks, consultation.concluded_at is not None)
