"""The table of answers as a Word file: the columns of the form, a narrow one before them for the code, and no merged
cell, so that its rows can be sorted, deleted and moved."""

from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.exports.answer_table import taken_out
from consult.exports.answer_table.lines import OutLine
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead
from consult.official_papers import word_parts
from consult.official_papers.package import beside, entry
from consult.official_papers.word_parts import TEXT_WIDTH
from consult.official_papers.wordml import (
    TABLE_END,
    Paragraph,
    Words,
    cell,
    paragraph,
    paragraphs,
    row,
    table_start,
)
from consult.responses.answer_tables.columns import title
from consult.responses.answer_tables.words import ANSWER, CODE, CONTRIBUTOR, OPINION, TOPIC

SHARES = {CODE: 8, TOPIC: 16, CONTRIBUTOR: 15, OPINION: 30, ANSWER: 31}
"""How wide the columns are, in hundredths of the page."""
SMALL = 14
"""7 points, in half points, for the code."""


def write(file: IO[bytes], head: TableHead, lines: Iterable[OutLine], say: Say) -> None:
    """Writes the file, a row at a time."""
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        met: list[OutLine] = []
        with package.open(entry("word/document.xml"), "w") as part:
            for piece in _document(head, lines, say, met):
                part.write(piece.encode())
        told = taken_out.names(line.code for line in met)
        for name, content in beside(head.heading, head.body, head.notice):
            package.writestr(entry(name), _with_property(name, content))
        package.writestr(entry(taken_out.PART), taken_out.custom_properties(told))


def _with_property(name: str, content: str) -> str:
    """A part of the package that names the further one."""
    if name == "[Content_Types].xml":
        override = f'<Override PartName="/{taken_out.PART}" ContentType="{taken_out.MEDIA_TYPE}"/></Types>'
        return content.replace("</Types>", override)
    if name == "_rels/.rels":
        link = f'<Relationship Id="rId9" Type="{taken_out.RELATED}" Target="{taken_out.PART}"/></Relationships>'
        return content.replace("</Relationships>", link)
    return content


def _document(head: TableHead, lines: Iterable[OutLine], say: Say, met: list[OutLine]) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield paragraph([Words(head.heading.upper(), "bold")], "Heading")
    yield from (
        paragraph([Words(say(f"exports.answer_table.{code}"), "italic")], "Cell") for code in ("how", "how_code")
    )
    yield table_start(_widths(), bordered=True)
    names = [title(column) for column in SHARES]
    yield row([_head(name, width) for name, width in zip(names, _widths(), strict=True)], header=True)
    for line in lines:
        met.append(line)
        yield _row(line, say)
    yield TABLE_END
    yield paragraph([], "Cell")
    yield word_parts.document_end()


def _widths() -> list[int]:
    widths = [TEXT_WIDTH * share // 100 for share in SHARES.values()]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _head(name: str, width: int) -> str:
    return cell(paragraph([Words(name.upper())], "CellHead"), width)


def _row(line: OutLine, say: Say) -> str:
    said = {TOPIC: line.topic, CONTRIBUTOR: line.contributor, OPINION: line.opinion, ANSWER: _answer(line, say)}
    code = paragraph([Words(line.written)], "Cell", size=SMALL)
    cells = [code, *(paragraphs(said[column], "Cell") for column in SHARES if column != CODE)]
    return row([cell(content, width) for content, width in zip(cells, _widths(), strict=True)])


def _answer(line: OutLine, say: Say) -> list[Paragraph]:
    result: list[Paragraph] = []
    if line.disposition:
        result = [[Words(f"{say(f'disposition.{line.disposition}')}.", "bold")]]
    return [*result, *([Words(text)] for text in line.answer.split("\n") if text.strip())]
