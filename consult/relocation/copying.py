"""One table after the other into PostgreSQL, in the order of their keys, each in one statement that rows stream into.

A table whose rows name each other (an area and the one it lies in) may come in any order so: PostgreSQL looks when the
statement ends.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table
from sqlalchemy.exc import SQLAlchemyError

from consult.postgresql import forget_row
from consult.relocation.contents import Content, Counting, content_of, rows_of
from consult.relocation.failures import NotMoved


def copy_table(source: Connection, target: Connection, table: Table) -> Content:
    """Puts every row of a table into the empty one of the target, in its open transaction; what was read is what the
    target has then. Raises NotMoved."""
    counting = Counting()
    try:
        _write(target, table, counting.through(rows_of(source, table)))
    except (psycopg.Error, LookupError, ValueError) as refused:
        forget_row(refused)
        raise NotMoved("not_taken", table=table.name, row=counting.rows, why=_first_line(refused)) from refused
    check_same(target, table, counting.content)
    return counting.content


def check_same(target: Connection, table: Table, read: Content) -> None:
    """Raises NotMoved unless a table of the target holds what was read."""
    if content_of(target, table) != read:
        raise NotMoved("differs", table=table.name)


def check_keys(target: Connection) -> None:
    """Has PostgreSQL look at the keys that it would only look at in the end. Raises NotMoved."""
    try:
        target.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except SQLAlchemyError as broken:
        raise NotMoved("keys", why=_first_line(broken)) from broken


def _write(target: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    to_target = _to_target(target, table)
    raw = target.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    with raw.cursor() as cursor, cursor.copy(_statement(table)) as copy:
        for row in rows:
            copy.write_row([bind(value) for bind, value in zip(to_target, row, strict=True)])


def _statement(table: Table) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)


def _to_target(target: Connection, table: Table) -> list[Callable[[Any], Any]]:
    """For each column, what makes of a value what the driver of the target takes."""
    types = [column.type.dialect_impl(target.dialect) for column in table.columns]
    return [kind.bind_processor(target.dialect) or _as_it_is for kind in types]


def _as_it_is(value: Any) -> Any:
    return value


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    return (said.splitlines() or [type(error).__name__])[0].rstrip(".")
