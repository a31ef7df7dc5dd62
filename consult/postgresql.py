"""What PostgreSQL needs of us: an end to every wait, how it plans what pages ask and which plans it keeps, and that its
errors tell no row."""

import select
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, ExceptionContext, event
from sqlalchemy.exc import InvalidatePoolError

from consult.writer_queue import LONGEST, STANDSTILL, Wait, WriterQueue

WAITS = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
         "tcp_user_timeout": 30_000}  # fmt: skip
"""How long libpq waits for a server that is not there any more, in seconds (the last in milliseconds): a machine that
fell out says nothing, and the system itself would wait for a quarter of an hour."""
UNTRIED = 5.0
"""Seconds for which a connection that was in use is taken to be there as long as nothing comes on it: a server that
ended it, or was itself ended, says so at once, and only a machine that fell out says nothing."""
USED = "used"
"""Where a connection's record keeps when it was last given back."""
PLANNED = "SET jit TO off; SET random_page_cost TO 1.1; SET plan_cache_mode TO force_custom_plan"
"""How a connection has its statements planned. Compiling takes seconds where a page takes a tenth of one. A row taken
through an index costs what the next one of the table costs, or a little more: what pages read lies in memory or on a
disk without moving parts, and by PostgreSQL's own 4 it reads 20,000 comments whole to show 50 of them. And what is
prepared is planned for the matter that is asked for: a plan for any would be one for a matter of a few comments."""
PREPARED_AFTER, MOST_PREPARED = 2, 300
"""A connection has the server prepare a statement that comes again, and keeps so many: a page of ours sends up to
sixty, and each takes some 70 kB of the server's memory, in every connection."""
KEPT = "plan kept"
"""Where a connection notes that the transaction under way keeps plans."""
PLANNED_ONCE = {"consult_planned_once": True}
"""The execution option of a statement that is to keep its plan once it is prepared: to plan one of twenty tables takes
ten times as long as to carry it out. Only for a statement whose one good plan is to take a few rows first and to look
up everything else by their keys, however large the matter is."""


def waits(url: URL) -> dict[str, int]:
    """Those of WAITS that the address of the database does not set itself."""
    return {name: value for name, value in WAITS.items() if name not in url.query}


class WriteLock:
    """PostgreSQL itself lets writers wait for each other; here it is only told for how long.

    A thread beyond the few that may wait (`consult.writer_queue`) waits no longer than a standstill may last.
    """

    def __init__(self, engine: Engine, writers: WriterQueue) -> None:
        self.writers = writers
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", self._begin)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Waits for nothing, and counts who writes in the block among the waiting: they may be."""
        with self.writers.waiting() as wait:
            yield
            wait.moved = True

    def _begin(self, connection: Connection) -> None:
        wait: Wait | None = getattr(self.writers.own, "wait", None)
        if wait is not None and not wait.patient:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {STANDSTILL * 1000:.0f}")


def prepare(engine: Engine) -> None:
    """Has every connection of `engine` plan its statements as pages need it, and once; its errors tell no row."""
    event.listen(engine, "connect", _answering_at_once)
    event.listen(engine, "checkout", partial(_try, engine.dialect))
    event.listen(engine, "begin", _begun)
    event.listen(engine, "before_cursor_execute", _before)
    event.listen(engine, "rollback", _keep_prepared)
    event.listen(engine, "reset", _keep_prepared_at_return)
    event.listen(engine, "handle_error", _without_rows)


def forget_row(error: BaseException) -> None:
    """Takes out of an error what the server adds to it: the row that failed, which is what people wrote."""
    error.args = tuple(arg.partition("\nDETAIL:")[0] if isinstance(arg, str) else arg for arg in error.args)


def let_go_if_lost(connection: Connection, error: Any) -> None:
    """Lets go of a connection that the server has left, as SQLAlchemy does where it runs the statement: otherwise what
    ends the transaction, and that is whoever tells of the failure, would fail once more."""
    if connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None):
        connection.invalidate(error)


