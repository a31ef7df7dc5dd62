"""Statements compiled once and given to the driver as they are: the one way past SQLAlchemy's execution of a statement.

Why it exists: sending a comment, and asking whether a kept page is still true, is what everybody does at once. There
SQLAlchemy's work on a statement (cache keys, events, result rows, a unit of work) takes several times as long as the
statement, and what is done while holding the write lock is done at everybody's expense.

What it costs to read: these statements know columns and plain values. They flush nothing and see nothing that a session
has not flushed; what they write is in no identity map. A row to be inserted is a dataclass of the columns that are
written. Whatever is asked less often than that, each matter, the public list of comments and the search uses a session.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Insert,
    LargeBinary,
    Table,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.compiler import SQLCompiler

from consult.postgresql import by_itself, forget_row, keep_plan, let_go_if_lost, plan_again, planned_once
from consult.traces import request_marks

Process = Callable[[Any], Any]
Read = Callable[[Sequence[Any]], Sequence[Any]]
Row = TypeVar("Row")

Executor = Session | Connection
"""What runs a statement inside its transaction: a session, or for many statements in a row its connection."""


@dataclass(frozen=True)
class _Compiled:
    """A statement as one kind of database takes it: `fixed` are the parameters whose value stands in the statement,
    `errors` is what its driver raises."""

    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]
    writers: tuple[tuple[int, Process], ...]
    readers: tuple[tuple[int, Process], ...]
    positional: bool
    errors: type[Exception]
    planned_once: bool

    def given(self, values: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them. Raises KeyError when one has no value."""
        fixed = self.fixed
        return self.written([values[name] if name not in fixed else fixed[name] for name in self.names])

    def written(self, ordered: list[Any]) -> Any:
        """The same for values in the order of `names`."""
        # Most of them need nothing but to be left alone.
        for place, write in self.writers:
            ordered[place] = write(ordered[place])
        return ordered if self.positional else dict(zip(self.names, ordered, strict=True))

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        """A row of the driver as Python has it."""
        if not self.readers:
            return row
        found = list(row)
        for place, read in self.readers:
            found[place] = read(found[place])
        return found

    def translated(self, error: Exception) -> BaseException:
        """The driver's error as SQLAlchemy's. Without parameters and row: what people wrote must not stand in a log."""
        forget_row(error)
        return cast(BaseException, DBAPIError.instance(self.text, None, error, self.errors, hide_parameters=True))


