"""Statements compiled once and given to the driver as they are, inside the transaction of a session.

For the few paths that everybody waits for: there SQLAlchemy's own work on a statement takes several times as long as
the statement, and what is done while holding the writers' queue is done at everybody's expense.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ClauseElement, Connection, Dialect, Insert, Table, insert
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from consult.postgresql import forget_row

Process = Callable[[Any], Any] | None

Row = TypeVar("Row")

Where = Session | Connection
"""A session, or for several statements in a row its connection, asked for once."""


@dataclass(frozen=True)
class _Form:
    """A statement as one kind of database takes it. A writer that is not asked for a value is the value itself, which
    stands in the statement."""

    text: str
    positional: bool
    writers: Sequence[tuple[str, Any, bool]]
    readers: Sequence[Process]

    @property
    def names(self) -> list[str]:
        """The names of the parameters."""
        return [name for name, _write, _required in self.writers]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """These values as the driver takes them."""
        # A form has dozens of values, and what most of them need is to be left alone.
        written = [
            (values[name] if write is None else write(values[name])) if required else write
            for name, write, required in self.writers
        ]
        return written if self.positional else dict(zip(self.names, written, strict=True))

    def read(self, row: Sequence[Any]) -> list[Any]:
        """A row of the driver as Python has it."""
        return [value if read is None else read(value) for read, value in zip(self.readers, row, strict=True)]


class Prepared:
    """One statement of columns, not of entities. It does not flush: what the session holds back is not seen."""

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement
        self.forms: dict[str, _Form] = {}

    def all(self, where: Where, **values: Any) -> list[list[Any]]:
        """Every row for the bound parameters named in `values`. Raises SQLAlchemy's DBAPIError."""
        connection, form = self._ready(where)
        cursor = _executed(connection, form.text, form.parameters(values))
        found = [form.read(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def first(self, where: Where, **values: Any) -> list[Any] | None:
        """The first row, None when there is none. Raises SQLAlchemy's DBAPIError."""
        found = self.all(where, **values)
        return found[0] if found else None

    def run(self, where: Where, rows: Sequence[Mapping[str, Any]]) -> None:
        """Executes it once for each of these mappings. Raises SQLAlchemy's DBAPIError."""
        connection, form = self._ready(where)
        written = [form.parameters(values) for values in rows]
        if len(written) == 1:
            _executed(connection, form.text, written[0]).close()
        elif written:
            _executed(connection, form.text, written, many=True).close()

    def _ready(self, where: Where) -> tuple[Connection, _Form]:
        connection = where.connection() if isinstance(where, Session) else where
        form = self.forms.get(connection.dialect.name)
        if form is None:
            form = self.forms[connection.dialect.name] = _form_of(self.statement, connection.dialect)
        return connection, form


class PreparedInsert(Prepared):
    """The insert of whole rows of one table; a column that a row does not name gets its default, or nothing."""

    def __init__(self, table: Table) -> None:
        super().__init__(insert(table).inline())
        self.defaults = [(column.key, column.default) for column in table.columns if column.default is not None]
        self.empty = dict.fromkeys(table.columns.keys())

    def put(self, where: Where, rows: Sequence[Mapping[str, Any]]) -> None:
        """Puts these rows into the transaction. Raises SQLAlchemy's DBAPIError."""
        self.run(where, [self._whole(row) for row in rows])

    def _whole(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        made = {name: _made(default) for name, default in self.defaults if name not in row}
        return {**self.empty, **row, **made}


def unkept(table: type[Row], **values: Any) -> Row:
    """Something with the columns of a row of `table`, for `PreparedInsert`: no session will ever know it, and what an
    entity notes about each of its attributes would take longer than storing it."""
    return cast(Row, SimpleNamespace(table=table, **values))


def _executed(connection: Connection, text: str, parameters: Any, many: bool = False) -> DBAPICursor:
    cursor = connection.connection.cursor()
    wrong = cast(DefaultDialect, connection.dialect).loaded_dbapi.Error
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
    except wrong as error:
        cursor.close()
        # Without parameters and row: what people wrote must not stand in a log of errors.
        forget_row(error)
        raise cast(BaseException, DBAPIError.instance(text, None, error, wrong, hide_parameters=True)) from error
    return cursor


def _made(default: Any) -> Any:
    if default is None:
        return None
    return default.arg if default.is_scalar else default.arg(None)


def _form_of(statement: ClauseElement, dialect: Dialect) -> _Form:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect))
    columns = [] if isinstance(statement, Insert) else list(getattr(statement, "exported_columns", ()))
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    return _Form(
        text=str(compiled),
        positional=compiled.positiontup is not None,
        writers=[_writer(name, binds[name], dialect) for name in compiled.positiontup or binds],
        readers=[column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns],
    )


def _writer(name: str, bind: BindParameter[Any], dialect: Dialect) -> tuple[str, Any, bool]:
    write = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return name, write, True
    return name, bind.value if write is None else write(bind.value), False
