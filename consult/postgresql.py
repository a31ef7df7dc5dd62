"""What PostgreSQL needs of us: an end to every wait for what another transaction holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, event

from consult.writer_queue import LONGEST, STANDSTILL, Wait, WriterQueue

WAITS = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
         "tcp_user_timeout": 30_000}  # fmt: skip
"""How long libpq waits for a server that is not there any more, in seconds (the last in milliseconds): a machine that
fell out says nothing, and the system itself would wait for a quarter of an hour."""


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
    """Has every connection of `engine` answer at once: PostgreSQL would compile what it takes for expensive, for
    seconds, to answer in a tenth of one."""
    event.listen(engine, "connect", _without_compiling)
    event.listen(engine, "handle_error", _without_rows)


def forget_row(error: BaseException) -> None:
    """Takes out of an error what the server adds to it: the row that failed, which is what people wrote."""
    error.args = tuple(arg.partition("\nDETAIL:")[0] if isinstance(arg, str) else arg for arg in error.args)


def _without_rows(failed: ExceptionContext) -> None:
    for error in (failed.original_exception, failed.sqlalchemy_exception):
        if error is not None:
            forget_row(error)


def _without_compiling(raw: Any, _record: Any) -> None:
    raw.execute("SET jit TO off")
    raw.commit()


def _connected(raw: Any, _record: Any) -> None:
    raw.execute(f"SET lock_timeout = {LONGEST * 1000:.0f}")
    raw.commit()
