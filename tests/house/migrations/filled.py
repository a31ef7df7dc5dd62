"""Rows for every table of a database at any revision, made from what the schema itself says."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CHAR, Column, Connection, MetaData, Table, insert, select, text, types

from consult.models import metadata

ROWS = 4
"""Of each table: two under each of the first two matters, whatever else belongs to whatever."""
ROWS_WITHIN = 2
"""Of what a matter has once and names something else of the same matter: only two matters have anything to name."""

OWN_TABLE = "alembic_version"
BEGIN = datetime(2026, 11, 23, 3, tzinfo=UTC)

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
"""What a database holds: by table, the key of each row, and column."""


SCHEMA = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name, sql",
    "postgresql": (
        "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length::text,"
        " (SELECT string_agg(conname || pg_get_constraintdef(oid), ' ' ORDER BY conname) FROM pg_constraint"
        "  WHERE conrelid = format('%%I', table_name)::regclass)"
        " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    ),
}
_reflected: dict[tuple[str, str], dict[str, Table]] = {}


def reflected(connection: Connection) -> dict[str, Table]:
    """The tables as they are in this database: looked at once for all databases of the same schema."""
    kind = connection.dialect.name
    key = kind, repr(connection.exec_driver_sql(SCHEMA[kind]).all())
    if key not in _reflected:
        found = MetaData()
        found.reflect(connection)
        _reflected[key] = {name: table for name, table in found.tables.items() if name != OWN_TABLE}
    return _reflected[key]


def fill(connection: Connection) -> None:
    """Puts rows into every table, in one transaction whose keys are looked at in the end."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    tables = reflected(connection)
    connection.rollback()
    with connection.begin():
        if connection.dialect.name == "postgresql":
            # What names each other in a circle is put in as it comes; the checks return before the commit.
            connection.execute(text("SET session_replication_role = replica"))
        for table in tables.values():
            for number in range(ROWS_WITHIN if once(table) and within(table) else ROWS):
                connection.execute(insert(table).values(row_of(tables, table, number)))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = origin"))


def row_of(tables: dict[str, Table], table: Table, number: int) -> dict[str, Any]:
    """The row `number` of a table. It names the rows of that number in other tables, except that the last one names
    nobody where it need not."""
    return {column.name: value_of(tables, column, number) for column in table.columns}


def value_of(tables: dict[str, Table], column: Column[Any], number: int) -> Any:
    """One value: of a key the value it names, otherwise something of the column's type that no other row has."""
    if column.nullable and number == ROWS - 1:
        return None
    named = {key.column.table.name: key.column.name for key in column.foreign_keys}
    if "consultation" in named:
        of = number if once(column.table) else number // 2
        return value_of(tables, tables["consultation"].c[named["consultation"]], of)
    for table, name in named.items():
        first_of_matter = once(column.table) and column.name in within(column.table)
        return value_of(tables, tables[table].c[name], number * 2 if first_of_matter else number)
    return plain(column, number)


def once(table: Table) -> bool:
    """Whether a matter has one row of it at most: then each row is of another matter."""
    (key, *more) = table.primary_key.columns
    return not more and any(one.column.table.name == "consultation" for one in key.foreign_keys)


def within(table: Table) -> set[str]:
    """The columns that name something of the same matter."""
    return {name for key in table.foreign_key_constraints if len(key.column_keys) > 1 for name in key.column_keys}


def plain(column: Column[Any], number: int) -> Any:
    """A value of the column's type; a code that the models know, where there are codes."""
    codes = codes_of(column)
    if codes:
        return codes[number % len(codes)]
    kind, seed = column.type, f"{column.table.name}.{column.name}.{number}"
    identity = uuid.uuid5(uuid.NAMESPACE_OID, seed)
    if isinstance(kind, CHAR) and kind.length == 32:
        return identity.hex
    makers: list[tuple[Any, Any]] = [
        (types.Uuid, identity),
        (types.JSON, json.loads(f'["{seed}"]')),
        (types.Boolean, number % 2 == 0),
        (types.DateTime, BEGIN + timedelta(days=number)),
        (types.Date, date(2026, 11, 23) + timedelta(days=number)),
        (types.Time, time(number)),
        (types.LargeBinary, seed.encode()),
        (types.Float, number + 0.5),
        (types.Integer, number + 1),
        (types.String, seed[: getattr(kind, "length", None) or 1000]),
    ]
    value = next((made for of, made in makers if isinstance(kind, of)), None)
    assert value is not None, f"no value is known for {column} of the type {kind!r}"
    return value.replace(tzinfo=None) if isinstance(value, datetime) and not getattr(kind, "timezone", 0) else value


def codes_of(column: Column[Any]) -> list[str]:
    """The codes that today's models have for this column."""
    known = metadata.tables.get(column.table.name)
    kind = known.c[column.name].type if known is not None and column.name in known.c else None
    return list(kind.enums) if isinstance(kind, types.Enum) else []


def held(connection: Connection) -> Rows:
    """Everything a database holds."""
    return {name: dict(rows_of(connection, table)) for name, table in reflected(connection).items()}


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The rows of a table, each with its key."""
    for row in connection.execute(select(table)):
        values = dict(zip(table.columns.keys(), row, strict=True))
        yield tuple(values[column.name] for column in table.primary_key.columns), values
