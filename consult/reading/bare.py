"""One compiled statement on a bare connection: what stands before every kept page must cost almost nothing.

A session, a transaction of its own and row objects would take several times as long as the statement itself.
"""

from enum import Enum
from typing import Any

from sqlalchemy import Engine, Select
from sqlalchemy.exc import OperationalError


class BareStatement:
    """A statement compiled once for the kind of database behind `engine`; it reads at most one row, outside any
    transaction that outlives it."""

    def __init__(self, engine: Engine, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=engine.dialect)
        self.engine = engine
        self.text = str(compiled)
        self.fixed = {
            name: value.value if isinstance(value, Enum) else value for name, value in compiled.params.items()
        }
        self.order = compiled.positiontup
        self.readers = [
            column.type.dialect_impl(engine.dialect).result_processor(engine.dialect, None)
            for column in statement.selected_columns
        ]

    def row(self, **values: Any) -> list[Any] | None:
        """The first row, its columns as Python has them; None when there is none. Raises SQLAlchemyError."""
        given = self.fixed | values
        wrong = self.engine.dialect.loaded_dbapi.Error
        try:
            connection = self.engine.raw_connection()
        except wrong as error:
            raise OperationalError(self.text, None, error) from error
        try:
            cursor = connection.cursor()
            cursor.execute(self.text, given if self.order is None else [given[name] for name in self.order])
            found = cursor.fetchone()
            cursor.close()
        except wrong as error:
            # The connection may be one that the server has left: it must not come back out of the pool.
            connection.invalidate()
            raise OperationalError(self.text, None, error) from error
        finally:
            connection.close()
        if found is None:
            return None
        return [value if read is None else read(value) for read, value in zip(self.readers, found, strict=True)]
