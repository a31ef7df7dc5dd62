"""The figures of a span as rows for reports, a number in each; docs/open-data.md says what the columns mean."""

import csv
import json
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from consult.exports.open_data.files import BEGIN, DECLARED, END, frame, part, row_of
from consult.exports.plain.table_csv import neutral
from consult.responses.figures.period import Figures, PeriodFigures, UnitTimes
from consult.responses.statistics import bodies
from consult.responses.words import Disposition

COLUMNS = ("since", "until", "as_of", "scope", "name", "consultation", "breakdown", "what", "words", "number")
SHEET = "so-lieu"
Row = tuple[str | int, ...]
Said = tuple[str, str, str, int]
"""A breakdown, what is counted there as a code and in words, and how many."""


def rows(told: PeriodFigures, say: Any, units: bool = False) -> Iterator[Row]:
    """All of them: of everything together, of each body that answers, of each matter; with `units` of each unit too,
    which is for the desk alone."""
    days = told.span.since.isoformat(), told.span.until.isoformat(), told.as_of.isoformat()
    scopes: list[tuple[str, str, str, Figures]] = [("all", "", "", told.total)]
    scopes += [("body", body.name, "", own) for body, own in told.bodies]
    scopes += [("consultation", matter.title, matter.slug, own) for matter, own in told.matters]
    for scope, name, slug, own in scopes:
        for said in _said(own, say):
            yield (*days, scope, name, slug, *said)
    for unit, times in told.units if units else ():
        name = f"{unit.name}, {unit.organisation.name}" if unit is not None else say("figures.no_unit")
        for said in _lateness(times, say):
            yield (*days, "unit", name, "", *said)


def as_csv(told: Sequence[Row]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show Vietnamese."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([neutral(str(value)) for value in row] for row in told)
    return text.getvalue().encode("utf-8-sig")


def as_json(told: Sequence[Row]) -> bytes:
    """An array of objects."""
    named = [dict(zip(COLUMNS, row, strict=True)) for row in told]
    return json.dumps(named, ensure_ascii=False, indent=0).encode() + b"\n"


def as_xlsx(told: Sequence[Row]) -> bytes:
    """A workbook of one sheet."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        frame(book, [SHEET])
        with book.open(part("xl/worksheets/sheet1.xml"), "w") as sheet:
            written = "".join(map(row_of, (COLUMNS, *told)))
            sheet.write(f"{DECLARED}{BEGIN}{written}{END}".encode())
    return made.getvalue()


def _said(own: Figures, say: Any) -> Iterator[Said]:
    for code in ("published", "closed", "concluded"):
        yield "consultations", code, say(f"figures.{code}"), getattr(own, code)
    for code in [*bodies.codes(), bodies.UNDISCLOSED]:
        if own.opinions[code]:
            yield "opinions", code, bodies.named(code, say), own.opinions[code]
    yield "opinions", "total", say("figures.opinions"), own.opinions.total()
    for code in ("letters", "critiques", "joiners"):
        yield "received", code, say(f"figures.{code}"), getattr(own, code)
    for one in Disposition:
        yield "answers", one.value, say(f"disposition.{one}"), own.answered[one.value]
    yield "answers", "total", say("figures.answered"), own.answered.total()
    yield from _lateness(own.times, say)


def _lateness(times: UnitTimes, say: Any) -> Iterator[Said]:
    for code in ("in_time", "late", "overdue"):
        yield "lateness", code, say(f"figures.{code}"), getattr(times, code)
