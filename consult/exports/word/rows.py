"""The rows of the table in the Word file: merged cells, and headings where the form has blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consult.exports import cell_texts
from consult.exports.cell_texts import Say, Words
from consult.exports.lines import TableHead, TableLine
from consult.exports.word.parts import TEXT_WIDTH
from consult.exports.word.wordml import cell, paragraph, paragraphs, row

SHARES = {
    "mau_10": {"topic": 19, "contributor": 17, "opinion": 33, "answer": 31},
    cell_texts.EIA_FORM: {"number": 6, "opinion": 38, "answer": 35, "contributor": 21},
}
"""How wide the columns of each form are, in hundredths of the page."""
_STYLES = {"number": "CellCentre", "opinion": "CellJustified", "answer": "CellJustified"}


def widths_of(head: TableHead) -> list[int]:
    """The widths of the columns, which fill the page."""
    shares = SHARES[head.form]
    widths = [TEXT_WIDTH * shares[column] // 100 for column in head.columns]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def header_row(head: TableHead) -> str:
    """The names of the columns, as the form prints them; repeated on every page."""
    plain = head.form == cell_texts.EIA_FORM
    names = [head.headings[column] if plain else head.headings[column].upper() for column in head.columns]
    widths = widths_of(head)
    cells = [cell(paragraph([Words(name)], "CellHead"), width) for name, width in zip(names, widths, strict=True)]
    return row(cells, header=True)


def rows(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[str]:
    """A row for each line; without any, a row that says so, and the same for every block of the form."""
    if head.blocks:
        yield from _blocks(head, lines, say)
        return
    before: TableLine | None = None
    for line in lines:
        yield _row(head, line, 0, before, say)
        before = _slim(line)
    if before is None:
        yield _wide(head, say("exports.no_opinion"), "CellCentre")


def _blocks(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[str]:
    waiting = list(head.blocks)
    position, before = 0, None
    for line in lines:
        while waiting and (before is None or before.block != line.block):
            code, words = waiting.pop(0)
            yield _wide(head, words, "CellHead")
            position, before = 0, None
            if code == line.block:
                break
            yield _wide(head, say("exports.no_opinion"), "CellCentre")
        position += 1
        yield _row(head, line, position, before, say)
        before = _slim(line)
    for _code, words in waiting:
        yield _wide(head, words, "CellHead")
        yield _wide(head, say("exports.no_opinion"), "CellCentre")


def _row(head: TableHead, line: TableLine, position: int, before: TableLine | None, say: Say) -> str:
    """One line; cells that say the same as those of the line `before` are merged with them."""
    goes_on = {
        "topic": before is not None and before.group == line.group,
        "answer": before is not None and before.group == line.group and line.response == before.response is not None,
    }
    made = []
    for column, width in zip(head.columns, widths_of(head), strict=True):
        if goes_on.get(column):
            made.append(cell(paragraph([], "Cell"), width, "continue"))
            continue
        content = paragraphs(cell_texts.cell(column, line, position, say), _STYLES.get(column, "Cell"))
        made.append(cell(content, width, "restart" if column in goes_on else ""))
    return row(made)


def _slim(line: TableLine) -> TableLine:
    """What the next row needs to know of this one, without its texts."""
    return replace(line, text="", proposed="", reason="", quote="", answer="", change="")


def _wide(head: TableHead, words: str, style: str) -> str:
    widths = widths_of(head)
    return row([cell(paragraph([Words(words)], style), sum(widths), span=len(widths))])
