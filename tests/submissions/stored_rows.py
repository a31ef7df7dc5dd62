"""Rows exactly as a database stores them, to compare what two ways of writing have left."""

import re
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Table,
    Text,
    case,
    cast,
    column,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
)

from consult.models import metadata

ID = re.compile(r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b")

Stored = dict[str, list[tuple[str | None, ...]]]
"""The rows of each table, each column as text; None is the NULL of SQL and nothing else."""


def copy_rows(source: Engine, target: Engine) -> None:
    """Puts every row of one database into another, which has the same tables and nothing in them."""
    with source.connect() as reading, target.begin() as writing:
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in reading.execute(select(table)).mappings()]
            if rows:
                writing.execute(insert(table), rows)


def stored(connection: Connection) -> Stored:
    """Every row of every table, in an order of its own. An id made by chance is told as the place of its row among
    those of its table: ids of one table sort as they were made."""
    dialect, filled = connection.dialect.name, set(connection.scalars(_filled()))
    names = {
        identity: f"{table.name} {place}"
        for table in metadata.sorted_tables
        if "id" in table.columns and table.name in filled
        for place, identity in enumerate(sorted(str(one) for one in connection.scalars(_ids(table))))
    }
    plain = {**names, **{identity.replace("-", ""): name for identity, name in names.items()}}
    return {
        table.name: sorted(
            (tuple(_named(value, plain) for value in row) for row in connection.execute(_all_of(dialect, table)))
            if table.name in filled
            else (),
            key=str,
        )
        for table in metadata.sorted_tables
    }


@cache
def _filled() -> Any:
    """The names of the tables that hold a row: most hold none, and to ask them one by one is most of the work."""
    return union_all(*(select(literal(one.name)).where(exists().select_from(one)) for one in metadata.sorted_tables))


@cache
def _ids(table: Table) -> Select[Any]:
    return select(table.c.id)


@cache
def _all_of(dialect: str, table: Table) -> Select[Any]:
    return select(*_as_text(dialect, table)).select_from(table)


def stored_row(connection: Connection, table: Table, key: dict[str, Any]) -> dict[str, str | None]:
    """The columns of one row."""
    found = (
        select(*_as_text(connection.dialect.name, table))
        .select_from(table)
        .where(*(table.c[name] == value for name, value in key.items()))
    )
    return dict(zip(table.columns.keys(), connection.execute(found).one(), strict=True))


def _as_text(dialect: str, table: Table) -> list[Any]:
    """Each column as its database writes it: its type in Python would make one of SQL's NULL and the null of JSON."""
    columns = [column(one.name) for one in table.columns]
    if dialect == "postgresql":
        return [cast(one, Text) for one in columns]
    # SQLite's text of bytes is those bytes.
    return [case((one.is_not(None), func.quote(one))) for one in columns]


def _named(value: str | None, names: dict[str, str]) -> str | None:
    return None if value is None else ID.sub(lambda found: names.get(found[0], found[0]), value)
