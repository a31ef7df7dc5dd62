"""The consolidated table as a Word file: XML written row by row into the package, never more than a row in memory.

The layout is that of Decree 30/2020/NĐ-CP, Annex I. Number, date and signature are left to the body that issues it.
Nothing in the file depends on when it was made: the same data gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.word import letterhead
from consult.exports.word import parts as word_parts
from consult.exports.word.rows import header_row, rows, widths_of
from consult.exports.word.wordml import TABLE_END, table_start

CHUNK = 64 * 1024
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the Word file. `lines` are taken one by one, in the order of print."""
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in beside(head.heading, head.body, head.notice):
            package.writestr(entry(name), content)
        with package.open(entry("word/document.xml"), "w") as part:
            for chunk in _chunks(_document(head, lines, say)):
                part.write(chunk.encode())


def beside(title: str, body: str, notice: str) -> list[tuple[str, str]]:
    """Every part of a Word file but its text, by name."""
    return [
        ("[Content_Types].xml", word_parts.CONTENT_TYPES),
        ("_rels/.rels", word_parts.RELATIONSHIPS),
        ("docProps/core.xml", word_parts.core(title, body)),
        ("word/_rels/document.xml.rels", word_parts.DOCUMENT_RELATIONSHIPS),
        ("word/styles.xml", word_parts.STYLES),
        ("word/settings.xml", word_parts.SETTINGS),
        ("word/header1.xml", word_parts.header(numbered=False, notice=notice)),
        ("word/header2.xml", word_parts.header(numbered=True, notice=notice)),
    ]


def entry(name: str) -> ZipInfo:
    """A part of the package, as old as every other."""
    part = ZipInfo(name, LONG_AGO)
    part.compress_type = ZIP_DEFLATED
    return part


def _document(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield letterhead.opening(head, say)
    yield table_start(widths_of(head), bordered=True)
    yield header_row(head)
    yield from rows(head, lines, say)
    yield TABLE_END
    yield letterhead.closing(head, say)
    yield word_parts.document_end()


def _chunks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in fewer, larger pieces: each costs a turn of the compressor."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
