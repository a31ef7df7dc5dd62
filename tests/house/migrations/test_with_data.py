"""A migration carries what is there: from every revision to the newest, on both kinds of database, nothing is lost."""

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import Script
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.db import Base
from tests.database import Databases
from tests.house.migrations.filled import ROWS, ROWS_WITHIN, Rows, held
from tests.house.migrations.revisions import NAMES, SCRIPTS, Filled, FilledDatabases, Journey, held_at, opened
from tests.house.migrations.test_migrations import configuration, differences

_GONE = object()


def forgotten(script: Script) -> set[str]:
    """What a migration says of itself that it drops or rewrites: `forgets = ("table.column", …)`, or a table's name."""
    return set(getattr(script.module, "forgets", ()))


def changed(before: Rows, after: Rows) -> set[str]:
    """What was there before and is not there any more, or is something else: tables and columns. There may be more."""
    lost = {table for table in before if table not in after}
    return lost | {
        f"{table}.{column}"
        for table in before.keys() - lost
        for key, values in before[table].items()
        for column, value in values.items()
        if after[table].get(key, {}).get(column, _GONE) != value
    }


def test_what_a_database_holds_goes_on_to_the_newest_revision(journey: Journey) -> None:
    """From each revision the next migration changes what it says, and all of them together lose nothing else of what
    was there."""
    for step, script in zip(journey.steps, [*SCRIPTS[1:], None], strict=True):
        said = forgotten(script) if script else set()
        assert changed(step.before, step.after) == said, f"after {NAMES[step.start]}"
        later = set().union(*map(forgotten, SCRIPTS[step.start + 1 :]))
        assert changed(step.before, journey.after) <= later, f"from {NAMES[step.start]}"
    assert differences(journey.url) == []


def test_every_revision_gives_its_rows_to_the_journey(journey: Journey) -> None:
    for step in journey.steps:
        assert step.before.keys() > {"comment", "consultation", "ledger_entry"}
        assert {len(rows) for rows in step.before.values()} <= {ROWS, ROWS_WITHIN}, NAMES[step.start]


def test_the_models_read_every_row_that_came_from_an_older_revision(journey: Journey) -> None:
    with opened(journey.url) as connection, Session(connection) as session:
        for mapper in Base.registry.mappers:
            loaded = session.scalars(select(mapper.class_)).unique().all()
            assert len(loaded) == session.scalar(select(func.count()).select_from(mapper.local_table)), mapper.class_


def test_every_leaf_is_what_it_was(journey: Journey) -> None:
    """The log's, byte for byte, from whatever release a database comes."""
    for step in journey.steps:
        assert step.leaves and set(step.leaves) <= set(journey.leaves), f"from {NAMES[step.start]}"


def test_no_migration_says_that_it_changes_a_log() -> None:
    told = {name for script in SCRIPTS for name in forgotten(script) if name.startswith("ledger_")}
    assert not told


def test_a_database_with_data_can_go_back_and_on_again(filled: Filled) -> None:
    """What an older schema has no place for is lost on the way, and what only it had is empty again; every row and the
    rest is there afterwards."""
    url = filled(NAMES[-1])
    kept, anew = held_at(url), set[str]()
    for script, undone in zip(SCRIPTS[-2::-1], SCRIPTS[:0:-1], strict=True):
        command.downgrade(configuration(url), script.revision)
        there = held_at(url)
        kept = {table: {key: _of(kept[table][key], row) for key, row in rows.items()} for table, rows in there.items()}
        assert there == kept, f"back to {script.revision}"
        # What a migration makes anew has nothing in it when it was undone.
        anew |= {one.partition(".")[0] for one in forgotten(undone)}
        sizes = {table: len(rows) for table, rows in there.items()}
        assert all(size in {ROWS, ROWS_WITHIN} or (table in anew and not size) for table, size in sizes.items())
    command.upgrade(configuration(url), "head")
    assert changed(kept, held_at(url)) <= set().union(*map(forgotten, SCRIPTS))
    assert differences(url) == []


def _of(row: dict[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    return {column: row.get(column) for column in columns}


def test_rows_that_name_nobody_stop_the_upgrade_and_nothing_has_changed(sqlite_databases: Databases) -> None:
    """PostgreSQL would not have let them in."""
    url = FilledDatabases(sqlite_databases).at(NAMES[0])
    before = held_at(url)
    with opened(url) as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.connection.cursor().execute("DELETE FROM area")
    before["area"] = {}
    with pytest.raises(Exception, match="orphans: .*area"):
        command.upgrade(configuration(url), "head")
    with opened(url) as connection:
        assert held(connection) == before
    sqlite_databases.drop(url)


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_a_migration_makes_no_table_anew_without_need(script: Script) -> None:
    """To make a table anew is to copy every row of it while the site is down."""
    tree: Any = ast.parse(Path(script.path).read_text(encoding="utf-8"))
    asked = [
        keyword
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "recreate"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value == "never")
    ]
    assert not asked, f"{script.path}: recreate="
