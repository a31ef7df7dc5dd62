"""The consolidated table as a Word file: XML written row by row into the package, never more than a row in memory.

The layout is that of Decree 30/2020/NĐ-CP, Annex I. Number, date and signature are left to the body that issues it.
Nothing in the file depends on when it was made: the same data gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.together.copies import Annex, merged
from consult.exports.word import letterhead
from consult.exports.word.rows import header_row, rows, widths_of
from consult.official_papers import word_parts
from consult.official_papers.package import beside, entry
from consult.official_papers.wordml import TABLE_END, table_start

CHUNK = 64 * 1024


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the Word file. `lines` are taken one by one, in the order of print."""
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in beside(head.heading, head.body, head.notice):
            package.writestr(entry(name), content)
        with package.open(entry("word/document.xml"), "w") as part:
            for chunk in _chunks(_document(head, lines, say)):
                part.write(chunk.encode())


def _document(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield letterhead.opening(head, say)
    yield table_start(widths_of(head), bordered=True)
    yield header_row(head)
    annex = Annex(say)
    yield from rows(head, annex.passing(merged(lines)), say)
    yield TABLE_END
    yield letterhead.closing(head, say)
    yield from annex.paragraphs()
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
