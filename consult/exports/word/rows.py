"""The rows of the table in the Word file: merged cells, and headings where the form has blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.printed.placed import names_of, placed, shares_of
from consult.official_papers.word_parts import TEXT_WIDTH
from consult.official_papers.wordml import TABLE_END, Paragraph, Words, cell, paragraph, paragraphs, row, table_start

_STYLES = {"number": "CellCentre", "opinion": "CellJustified", "answer": "CellJustified"}


def widths_of(head: TableHead) -> list[int]:
    """The widths of the columns, which fill the page."""
    widths = [TEXT_WIDTH * share // 100 for share in shares_of(head)]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def header_row(head: TableHead) -> str:
    """The names of the columns, as the form prints them; repeated on every page."""
    named = zip(names_of(head), widths_of(head), strict=True)
    cells = [cell(paragraph([Words(name)], "CellHead"), width) for name, width in named]
    return row(cells, header=True)


MOST_MERGED = 25
"""Over so many rows one cell is merged at most: LibreOffice takes time that grows with the square of them."""
MOST_ROWS = 400
"""So many rows a table has at most, for the same reason; the next begins right below it with the same head."""


def rows(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[str]:
    """A row for each line; without any, a row that says so, and the same for every block of the form."""
    writer = _Writer(head, say)
    for one in placed(head, lines):
        if one.line is not None:
            yield writer.row(one.line, one.position)
        elif one.heading:
            yield _wide(head, one.heading, "CellHead")
            writer.before = None
        else:
            yield _wide(head, say("exports.no_opinion"), "CellCentre")


class _Writer:
    """Writes row after row, and knows of the one `before` what the next needs: not its texts."""

    def __init__(self, head: TableHead, say: Say) -> None:
        self.head, self.say = head, say
        self.before: TableLine | None = None
        self.merged = {"topic": 0, "answer": 0}
        self.rows = 0

    def row(self, line: TableLine, position: int) -> str:
        """One line, the `position`th of its block, in a further table where one is full.

        Cells that say the same as those of the line before are merged with them, over MOST_MERGED rows at most; then
        what they say is said again.
        """
        same = self._same(line)
        begun = self._further_table()
        cells = []
        for column, width in zip(self.head.columns, widths_of(self.head), strict=True):
            goes_on = same.get(column, False)
            if column in same:
                self.merged[column] = self.merged[column] + 1 if goes_on and self.merged[column] < MOST_MERGED else 1
            if goes_on and self.merged[column] > 1:
                cells.append(cell(paragraph([], "Cell"), width, "continue"))
                continue
            content = paragraphs(self._said(column, line, position, goes_on), _STYLES.get(column, "Cell"))
            cells.append(cell(content, width, "restart" if column in same else ""))
        self.before = replace(line, text="", proposed="", reason="", quote="", answer="", change="")
        return begun + row(cells)

    def _further_table(self) -> str:
        """The end of a table that is full and the beginning of the next, in which no merged cell goes on."""
        self.rows += 1
        if self.rows % MOST_ROWS != 1 or self.rows == 1:
            return ""
        self.merged = dict.fromkeys(self.merged, MOST_MERGED)
        between = paragraph([], properties='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
        return f"{TABLE_END}{between}{table_start(widths_of(self.head), bordered=True)}{header_row(self.head)}"

    def _same(self, line: TableLine) -> dict[str, bool]:
        before = self.before
        alike = before is not None and before.group == line.group
        answered = alike and before is not None and line.response == before.response is not None
        return {"topic": alike, "answer": answered}

    def _said(self, column: str, line: TableLine, position: int, again: bool) -> list[Paragraph]:
        if again:
            topic = column == "topic"
            return cell_texts.topic(line, self.say, again) if topic else cell_texts.same_answer(line, self.say)
        return cell_texts.cell(column, line, position, self.say)


def _wide(head: TableHead, words: str, style: str) -> str:
    widths = widths_of(head)
    return row([cell(paragraph([Words(words)], style), sum(widths), span=len(widths))])
