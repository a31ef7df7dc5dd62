"""The printed table as CSV and JSON: the same rows in the columns of its form, and the same words in each cell, as the
Word file, the workbook and the PDF have them. What a program counts by stands in the files with codes (`plain/`).

A CSV has no page to be marked: every row says what file it is. Opinions in the very same words are one row here too.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Any

from consult import clock
from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.plain.table_csv import neutral
from consult.exports.printed.placed import Cells, placed, words_of
from consult.exports.together.copies import merged, named

BESIDE = ("comment", "others", "counted_at", "notice")
"""What a row of the CSV says beside the columns of the form: codes of `exports.data_column_…`."""


@dataclass(frozen=True)
class DataRow:
    """One row: the `block` of the form that it stands in, the `number` of its comment, its `cells` in the order of the
    columns, and the `others` who sent the very same. A block in which nothing came has a row without a number."""

    block: str
    number: int | None
    cells: tuple[str, ...]
    others: str = ""


def rows(head: TableHead, lines: Iterable[TableLine], say: Say) -> Iterator[DataRow]:
    """The rows of the printed table, lines taken one by one."""
    cells, block = Cells(head, say), ""
    for one in placed(head, merged(lines)):
        if one.heading:
            block = one.heading
        elif one.line is None:
            yield DataRow(block, None, (say("exports.no_opinion"), *[""] * (len(head.columns) - 1)))
        else:
            said = tuple(words_of(cell) for cell in cells.of(one))
            yield DataRow(block, one.line.number, said, named(one.line, say))


def write_csv(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the CSV; `lines` are taken one by one, in the order of print."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    names = [say(f"exports.data_column_{code}") for code in BESIDE]
    block = [say("exports.data_column_block")] if head.blocks else []
    writer.writerow([*block, names[0], *_names(head), *names[1:]])
    marks = (_counted_at(head), head.notice)
    for one in rows(head, lines, say):
        number = "" if one.number is None else str(one.number)
        begun = [one.block] if head.blocks else []
        writer.writerow([neutral(said) for said in (*begun, number, *one.cells, one.others, *marks)])
    text.flush()
    text.detach()


def write_json(file: IO[bytes], head: TableHead, lines: Iterable[TableLine], say: Say) -> None:
    """Writes the JSON; `lines` are taken one by one, in the order of print. Texts stand in it as they are."""
    told = _above(head, say)
    file.write(_text(told).removesuffix("}").encode() + b', "rows": [')
    for index, one in enumerate(rows(head, lines, say)):
        file.write((b",\n" if index else b"\n") + _text(_row(head, one)).encode())
    file.write(b"\n]}\n")


def _above(head: TableHead, say: Say) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(head, name) for name in ("slug", "title", "body", "heading", "intro")}
    return {
        **told,
        "notice": head.notice or None,
        "counted_at": _counted_at(head),
        "counts": cell_texts.counts(head, say),
        "breakdown": cell_texts.breakdown(head, say) or None,
        "silent": list(head.silent),
        "taken_up": list(head.taken_up),
        "majority": cell_texts.majority(head, say),
        "columns": [
            {"code": code, "name": name} for code, name in zip(head.columns, _names(head), strict=True)
        ],
    }  # fmt: skip


def _row(head: TableHead, one: DataRow) -> dict[str, Any]:
    said = dict(zip(head.columns, one.cells, strict=True))
    return {"block": one.block or None, "comment": one.number, "cells": said, "others": one.others or None}


def _names(head: TableHead) -> list[str]:
    """The columns as the rules of the matter call them: capitals are for paper."""
    return [head.headings[column] for column in head.columns]


def _counted_at(head: TableHead) -> str:
    return head.counted_at.astimezone(clock.LOCAL_ZONE).isoformat(timespec="minutes")


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
