"""Word's tables: cells merged over columns (`w:gridSpan`, `w:hMerge`) and over rows (`w:vMerge`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from consult.outline.blocks import Block, Cell, Table
from consult.outline.docx.wordml import W, number, structural

WIDEST = 200  # columns; Word allows 63


@dataclass(slots=True)
class _Cell:
    """A cell while its rows and columns are still being counted."""

    blocks: list[Block]
    colspan: int
    rowspan: int = 1


def read_table(
    element: etree._Element, read_blocks: Callable[[etree._Element], list[Block]], tracked: Callable[[], None]
) -> Table:
    """Read `w:tbl`; `read_blocks` reads the inside of a cell, `tracked` is told of tracked rows and cells."""
    rows: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}
    for row in structural(element, "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "ins") is not None:
            tracked()
        if properties is not None and properties.find(W + "del") is not None:
            tracked()
            continue
        cells, above = _read_row(row, above, read_blocks, tracked)
        rows.append(cells)
    return Table(tuple(tuple(Cell(tuple(cell.blocks), cell.colspan, cell.rowspan) for cell in cells) for cells in rows))


def _read_row(
    row: etree._Element,
    above: dict[int, _Cell],
    read_blocks: Callable[[etree._Element], list[Block]],
    tracked: Callable[[], None],
) -> tuple[list[_Cell], dict[int, _Cell]]:
    """The cells that begin in this row, and, by column, the cells that a row below may continue."""
    cells: list[_Cell] = []
    open_below: dict[int, _Cell] = {}
    column = _width(number(row.find(W + "trPr"), "gridBefore"), least=0)
    if column:
        cells.append(_Cell([], column))
    for element in structural(row, "tc"):
        properties = element.find(W + "tcPr")
        if properties is not None and properties.find(W + "cellDel") is not None:
            tracked()
            continue
        blocks = read_blocks(element)
        width = _width(number(properties, "gridSpan"), least=1)
        upper = above.get(column)
        if _merge(properties, "hMerge") == "continue" and cells:
            cells[-1].blocks += blocks
            cells[-1].colspan = min(cells[-1].colspan + width, WIDEST)
        elif _merge(properties, "vMerge") == "continue" and upper is not None and upper.colspan == width:
            upper.blocks += blocks
            upper.rowspan += 1
            open_below[column] = upper
        else:
            cells.append(_Cell(blocks, width))
            if _merge(properties, "vMerge") is not None:
                open_below[column] = cells[-1]
        column += width
    return cells, open_below


def _width(columns: int | None, least: int) -> int:
    return min(max(columns or least, least), WIDEST)


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """ "restart", "continue" (also when Word leaves the value out), or None when the cell is not merged."""
    merge = None if properties is None else properties.find(W + name)
    return None if merge is None else str(merge.get(W + "val", "continue"))