class CompiledStatement:
    """One statement of columns, compiled when it is first used on a kind of database."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self.columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def all(self, executor: Executor, **values: Any) -> Sequence[Sequence[Any]]:
        """Every row for the bound parameters named in `values`. Raises SQLAlchemy's DBAPIError."""
        rows, read = self.unread(executor, **values)
        return list(map(read, rows))

    def unread(self, executor: Executor, **values: Any) -> tuple[Sequence[Sequence[Any]], Read]:
        """Every row as the driver gives it, which is enough to see that two are the same, and what makes of one what
        Python has. Raises SQLAlchemy's DBAPIError."""
        compiled, cursor = self._run(executor, values)
        try:
            rows = cursor.fetchall()
        except compiled.errors as error:
            # SQLite reads a row when it is fetched.
            raise compiled.translated(error) from error
        finally:
            cursor.close()
        return rows, compiled.read

    def first(self, executor: Executor, **values: Any) -> Sequence[Any] | None:
        """The first row, None when there is none. Raises SQLAlchemy's DBAPIError."""
        return next(iter(self.all(executor, **values)), None)

    def execute(self, executor: Executor, **values: Any) -> None:
        """Runs a statement that gives no rows. Raises SQLAlchemy's DBAPIError."""
        self._run(executor, values)[1].close()

    def first_by_itself(self, engine: Engine, **values: Any) -> Sequence[Any] | None:
        """The first row as it is at the moment, in no transaction that outlives the statement. Raises DBAPIError."""
        compiled = self.on(engine.dialect)
        try:
            raw = engine.raw_connection()
        except compiled.errors as error:
            raise compiled.translated(error) from error
        try:
            request_marks.ran_statement()
            with by_itself(raw, engine.dialect) as cursor:
                cursor.execute(compiled.text, compiled.given(values))
                found = cursor.fetchone()
        except compiled.errors as error:
            # The connection may be one that the server has left: it must not come back out of the pool.
            raw.invalidate()
            raise compiled.translated(error) from error
        finally:
            raw.close()
        return None if found is None else compiled.read(found)

    def _run(self, executor: Executor, values: Mapping[str, Any]) -> tuple[_Compiled, DBAPICursor]:
        connection = connection_of(executor)
        compiled = self.on(connection.dialect)
        return compiled, _executed(connection, compiled, compiled.given(values))

    def on(self, dialect: Dialect) -> _Compiled:
        """The statement for this kind of database."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compile(self.statement, dialect, self.columns)
        return found


class CompiledInsert(Generic[Row]):
    """The insert of rows of one table, given as instances of `row_type`, a dataclass of the columns that are written.

    Raises TypeError when it is made, which is when its module is imported: for a field that is no column, and for a
    column that would be left out although it may not be empty or has a default, which only the session would fill in.
    """

    def __init__(self, model: type[DeclarativeBase], row_type: type[Row]) -> None:
        table = cast(Table, model.__table__)
        names = [field.name for field in fields(cast(Any, row_type))]
        needed = {one.key for one in table.columns if not one.nullable or one.default is not None}
        wrong = sorted((set(names) - set(table.columns.keys())) | (needed - set(names)))
        if wrong:
            raise TypeError(f"{row_type.__name__} does not fit the table {table.name}: {', '.join(wrong)}")
        self.statement = CompiledStatement(table.insert().inline(), names)
        self._values: dict[str, Callable[[Row], tuple[Any, ...]]] = {}

    def insert(self, executor: Executor, rows: Sequence[Row]) -> None:
        """Puts these rows into the transaction, in one statement. Raises SQLAlchemy's DBAPIError."""
        if not rows:
            return
        connection = connection_of(executor)
        compiled = self.statement.on(connection.dialect)
        values = self._values.get(connection.dialect.name)
        if values is None:
            values = self._values[connection.dialect.name] = attrgetter(*compiled.names)
        written = [compiled.written(list(values(row))) for row in rows]
        many = len(written) > 1
        _executed(connection, compiled, written if many else written[0], many).close()


def connection_of(executor: Executor) -> Connection:
    """The connection that runs the statements of a transaction."""
    return executor.connection() if isinstance(executor, Session) else executor


def _executed(connection: Connection, compiled: _Compiled, parameters: Any, many: bool = False) -> DBAPICursor:
    request_marks.ran_statement()
    cursor = connection.connection.cursor()
    try:
        (keep_plan if compiled.planned_once else plan_again)(connection)
        (cursor.executemany if many else cursor.execute)(compiled.text, parameters)
    except compiled.errors as error:
        cursor.close()
        let_go_if_lost(connection, error)
        raise compiled.translated(error) from error
    return cursor


def _compile(statement: ClauseElement, dialect: Dialect, columns: Sequence[str] | None) -> _Compiled:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=columns))
    given = [] if isinstance(statement, Insert) else list(getattr(statement, "exported_columns", ()))
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    names = tuple(compiled.positiontup or binds)
    # An insert is given every column that it names, those with a default too.
    fixed = {name: _fixed(bind, dialect) for name, bind in binds.items() if columns is None and not bind.required}
    writers = [None if name in fixed else _writer(binds[name], dialect) for name in names]
    return _Compiled(
        text=str(compiled),
        names=names,
        fixed=fixed,
        writers=_needed(writers),
        readers=_needed([_reader(column, dialect) for column in given]),
        positional=compiled.positiontup is not None,
        errors=cast(DefaultDialect, dialect).loaded_dbapi.Error,
        planned_once=planned_once(statement, dialect),
    )


def _needed(processes: Sequence[Process | None]) -> tuple[tuple[int, Process], ...]:
    return tuple((place, process) for place, process in enumerate(processes) if process is not None)


def _reader(column: ColumnElement[Any], dialect: Dialect) -> Process | None:
    if isinstance(column.type, LargeBinary):
        # Both drivers give bytes as they are.
        return None
    return cast(Process | None, column.type.dialect_impl(dialect).result_processor(dialect, None))


def _writer(bind: BindParameter[Any], dialect: Dialect) -> Process | None:
    return cast(Process | None, bind.type.dialect_impl(dialect).bind_processor(dialect))


def _fixed(bind: BindParameter[Any], dialect: Dialect) -> Any:
    write = _writer(bind, dialect)
    return bind.value if write is None else write(bind.value)
