"""Two releases run at once while machines are updated one after the other: a migration takes nothing from the code
before it, unless a release has been out that does without."""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from consult.schema.steps import BEGINNING, scripts, served
from tests.database import Databases
from tests.house.migrations.revisions import opened
from tests.house.migrations.steps import refused, released, schema_of, since_the_beginning, taken_away
from tests.house.migrations.test_migrations import configuration
from tests.house.rooms import CHECKOUT

Step = Callable[[Any], Any]


@pytest.fixture
def tables() -> Iterator[sa.Connection]:
    """A small schema: comments on documents."""
    made = sa.MetaData()
    sa.Table("document", made, sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.Text))
    sa.Table(
        "comment", made,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer, nullable=False, server_default="0"),
        sa.Column("note", sa.Text),
        sa.Column("document_id", sa.Integer),
    )  # fmt: skip
    with create_engine("sqlite://").connect() as connection:
        made.create_all(connection)
        yield connection


def carried_out(connection: sa.Connection, step: Step) -> set[str]:
    """What a migration takes away."""
    before = schema_of(connection)
    step(Operations(MigrationContext.configure(connection)))
    return taken_away(before, schema_of(connection))


def in_batch(change: Step, table: str = "comment") -> Step:
    """A migration that changes a table as SQLite needs it."""

    def step(op: Any) -> None:
        with op.batch_alter_table(table) as batch:
            change(batch)

    return step


def renamed_table(op: Any) -> None:
    op.rename_table("document", "paper")


TAKES_AWAY: dict[str, tuple[Step, str]] = {
    "table dropped": (lambda op: op.drop_table("document"), "document is gone"),
    "table renamed": (renamed_table, "document is gone"),
    "column dropped": (in_batch(lambda on: on.drop_column("note")), "comment.note is gone"),
    "column renamed": (in_batch(lambda on: on.alter_column("note", new_column_name="word")), "comment.note is gone"),
    "by a statement": (lambda op: op.execute("ALTER TABLE comment RENAME note TO word"), "comment.note is gone"),
    "must be given": (
        in_batch(lambda on: on.add_column(sa.Column("day", sa.Date, nullable=False))), "comment.day must be given",
    ),
    "default dropped": (
        in_batch(lambda on: on.alter_column("place", server_default=None)), "comment.place must be given",
    ),
    "not empty any more": (
        in_batch(lambda on: on.alter_column("note", nullable=False)), "comment.note may not be empty",
    ),
    "not empty, with a default": (
        in_batch(lambda on: on.alter_column("note", nullable=False, server_default="")),
        "comment.note may not be empty",
    ),
    "shorter": (
        in_batch(lambda on: on.alter_column("kind", type_=sa.String(20))), "comment.kind is VARCHAR(20) and was",
    ),
    "of a size": (in_batch(lambda on: on.alter_column("text", type_=sa.String(90))), "comment.text is VARCHAR(90)"),
    "narrower": (in_batch(lambda on: on.alter_column("place", type_=sa.SmallInteger)), "comment.place is SMALLINT"),
    "another type": (in_batch(lambda on: on.alter_column("note", type_=sa.Integer)), "comment.note is INTEGER and was"),
    "unique": (in_batch(lambda on: on.create_unique_constraint("u", ["kind", "note"])), "key that is unique: kind, no"),
    "unique by an index": (lambda op: op.create_index("i", "comment", ["note"], unique=True), "that is unique: note"),
    "unique by a default": (
        in_batch(lambda on: (on.add_column(sa.Column("n", sa.Integer, nullable=False, server_default="0")),
                             on.create_unique_constraint("u", ["n"]))),
        "comment has another key that is unique: n",
    ),
    "names others": (
        in_batch(lambda on: on.create_foreign_key("f", "document", ["document_id"], ["id"])),
        "comment has another key to other rows: document_id",
    ),
    "checked": (in_batch(lambda on: on.create_check_constraint("c", "place > 0")), "comment has another check: place"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TAKES_AWAY)
def test_what_the_code_before_could_not_do_any_more_is_found(tables: sa.Connection, kind: str) -> None:
    step, found = TAKES_AWAY[kind]
    assert any(found in one for one in carried_out(tables, step))


def expands(op: Any) -> None:
    """All that is let through, in one migration."""
    op.create_table("picture", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, unique=True))
    op.create_index("by_kind", "comment", ["kind"])
    with op.batch_alter_table("comment") as batch:
        batch.add_column(sa.Column("day", sa.Date))
        batch.add_column(sa.Column("count", sa.Integer, nullable=False, server_default="0"))
        batch.add_column(sa.Column("picture_id", sa.Integer))
        batch.create_foreign_key("f", "picture", ["picture_id"], ["id"])
        batch.create_unique_constraint("u", ["picture_id", "kind"])
        batch.create_check_constraint("c", "day IS NULL OR place > 0")
        batch.alter_column("text", nullable=True)
        batch.alter_column("kind", type_=sa.String(80))
        batch.alter_column("place", type_=sa.BigInteger)


