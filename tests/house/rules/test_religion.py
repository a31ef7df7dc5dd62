"""Religion is said of bodies, never of a person: no table, form, file or address of the site has a place for it."""

import json
import re
from pathlib import Path

import pytest

from consult.administration.spreadsheets.columns import KEYS
from consult.api.openapi import document
from consult.db import Base
from consult.exports.open_data import rows
from consult.exports.plain import critique_csv, participation_csv, table_csv
from consult.files.spreadsheets.private import without_private
from consult.files.spreadsheets.sheets import Line, Sheet
from consult.people.words import Standing
from tests.house.rooms import CHECKOUT

RELIGION = re.compile(r"relig|faith|ton_?giao|denomination|parish|standing")
OF_BODIES = {"organisation.standing"}
"""What is said of a body: whether it is recognised, affiliated, or a registered group."""


def test_no_table_says_it_of_anybody() -> None:
    named = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns}
    assert {one for one in named if RELIGION.search(one)} == OF_BODIES
    coded = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if set(Standing) & set(getattr(column.type, "enums", ()) or ())
    }
    assert coded <= OF_BODIES


def test_no_account_is_tied_to_what_its_owner_says_as_a_citizen() -> None:
    """Who has a seat in a parish writes on the public form like anybody: `recorded_by` alone names an account, that of
    the officer or branch that typed paper, and `organisation` the body whose letter it is."""
    tied = {
        f"{name}.{key.parent.name}"
        for name in ("submission", "comment", "comment_version", "joiner", "follower", "collected_opinion", "critique")
        for key in Base.metadata.tables[name].foreign_keys
        if key.column.table.name in {"app_user", "membership", "organisation", "unit"}
    }
    assert tied - {"comment_version.by_id"} == {
        "submission.recorded_by_id", "submission.organisation_id", "collected_opinion.recorded_by_id",
    }  # fmt: skip


def test_no_file_and_no_program_gets_it() -> None:
    columns = {*table_csv.COLUMNS, *rows.COLUMNS, *critique_csv.COLUMNS, *participation_csv.COLUMNS}
    assert not [name for name in columns if RELIGION.search(name)]
    assert not RELIGION.search(json.dumps(document()["components"]).casefold())
    asked = {key for kind, keys in KEYS.items() if kind.value != "bodies" for key in keys}
    assert not [key for key in asked if RELIGION.search(key)]


@pytest.mark.parametrize("room", ["submissions", "tracking", "collections", "reading", "responses"])
def test_no_form_asks_for_it(room: str) -> None:
    fields = re.compile(r"name=[\"'{ ]*([\w.-]+)|field\(\s*'([\w.-]+)'")
    for template in sorted(Path(CHECKOUT / "templates" / room).rglob("*.html")):
        found = {one or other for one, other in fields.findall(template.read_text(encoding="utf-8"))}
        assert not [name for name in found if RELIGION.search(name)], template


def test_a_column_that_says_it_of_people_is_kept_nowhere() -> None:
    lines = [
        ["Danh sách"],
        ["Họ và tên", "TÔN GIÁO *", "Chức vụ", "dân tộc"],
        ["Ma Thị Hoa", "Phật giáo", "Ủy viên", "Tày"],
    ]
    kept = without_private([Sheet("Một", [Line(number, cells) for number, cells in enumerate(lines, start=1)])])
    assert [line.cells for line in kept[0].lines] == [
        ["Danh sách"], ["Họ và tên", "", "Chức vụ", ""], ["Ma Thị Hoa", "", "Ủy viên", ""],
    ]  # fmt: skip
    told = Sheet("Một", [Line(1, ["Tổ chức tôn giáo", "Ý kiến"])])
    assert without_private([told]) == [told], "a body is no person"