def _without_rows(failed: ExceptionContext) -> None:
    for error in (failed.original_exception, failed.sqlalchemy_exception):
        if error is not None:
            forget_row(error)


def _try(dialect: Dialect, raw: Any, record: Any, _fairy: Any) -> None:
    """Asks the server of a connection whether it is there, unless that is known: asking costs as much as a statement,
    and a page takes two connections. Raises InvalidatePoolError when it is not."""
    if monotonic() - record.info[USED] < UNTRIED and not _spoken_on(raw):
        return
    try:
        dialect.do_ping(raw)
    except raw.Error as error:
        raise InvalidatePoolError from error


def _spoken_on(raw: Any) -> bool:
    """Whether anything has come on a connection that asks nothing; what it is stays to be read."""
    waiting = select.poll()
    waiting.register(raw.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


@contextmanager
def by_itself(raw: Any, dialect: Dialect) -> Iterator[Any]:
    """A cursor for one statement on a connection past SQLAlchemy. PostgreSQL begins no transaction for it, nor ends
    any: two round trips less."""
    if dialect.name != "postgresql":
        with closing(raw.cursor()) as cursor:
            yield cursor
        return
    driver = raw.dbapi_connection
    driver.autocommit = True
    try:
        with closing(raw.cursor()) as cursor:
            yield cursor
    finally:
        # One on which something else is under way, or nothing any more, does not come back out of the pool.
        if driver.info.transaction_status.name == "IDLE":
            driver.autocommit = False


def _answering_at_once(raw: Any, record: Any) -> None:
    record.info[USED] = monotonic()
    raw.prepare_threshold, raw.prepared_max = PREPARED_AFTER, MOST_PREPARED
    raw.execute(PLANNED)
    raw.commit()


def planned_once(statement: Any, dialect: Dialect) -> bool:
    """Whether a statement is PLANNED_ONCE on this kind of database."""
    return dialect.name == "postgresql" and PLANNED_ONCE.keys() <= statement.get_execution_options().keys()


def keep_plan(connection: Connection) -> None:
    """Has what is next keep its plan, until the transaction ends or `plan_again`: after a failure it ends."""
    if not connection.info.get(KEPT):
        connection.info[KEPT] = True
        connection.connection.cursor().execute("SET LOCAL plan_cache_mode TO force_generic_plan")


def plan_again(connection: Connection) -> None:
    """Has what is next be planned for what it is asked, where a statement before it kept its plan. Only here: most such
    statements are the last of a page, and to take back at once what ends with the page costs a round trip."""
    if connection.info.pop(KEPT, False):
        connection.connection.cursor().execute("SET LOCAL plan_cache_mode TO force_custom_plan")


def _begun(connection: Connection) -> None:
    connection.info.pop(KEPT, None)


def _before(connection: Connection, _cursor: Any, _statement: str, _given: Any, context: Any, _many: bool) -> None:
    if PLANNED_ONCE.keys() <= context.execution_options.keys():
        keep_plan(connection)
    else:
        plan_again(connection)


def _keep_prepared(connection: Connection) -> None:
    # One that the server has left has nothing to be rolled back.
    if not connection.invalidated:
        _roll_back(connection.connection.dbapi_connection)


def _keep_prepared_at_return(raw: Any, record: Any, _state: Any) -> None:
    _roll_back(raw)
    record.info[USED] = monotonic()


def _roll_back(raw: Any) -> None:
    """Rolls back a transaction in which nothing failed, past the driver, which does it next and finds none open.

    The driver gives up whatever it had prepared whenever it rolls back, in case tables were made in the transaction;
    and reading ends in nothing else. After a failure it shall: a table may have changed since.
    """
    if raw.info.transaction_status.name == "INTRANS":
        raw.pgconn.exec_(b"ROLLBACK")


def _connected(raw: Any, _record: Any) -> None:
    raw.execute(f"SET lock_timeout = {LONGEST * 1000:.0f}")
    raw.commit()
