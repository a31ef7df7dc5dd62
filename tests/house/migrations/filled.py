"""Rows for every table of a database at any revision, made from what the schema itself says."""

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import CHAR, Column, Connection, MetaData, Table, insert, select, text, types

from consult.models import metadata

ROWS = 4
"""Of each table: two under each of the first two matters, whatever else belongs to whatever."""
ROWS_WITHIN = 2
"""Of what a matter has once and names something else of the same matter: only two matters have anything to name."""

OWN_TABLE = "alembic_version"
BEGIN = datetime(2026, 11, 23, 3, tzinfo=UTC)

Tables = dict[str, Table]
Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
"""What a database holds: by table, the key of each row, and column."""


SCHEMA = {
    "sqlite": "SELECT tbl_name, type, name, sql FROM sqlite_master ORDER BY tbl_name, type, name, sql",
    # The keys of a table once, not with each of its columns: that takes the server a hundred times as long.
    "postgresql": (
        "SELECT table_name, lpad(ordinal_position::text, 4, '0'), column_name, data_type, is_nullable,"
        "  character_maximum_length::text"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " UNION ALL SELECT relname, 'keys', conname, pg_get_constraintdef(pg_constraint.oid), NULL, NULL"
        " FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3"
    ),
}
"""What a database says of each of its tables, the table's name first."""
_reflected: dict[tuple[str, str], Table] = {}


def reflected(connection: Connection) -> dict[str, Table]:
    """The tables as they are in this database: each looked at once for all databases where it is the same."""
    kind = connection.dialect.name
    said = defaultdict(list)
    for row in connection.exec_driver_sql(SCHEMA[kind]):
        said[row[0]].append(lines_of(*row))
    keys = {name: (kind, repr(rows)) for name, rows in said.items() if name != OWN_TABLE}
    if unknown := [name for name, key in keys.items() if key not in _reflected]:
        found = MetaData()
        found.reflect(connection, only=unknown, resolve_fks=False)
        _reflected.update((keys[name], table) for name, table in found.tables.items())
    return {name: _reflected[key] for name, key in keys.items()}


@cache
def lines_of(*row: Any) -> list[list[str]]:
    """What a database says in a row, whatever order the lines of it stand in: a table made anew has its keys in any."""
    return [sorted(re.split(r",?\s*\n\s*", str(said))) for said in row]


def fill(connection: Connection, first: int = 0, tables: Tables | None = None) -> Rows:
    """Puts rows into every table (those it has, if somebody has looked), in one transaction whose keys are looked at in
    the end, and gives them. They are numbered from `first`, a multiple of ROWS: what has other numbers may be there
    already."""
    # Inside a transaction the next would do nothing.
    connection.rollback()
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    tables = tables or reflected(connection)
    made = {name: list(_made(tables, table, first)) for name, table in tables.items()}
    connection.rollback()
    with connection.begin():
        if connection.dialect.name == "postgresql":
            # What names each other in a circle is put in as it comes; the checks return before the commit.
            connection.execute(text("SET session_replication_role = replica"))
        for name, rows in made.items():
            connection.execute(insert(tables[name]), rows)
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = origin"))
    return {name: {(place,): row for place, row in enumerate(rows)} for name, rows in made.items()}


def _made(tables: dict[str, Table], table: Table, first: int) -> Iterator[dict[str, Any]]:
    for place in range(ROWS_WITHIN if once(table) and within(table) else ROWS):
        yield row_of(tables, table, first + place)


def row_of(tables: dict[str, Table], table: Table, number: int) -> dict[str, Any]:
    """The row `number` of a table. It names the rows of that number in other tables, except that the last one names
    nobody where it need not."""
    return {column.name: value_of(tables, column, number) for column in table.columns}


def value_of(tables: dict[str, Table], column: Column[Any], number: int) -> Any:
    """One value: of a key the value it names, otherwise something of the column's type that no other row has."""
    place = number % ROWS
    first = number - place
    if column.nullable and place == ROWS - 1:
        return None
    named = dict(key.target_fullname.split(".") for key in column.foreign_keys)
    if "consultation" in named:
        of = number if once(column.table) else first + place // 2
        return value_of(tables, tables["consultation"].c[named["consultation"]], of)
    for table, name in named.items():
        first_of_matter = once(column.table) and column.name in within(column.table)
        return value_of(tables, tables[table].c[name], first + place * 2 if first_of_matter else number)
    return plain(column, number)


def once(table: Table) -> bool:
    """Whether a matter has one row of it at most: then each row is of another matter."""
    (key, *more) = table.primary_key.columns
    return not more and any(one.target_fullname.startswith("consultation.") for one in key.foreign_keys)


def within(table: Table) -> set[str]:
    """The columns that name something of the same matter."""
    return {name for key in table.foreign_key_constraints if len(key.column_keys) > 1 for name in key.column_keys}


@lru_cache(maxsize=20_000)
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
        (types.Time, time(number % 24)),
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


def held_like(connection: Connection, tables: Tables, *all_like: Rows) -> list[Rows]:
    """Of the tables of each `like`, the rows whose key begins like one of these: all of them asked for at once."""
    found: list[Rows] = [{} for _ in all_like]
    for name, table in tables.items():
        first = next(iter(table.primary_key.columns)).name
        asked = [{row[first] for row in like[name].values()} if name in like else None for like in all_like]
        rows = dict(rows_of(connection, table, set().union(*(one for one in asked if one))))
        for of, begins in zip(found, asked, strict=True):
            if begins is not None:
                of[name] = {key: row for key, row in rows.items() if row[first] in begins}
    return found


def rows_of(
    connection: Connection, table: Table, begins: Collection[Any] | None = None
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The rows of a table, or those whose key begins with one of these, each with its key."""
    asked = select(table)
    if begins is not None:
        asked = asked.where(next(iter(table.primary_key.columns)).in_(list(begins)))
    for row in connection.execute(asked):
        values = dict(zip(table.columns.keys(), row, strict=True))
        yield tuple(values[column.name] for column in table.primary_key.columns), values
