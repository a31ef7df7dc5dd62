"""A table too long for one sheet, cut between rows that no cell spans, its head said again over each part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from consult.text import folded

Row = list[dict[str, Any]]
Rows = list[Row]

CELL = 30
"""Bytes of mark-up around one cell."""

LARGEST_HEAD = 10
"""The first rows are a head when they weigh less than this part of a sheet."""

LONGEST_HEAD = 80
"""Characters of a cell in a head that is known by what follows it."""

SERIAL = frozenset({"stt", "tt", "so tt", "so thu tu"})
FIRST_NUMBER = re.compile(r"\(?(?:0?1|I|A)[.)]?")


@dataclass(frozen=True)
class Part:
    """Some rows of a table, and those of its head when they stood on an earlier part."""

    header: Rows
    rows: Rows


def parts_of(rows: Rows, budget: int) -> list[Part]:
    """`rows` as parts of about `budget` bytes, in order, at least one; no row is lost or torn."""
    blocks = list(_blocks(rows))
    head = blocks[0] if len(blocks) > 1 and weight_of_rows(blocks[0]) * LARGEST_HEAD < budget else []
    parts: list[Rows] = [[]]
    weight = 0
    for block in blocks:
        heavy = weight_of_rows(block)
        if parts[-1] and weight + heavy > budget:
            parts.append([])
            weight = weight_of_rows(head)
        parts[-1] = [*parts[-1], *block]
        weight += heavy
    return [Part(head if position else [], part) for position, part in enumerate(parts)]


def head_rows(rows: Rows) -> int:
    """How many first rows are plainly a head: they begin with a serial number's name, or what follows is numbered and
    every cell of them says something. 0 when that cannot be told."""
    blocks = list(islice(_blocks(rows), 2))
    if len(blocks) < 2 or len(blocks[0][0]) < 2:
        return 0
    words = [(cell.get("text") or "").strip() for cell in blocks[0][0]]
    counted = FIRST_NUMBER.fullmatch((blocks[1][0][0].get("text") or "").strip())
    plain = all(words) and all(len(one) <= LONGEST_HEAD and not one[0].isdigit() for one in words)
    return len(blocks[0]) if folded(words[0]) in SERIAL or (counted and plain) else 0


def weight_of_rows(rows: Sequence[Row]) -> int:
    """The estimated bytes of rows on a page."""
    return sum(weight_of_cell(cell) for row in rows for cell in row)


def weight_of_cell(cell: dict[str, Any]) -> int:
    """The estimated bytes of a cell, or of what stands in one, with everything below it."""
    own = CELL + 2 * sum(len(cell.get(part) or "") for part in ("marker", "heading", "text"))
    below = sum(weight_of_cell(child) for child in cell.get("children") or ())
    return own + below + weight_of_rows(cell.get("rows") or ())


def _blocks(rows: Rows) -> Iterator[Rows]:
    """Rows that must stay together, since a cell spans them."""
    block: Rows = []
    left = 0
    for row in rows:
        block.append(row)
        left = max([left - 1, *(int(cell.get("rowspan") or 1) - 1 for cell in row)])
        if left <= 0:
            yield block
            block, left = [], 0
    if block:
        yield block
