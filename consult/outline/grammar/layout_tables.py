"""Tables that only lay out the text of a document: a frame around it, or a row for each article.

Such a table has one column and holds articles or chapters, so it is read as the paragraphs in its cells. A table of
several columns stays one, whatever it holds: a draft beside the law in force is two texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consult.outline.blocks import Block, Doubt, Paragraph, Table
from consult.outline.grammar.markers import is_citation, unit_at

_DIVIDING = frozenset({"article", "chapter"})
_FEWEST = 2
_DEEPEST = 20  # tables in tables
_LAID_OUT = Doubt("layout_table", "a table of one column holds articles and is read as text, from here on")
INSIDE = Doubt("articles_in_table", "articles stand in a table of several columns, which is kept as a table")


def without_layout(blocks: Iterable[Block], depth: int = 0) -> Iterator[Block]:
    """The same blocks, what stands in tables of one column as paragraphs of its own; a doubt says so."""
    for block in blocks:
        if isinstance(block, Table) and depth < _DEEPEST and _is_column(block) and holds_articles(block):
            inside = [inner for row in block.rows for cell in row for inner in cell.blocks]
            yield from _told(without_layout(inside, depth + 1), _LAID_OUT)
        else:
            yield block


def _is_column(table: Table) -> bool:
    """Whether no row has two cells with anything in them."""
    return all(sum(bool(cell.blocks) for cell in row) <= 1 for row in table.rows)


def holds_articles(table: Table) -> bool:
    """Whether at least two articles or chapters begin in the cells, those of tables inside included."""
    return sum(_beginnings(table, 0)) >= _FEWEST


def _beginnings(table: Table, depth: int) -> Iterator[bool]:
    for row in table.rows:
        for cell in row:
            for block in cell.blocks:
                if isinstance(block, Table):
                    yield from _beginnings(block, depth + 1) if depth < _DEEPEST else ()
                elif isinstance(block, Paragraph):
                    yield from (_begins(line.strip(), block.marker or "") for line in block.text.split("\n"))


def _begins(text: str, marker: str) -> bool:
    """Whether a line begins an article or a chapter; a number supplied by Word stands before its first words."""
    unit = unit_at(f"{marker} {text}".strip())
    if unit is None or unit.kind not in _DIVIDING or not unit.dotted:
        return False
    return not is_citation(f"{marker} {text}".strip()[unit.end :])


def _told(blocks: Iterable[Block], doubt: Doubt) -> Iterator[Block]:
    """The blocks, the first paragraph among them with a doubt."""
    told = False
    for block in blocks:
        if not told and isinstance(block, Paragraph):
            block, told = replace(block, doubts=(doubt, *block.doubts)), True
        yield block
