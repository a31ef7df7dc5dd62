"""Whatever waits for a person is told to that person: a state that is in no list of `in_hand.py` fails here."""

import re
from enum import StrEnum
from pathlib import Path

from flask import Flask

import consult.models  # noqa: F401  (every table)
import consult.wiring.rooms  # noqa: F401  (every enum)
from consult.db import Base
from consult.notices.who_is_told import ALL, Nobody
from consult.work.words import Queue
from tests.work.in_hand import MOMENTS, STATES

HOW_IT_STANDS = re.compile(r"(State|Stage|Outcome|Visibility)$")
OF_MACHINES = {
    "consult.schema.State": "how far a database is behind a release",
    "consult.administration.spreadsheets.rows.Outcome": "told at once to who brought the spreadsheet",
}
"""What says how something stands that no person has in hand."""
A_MOMENT = re.compile(r"(_at|_on|^until)$")
ROWS = {**STATES, **MOMENTS}


def enums() -> dict[str, type[StrEnum]]:
    return {
        f"{one.__module__}.{one.__name__}": one for one in StrEnum.__subclasses__() if one.__module__[:7] == "consult"
    }


def test_every_word_of_a_state_has_its_row() -> None:
    asked = {name: one for name, one in enums().items() if HOW_IT_STANDS.search(name) and name not in OF_MACHINES}
    assert len(asked) >= 12 and OF_MACHINES.keys() <= enums().keys()
    rows: dict[str, set[str]] = {}
    for row in STATES:
        thing, _, word = row.partition(".")
        rows.setdefault(thing, set()).add(word)
    for name, one in asked.items():
        words = {word.value for word in one}
        assert words in rows.values(), f"{name}: say in tests/work/in_hand.py who has each of {sorted(words)} in hand"


def test_every_moment_that_may_be_missing_has_its_row() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.nullable and A_MOMENT.search(column.name)
    }
    assert columns - MOMENTS.keys() == set(), "say in tests/work/in_hand.py who waits for it, and where they are told"
    assert MOMENTS.keys() - columns == set(), "no such column any more"


def test_where_it_is_told_there_is_something(app: Flask) -> None:
    for row, told in ROWS.items():
        assert [bool(one) for one in (told.queues, told.endpoint, told.event, told.why)].count(True) == 1, row
        assert not told.endpoint or told.endpoint in app.view_functions, (row, told.endpoint)
        assert not told.event or not isinstance(ALL[told.event], Nobody), (row, told.event)


def test_every_kind_of_work_is_somebodys_state_and_tried() -> None:
    """By a test that names it, or that reads on a page what people read there."""
    assert {one for told in ROWS.values() for one in told.queues} == {*Queue}
    tests = "".join(path.read_text("utf-8") for path in Path("tests").rglob("test_*.py"))
    catalogues = "".join(path.read_text("utf-8") for path in Path("consult/translations/vi").glob("*.po"))
    said = dict(re.findall(r'^msgid "queue\.(\w+)"\nmsgstr "(.+)"$', catalogues, re.MULTILINE))
    assert [one.value for one in Queue if f"Queue.{one.name}" not in tests and said[one] not in tests] == []
