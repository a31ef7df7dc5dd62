"""Rows exactly as a database stores them, to compare what two ways of writing have left."""

import re
from typing import Any

from sqlalchemy import Connection, Engine, Table, Text, case, cast, column, func, insert, select

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
    names = {
        identity: f"{table.name} {place}"
        for table in metadata.sorted_tables
        if "id" in table.columns
        for place, identity in enumerate(sorted(str(one) for one in connection.scalars(select(table.c.id))))
    }
    plain = {**names, **{identity.replace("-", ""): name for identity, name in names.items()}}
    return {
        table.name: sorted(
            (
                tuple(_named(value, plain) for value in row)
                for row in connection.execute(select(*_as_text(connection, table)).select_from(table))
            ),
            key=str,
        )
        for table in metadata.sorted_tables
    }


def stored_row(connection: Connection, table: Table, key: dict[str, Any]) -> dict[str, str | None]:
    """The columns of one row."""
    found = (
        select(*_as_text(connection, table))
        .select_from(table)
        .where(*(table.c[name] == value for name, value in key.items()))
    )
    return dict(zip(table.columns.keys(), connection.execute(found).one(), strict=True))


def _as_text(connection: Connection, table: Table) -> list[Any]:
    """Each column as its database writes it: its type in Python would make one of SQL's NULL and the null of JSON."""
    columns = [column(one.name) for one in table.columns]
    if connection.dialect.name == "postgresql":
        return [cast(one, Text) for one in columns]
    # SQLite's text of bytes is those bytes.
    return [case((one.is_not(None), func.quote(one))) for one in columns]


def _named(value: str | None, names: dict[str, str]) -> str | None:
    return None if value is None else ID.sub(lambda found: names.get(found[0], found[0]), value)