def test_what_only_adds_is_let_through(tables: sa.Connection) -> None:
    assert carried_out(tables, expands) == set()


def step(revision: str, **said: Any) -> Any:
    """A migration as far as it says something of itself."""
    return SimpleNamespace(revision=revision, module=SimpleNamespace(**said))


KNOWN = ["a", "b", "c", "d"]
GONE = {"comment.note is gone"}


def test_it_is_let_through_as_the_second_step_of_one_that_a_release_had() -> None:
    assert refused(step("d", contracts="b"), GONE, KNOWN, ["b"]) == set()
    assert refused(step("d", contracts="b", forgets=("comment.note",)), GONE, KNOWN, ["a", "c"]) == set()


def test_without_a_word_it_is_refused_and_so_are_rows_that_are_rewritten() -> None:
    assert refused(step("d"), GONE, KNOWN, ["c"]) == GONE
    assert refused(step("d", forgets=("comment.kind",)), set(), KNOWN, ["c"]) == {"comment.kind is forgotten"}
    assert refused(step("d"), set(), KNOWN, ["c"]) == set()


def test_the_first_step_must_have_been_out() -> None:
    for releases in ([], ["a"]):
        assert refused(step("d", contracts="b"), GONE, KNOWN, releases) == {"no release has had b yet"}
    for named in ("d", "nowhere"):
        assert refused(step("d", contracts=named), GONE, KNOWN, ["c"]) == {f"{named} does not come before it"}
    assert refused(step("d", contracts="b"), set(), KNOWN, ["c"]) == {"it contracts nothing"}


def test_a_schema_serves_the_code_since_the_step_that_it_needs() -> None:
    line = [step("a"), step(BEGINNING), step("b"), step("c"), step("d", contracts="b"), step("e")]
    assert [served(line[: size + 1])[0] for size in range(len(line))] == [
        "a",
        BEGINNING,
        BEGINNING,
        BEGINNING,
        "b",
        "b",
    ]
    assert served(line) == ["b", "c", "d", "e"]
    with pytest.raises(ValueError):
        served([step("a"), step(BEGINNING), step("b", contracts="c"), step("c")])


def test_every_migration_from_now_on_is_one_of_the_two_steps(databases: Databases) -> None:
    steps, known, taken = since_the_beginning(), [script.revision for script in scripts()], dict[str, set[str]]()
    url = databases.fresh()
    command.stamp(configuration(url), "head")
    # Back from the newest: what a way back makes again, the way on would miss (test_with_data.py goes both).
    for script in reversed(steps):
        with opened(url) as connection:
            after = schema_of(connection)
        command.downgrade(configuration(url), str(script.down_revision))
        with opened(url) as connection:
            taken[script.revision] = taken_away(schema_of(connection), after)
    found = {one.revision: refused(one, taken[one.revision], known, released().values()) for one in steps}
    assert {revision: why for revision, why in found.items() if why} == {}
    databases.drop(url)


def test_every_release_says_which_migration_was_its_newest() -> None:
    told = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    out = re.findall(r"^## (\d+\.\d+\.\d+) – \d{4}-", told, re.MULTILINE)
    assert set(released()) == set(out)
    assert set(released().values()) <= {script.revision for script in scripts()}
