"""Whatever waits for a person is told to that person: a state that is in no list of `in_hand.py` fails here."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy.dialects import sqlite

import consult.models  # noqa: F401  (every table)
import consult.wiring.rooms  # noqa: F401  (every enum)
from consult.db import Base
from consult.notices.who_is_told import ALL, Nobody
from consult.programme.next_steps import service
from consult.programme.next_steps.whose import Whose
from consult.programme.next_steps.words import NextStep
from consult.work.words import Queue
from tests.work.in_hand import MOMENTS, ON_ITS_OWN_PAGE, STATES, WITH

HOW_IT_STANDS = re.compile(r"(State|Stage|Outcome|Visibility)$")
OF_MACHINES = {
    "consult.schema.State": "how far a database is behind a release",
    "consult.administration.spreadsheets.rows.Outcome": "told at once to who brought the spreadsheet",
}
"""What says how something stands that no person has in hand."""
A_MOMENT = re.compile(r"(_at|_on|^until)$")
PROGRAMME = "consult.programme"
STEPS = {Queue.PROGRAMME_TO_DO, Queue.PROGRAMME_TO_RELEASE, Queue.PROGRAMME_TO_AGREE}
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


def test_what_waits_in_a_room_of_programmes_is_told_on_the_first_page() -> None:
    """Or by a mail; or it is said why its own page is enough."""
    tables = {mapper.local_table.name for mapper in Base.registry.mappers if mapper.class_.__module__[:17] == PROGRAMME}
    assert len(tables) > 40
    for column, told in MOMENTS.items():
        if column.partition(".")[0] in tables and told.endpoint:
            assert column in ON_ITS_OWN_PAGE, f"{column}: whom does it wait for, and where are they told?"
    assert all(why for _endpoint, why in ON_ITS_OWN_PAGE.values())


def test_the_next_steps_ask_for_what_they_tell() -> None:
    everybody = Whose(uuid4(), *(frozenset({uuid4()}) for _ in range(3)))
    parts = service.statements(everybody, frozenset({uuid4()}), date(2026, 1, 1))
    asked = " ".join(str(part.compile(dialect=sqlite.dialect())) for part in parts)
    for column, told in MOMENTS.items():
        if {*told.queues} & STEPS:
            assert re.search(rf"\b{WITH.get(column, column)} IS ", asked), column


def test_every_next_step_is_tried() -> None:
    tests = "".join(path.read_text("utf-8") for path in Path("tests/programme/next_steps").glob("test_*.py"))
    assert [one.name for one in NextStep if f"NextStep.{one.name}" not in tests] == []


def test_every_kind_of_work_is_somebodys_state_and_tried() -> None:
    """By a test that names it, or that reads on a page what people read there."""
    assert {one for told in ROWS.values() for one in told.queues} == {*Queue}
    tests = "".join(path.read_text("utf-8") for path in Path("tests").rglob("test_*.py"))
    catalogues = "".join(path.read_text("utf-8") for path in Path("consult/translations/vi").glob("*.po"))
    said = dict(re.findall(r'^msgid "queue\.(\w+)"\nmsgstr "(.+)"$', catalogues, re.MULTILINE))
    assert [one.value for one in Queue if f"Queue.{one.name}" not in tests and said[one] not in tests] == []
