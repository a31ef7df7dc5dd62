"""The comparison of two drafts as a Word file in three columns: before, after, and why; written row by row.

The layout is that of Decree 30/2020/NĐ-CP, Annex I, as for the consolidated table. The law fixes no form of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.comparison import Piece
from consult.exports.cell_texts import Say
from consult.exports.comparison_table.changed_rows import ChangedRow
from consult.exports.lines import TableHead
from consult.exports.word import letterhead
from consult.exports.word.rows import MOST_ROWS
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
from consult.outline.citations import label
from consult.submissions.comments.public_view import PublicComment

WIDTHS = (TEXT_WIDTH * 37 // 100, TEXT_WIDTH * 37 // 100, TEXT_WIDTH - 2 * (TEXT_WIDTH * 37 // 100))


@dataclass(frozen=True)
class Compared:
    """What is compared: the head of the matter's papers, and the numbers of both drafts."""

    head: TableHead
    older: int
    newer: int


def write(file: IO[bytes], about: Compared, rows: Iterable[ChangedRow], say: Say) -> None:
    """Writes the Word file; `rows` are taken one by one."""
    heading = say("compared.heading", older=about.older, newer=about.newer)
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in beside(heading, about.head.body, about.head.notice):
            package.writestr(entry(name), content)
        with package.open(entry("word/document.xml"), "w") as part:
            for piece in _document(about, heading, rows, say):
                part.write(piece.encode())


def _document(about: Compared, heading: str, rows: Iterable[ChangedRow], say: Say) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield letterhead.names(about.head, say)
    yield paragraph([Words(heading.upper())], "Heading", '<w:spacing w:before="120" w:after="0"/>')
    yield paragraph([Words(about.head.title)], "Heading", '<w:spacing w:before="0" w:after="240"/>')
    yield paragraph([Words(say("compared.reading"), "italic")], "Body", "<w:keepNext/>")
    yield _begin(about, say)
    number = 0
    for number, one in enumerate(rows, 1):
        if number > 1 and number % MOST_ROWS == 1:
            between = paragraph([], properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
            yield f"{TABLE_END}{between}{_begin(about, say)}"
        yield _row(one, say)
    if not number:
        nothing = paragraph([Words(say("compared.nothing"))], "CellCentre")
        yield row([cell(nothing, sum(WIDTHS), span=len(WIDTHS))])
    yield TABLE_END
    yield letterhead.closing(about.head, say)
    yield word_parts.document_end()


def _begin(about: Compared, say: Say) -> str:
    names = (
        say("compared.before", number=about.older),
        say("compared.after", number=about.newer),
        say("compared.explanation"),
    )
    cells = [
        cell(paragraph([Words(name.upper())], "CellHead"), width) for name, width in zip(names, WIDTHS, strict=True)
    ]
    return table_start(WIDTHS, bordered=True) + row(cells, header=True)


def _row(one: ChangedRow, say: Say) -> str:
    said = (
        paragraphs(_side(one.olds, one.before, "compared.not_there_yet", say), "CellJustified"),
        paragraphs(_side(one.news, one.after, "compared.gone", say), "CellJustified"),
        paragraphs(_explained(one, say), "CellJustified"),
    )
    return row([cell(content, width) for content, width in zip(said, WIDTHS, strict=True)])


def _side(paths: Sequence[str], pieces: Sequence[Piece], nothing: str, say: Say) -> list[Paragraph]:
    """One draft's words under the name of the place; what the other draft has not is bold."""
    if not paths:
        return [[Words(say(nothing), "italic")]]
    places = "; ".join(label(path, say) for path in paths)
    words = [Words(piece.text, "" if piece.op == "same" else "bold") for piece in pieces]
    return [[Words(f"{places[:1].upper()}{places[1:]}", "both")], words]


def _explained(one: ChangedRow, say: Say) -> Iterator[Paragraph]:
    """What kind of change it is, and what led to it."""
    kind = say(f"match.{one.kind}")
    yield [Words(f"{kind[:1].upper()}{kind[1:]}.", "bold")]
    for comment, answer in one.comments:
        yield [Words(_contributor(comment, say), "italic")]
        if answer is not None:
            words = f" {answer.text}" if answer.text else ""
            yield [Words(f"{say(f'disposition.{answer.disposition}')}.{words}")]
    if one.more:
        yield [Words(say("compared.more", count=one.more))]
    if one.source is not None:
        note = f": {one.source.note}" if one.source.note else ""
        yield [Words(f"{say(f'change_source.{one.source.source}')}{note}")]
    elif one.unasked:
        yield [Words(say("compared.no_source"), "italic")]


def _contributor(comment: PublicComment, say: Say) -> str:
    name = comment.organisation or comment.sender or comment.area
    number = say("exports.number", number=comment.number)
    return f"{number} {name}".strip() if name else number
