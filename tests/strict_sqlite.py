"""SQLite refuses in the tests what PostgreSQL refuses: numbers too large for their column and NUL characters.

Most pages are tried on SQLite alone, which takes any value in any column: one that is wrong on PostgreSQL alone would
pass them all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Engine, event
from sqlalchemy.exc import DataError

NUL = "\0"
LARGEST, LARGEST_BIG = 2**31 - 1, 2**63 - 1


def refuse_what_postgresql_refuses() -> None:
    """From now on every statement of this process is looked at, on whichever engine of SQLite. What it refuses raises
    DataError."""
    if not event.contains(Engine, "before_cursor_execute", _look):
        event.listen(Engine, "before_cursor_execute", _look)


def _look(_connection: Any, _cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    if context is None or context.dialect.name != "sqlite":
        return
    # Rows inserted together are one statement with the values of all of them.
    of_many = many and all(isinstance(row, tuple | list | Mapping) for row in parameters)
    if any(_perhaps(row) for row in (parameters if of_many else [parameters])):
        _refuse(statement, context)


def _perhaps(values: Iterable[Any] | Mapping[str, Any] | None) -> bool:
    """Whether any value may be too much, whatever its column; most statements end here."""
    looked_at = values.values() if isinstance(values, Mapping) else values or ()
    return any(
        (type(value) is int and not -LARGEST <= value <= LARGEST) or (type(value) is str and NUL in value)
        for value in looked_at
    )


def _refuse(statement: str, context: Any) -> None:
    binds = context.compiled.binds if context.compiled is not None else {}
    for values in context.compiled_parameters:
        for name, value in values.items():
            if type(value) is str and NUL in value:
                raise DataError(statement, {name: value}, ValueError("NUL in text"))
            if type(value) is int and abs(value) > _most(binds, name):
                raise DataError(statement, {name: value}, ValueError("integer out of range"))


def _most(binds: Mapping[str, Any], name: str) -> int:
    """The largest number for a parameter; one of a list is named as the list, with its place behind."""
    bind = binds.get(name, binds.get(name.rpartition("_")[0]))
    return LARGEST if bind is not None and not isinstance(bind.type, BigInteger) else LARGEST_BIG
