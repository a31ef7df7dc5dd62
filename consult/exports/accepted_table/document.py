"""The accepted wordings as a Word file in four columns, in the order of the draft; written row by row.

The layout is that of Decree 30/2020/NĐ-CP, Annex I, as for the comparison of drafts. The law fixes no form of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.errors import listed
from consult.exports.cell_texts import Say
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
from consult.responses.redlines.accepted import Accepted, AcceptedWording
from consult.responses.redlines.clauses import Clauses
from consult.submissions.anchors import label_of
from consult.submissions.receiving import clause_wording

NARROW, WIDE = TEXT_WIDTH * 14 // 100, TEXT_WIDTH * 30 // 100
WIDTHS = (NARROW, WIDE, WIDE, TEXT_WIDTH - NARROW - 2 * WIDE)
COLUMNS = ("place", "draft", "wording", "comments")
MOST_NAMED = 20
"""Comments that are named behind one wording; of others only how many there are."""


@dataclass(frozen=True)
class AcceptedTable:
    """What the file is made of: the head of the matter's papers, the wordings, and the clauses of the newest draft."""

    head: TableHead
    found: Accepted
    clauses: Clauses


def write(file: IO[bytes], about: AcceptedTable, say: Say) -> None:
    """Writes the Word file."""
    heading = say("accepted_table.heading", number=about.found.revision.number)
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in beside(heading, about.head.body, about.head.notice):
            package.writestr(entry(name), content)
        with package.open(entry("word/document.xml"), "w") as part:
            for piece in _document(about, heading, say):
                part.write(piece.encode())


def _document(about: AcceptedTable, heading: str, say: Say) -> Iterator[str]:
    yield word_parts.DOCUMENT_START
    yield letterhead.names(about.head, say)
    yield paragraph([Words(heading.upper())], "Heading", '<w:spacing w:before="120" w:after="0"/>')
    yield paragraph([Words(about.head.title)], "Heading", '<w:spacing w:before="0" w:after="240"/>')
    yield paragraph([Words(say("accepted_table.reading"), "italic")], "Body", "<w:keepNext/>")
    yield _begin(say)
    yield from _rows(about, say)
    yield TABLE_END
    if about.found.unworded:
        named = say("accepted_table.unworded", numbers=listed(about.found.unworded))
        yield paragraph([Words(named)], "Body", '<w:spacing w:before="120" w:after="0"/>')
    yield letterhead.closing(about.head, say)
    yield word_parts.document_end()


def _rows(about: AcceptedTable, say: Say) -> Iterator[str]:
    ordered = sorted(about.found.wordings, key=lambda one: (about.clauses.rank(one.path), one.numbers))
    for place, one in enumerate(ordered):
        if place and not place % MOST_ROWS:
            between = paragraph([], properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
            yield f"{TABLE_END}{between}{_begin(say)}"
        yield _row(one, about.clauses, say)
    if not ordered:
        nothing = paragraph([Words(say("accepted_table.nothing"))], "CellCentre")
        yield row([cell(nothing, sum(WIDTHS), span=len(WIDTHS))])


def _begin(say: Say) -> str:
    names = [say(f"accepted_table.{column}") for column in COLUMNS]
    cells = [
        cell(paragraph([Words(name.upper())], "CellHead"), width) for name, width in zip(names, WIDTHS, strict=True)
    ]
    return table_start(WIDTHS, bordered=True) + row(cells, header=True)


def _row(one: AcceptedWording, clauses: Clauses, say: Say) -> str:
    label = label_of(one.comment, say)
    before, after = _sides(one, clauses)
    said = (
        paragraphs([[Words(f"{label[:1].upper()}{label[1:]}", "bold")]], "Cell"),
        paragraphs(before or [[Words(say("accepted_table.no_clause"), "italic")]], "CellJustified"),
        paragraphs(after, "CellJustified"),
        paragraphs(_explained(one, clauses, say), "CellJustified"),
    )
    return row([cell(content, width) for content, width in zip(said, WIDTHS, strict=True)])


def _sides(one: AcceptedWording, clauses: Clauses) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """What the draft says (of a page, the words that were quoted) and what was accepted; what only one of them has is
    bold."""
    words = clause_wording.without_number(clauses.words(one.path)) if one.path else one.comment.quote
    pieces = clauses.redline(one) if one.path else ()
    if not pieces:
        return [[Words(words)]] if words else [], [[Words(one.proposed)]]
    before = [Words(piece.text, "" if piece.op == "same" else "bold") for piece in pieces if piece.op != "added"]
    after = [Words(piece.text, "" if piece.op == "same" else "bold") for piece in pieces if piece.op != "removed"]
    return [before], [after]


def _explained(one: AcceptedWording, clauses: Clauses, say: Say) -> Iterator[Paragraph]:
    """Whose wording it is, the answer, and why it cannot simply be put in, where that is so."""
    shown = one.comment
    name = shown.organisation or shown.sender or shown.area
    numbers = say("accepted_table.numbers", numbers=listed(one.numbers[:MOST_NAMED]))
    yield [Words(f"{numbers} {name}".strip(), "bold")]
    if len(one.numbers) > MOST_NAMED:
        yield [Words(say("compared.more", count=len(one.numbers) - MOST_NAMED))]
    if one.version is not None:
        words = f" {one.version.text}" if one.version.text else ""
        yield [Words(f"{say(f'disposition.{one.version.disposition}')}.{words}")]
    code = one.code or clauses.why_not(one)
    if code and shown.page is None:
        yield [Words(say(f"redline.left.{code}"), "italic")]
