"""Tables of the file as table nodes."""

from __future__ import annotations

from consult.outline.blocks import Cell, Paragraph, Picture, Table
from consult.outline.tree import Node, TableCell


def table_node(table: Table) -> Node:
    """A table with its rows; a nested table is a child of its cell, and so is what stands after it in that cell."""
    return Node("table", rows=[[_cell(cell) for cell in row] for row in table.rows])


def picture_node(picture: Picture) -> Node:
    """A picture with the words that stand for it."""
    return Node("picture", text=picture.alt, picture={"part": picture.part})


def table_text(table: Table) -> str:
    """The text of all cells, one line for each paragraph."""
    return "\n".join(text for row in table.rows for cell in row for text in _texts(cell) if text)


def _texts(cell: Cell) -> list[str]:
    return [table_text(block) if isinstance(block, Table) else _full_text(block) for block in cell.blocks]


def _full_text(block: Paragraph | Picture) -> str:
    if isinstance(block, Picture):
        return block.alt
    return f"{(block.marker or '').strip()} {block.text}".strip()


def _cell(cell: Cell) -> TableCell:
    made = TableCell(colspan=cell.colspan, rowspan=cell.rowspan)
    for block in cell.blocks:
        if isinstance(block, Table):
            made.children.append(table_node(block))
            continue
        if isinstance(block, Picture):
            made.children.append(picture_node(block))
            continue
        text = _full_text(block)
        if text and made.children:
            made.children.append(Node("paragraph", text=text))
        elif text:
            made.text = f"{made.text}\n{text}" if made.text else text
        made.children.extend(Node("footnote", text=note.strip()) for note in block.footnotes)
    return made
