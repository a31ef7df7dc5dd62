"""Tables that only lay out the text of a document: a frame around it, or a row for each article.

Such a table has one column and holds articles or chapters, so it is read as the paragraphs in its cells. A table of
several columns stays one, whatever it holds: a draft beside the law in force is two texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from consult.outline.blocks import Block, Doubt, Paragraph, Table
from consult.outline.grammar.markers import is_citation, unit_at

_DIVIDING = frozenset({"article", "chapter"})
_FEWEST = 2
_DEEPEST = 20  # tables in tables
_LONGEST_HEAD = 400  # characters
_LAID_OUT = Doubt("layout_table", "a table of one column holds articles and is read as text, from here on")
_HEADING = Doubt("annex_head_in_table", "a table that holds the heading of an annex is read as text")
INSIDE = Doubt("articles_in_table", "articles stand in a table of several columns, which is kept as a table")


def without_layout(blocks: Iterable[Block], depth: int = 0) -> Iterator[Block]:
    """The same blocks, what stands in tables of one column as paragraphs of its own; a doubt says so.

    A table may hold all of a draft, or one article of it, where each has a frame of its own.
    """
    read = list(blocks)
    laid_out = _laid_out(read) if depth < _DEEPEST else frozenset()
    framed = 0
    for block in read:
        if isinstance(block, Table) and id(block) in laid_out:
            inside = without_layout((inner for row in block.rows for cell in row for inner in cell.blocks), depth + 1)
            if _heads_annex(block):
                yield from _told(inside, _HEADING)
                continue
            framed += not holds_articles(block)
            yield from inside if framed > 1 and not holds_articles(block) else _told(inside, _LAID_OUT)
        else:
            yield block


def _laid_out(blocks: Sequence[Block]) -> frozenset[int]:
    """By their identity, the tables of one column that lay out: those with several articles, and where several have
    one, or most words stand in such tables, all like them."""
    columns = [block for block in blocks if isinstance(block, Table) and _is_column(block)]
    beginning = [block for block in columns if any(_beginnings(block, 0))]
    heads = [block for block in blocks if isinstance(block, Table) and _heads_annex(block)]
    if len(beginning) < _FEWEST:
        return frozenset(id(block) for block in [*heads, *filter(holds_articles, beginning)])
    mostly = 2 * sum(map(_length, columns)) > sum(map(_length, blocks))
    return frozenset(id(block) for block in [*heads, *(columns if mostly else beginning)])


def _heads_annex(table: Table) -> bool:
    """Whether a small table holds nothing but the heading of an annex, perhaps beside the name of its author."""
    cells = [cell for row in table.rows for cell in row if cell.blocks]
    if len(table.rows) > _FEWEST or len(cells) > _FEWEST or _length(table) > _LONGEST_HEAD:
        return False
    firsts = [cell.blocks[0] for cell in cells]
    return any(_names_annex(first.text) for first in firsts if isinstance(first, Paragraph))


def _names_annex(text: str) -> bool:
    unit = unit_at(text)
    return unit is not None and unit.kind == "appendix" and text.upper() == text


def _length(block: Block) -> int:
    """How many characters a paragraph or table has, those of tables in tables left out."""
    if isinstance(block, Table):
        inside = [inner for row in block.rows for cell in row for inner in cell.blocks]
        return sum(_length(inner) for inner in inside if isinstance(inner, Paragraph))
    return len(block.text) if isinstance(block, Paragraph) else 0


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
