"""The processor that a page takes of everybody who works on it: this process, and PostgreSQL's processes for it."""

import time
from pathlib import Path

from sqlalchemy import Engine, text

from bench.processes import TICKS, beneath, processor_seconds

NANOSECONDS = 1_000_000_000
ASIDE = ("checkpointer", "writer", "launcher")
"""What PostgreSQL does beside, whoever asked for what: by the titles of those processes."""


class Processor:
    """Tells the seconds of processor that this process and the server of its database took so far."""

    def __init__(self, engine: Engine) -> None:
        self.server = 0
        if engine.dialect.name == "postgresql":
            with engine.connect() as connection:
                own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            self.server = int(Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()[1])

    def seconds(self) -> float:
        """Those so far. What helped a query of PostgreSQL and is gone counts in hundredths of a second."""
        own = time.process_time()
        if self.server:
            asked = (pid for pid in beneath(self.server) if not _is_aside(pid))
            own += sum((_so_far(pid) for pid in asked), start=_of_those_gone(self.server))
        return own


def _is_aside(pid: int) -> bool:
    try:
        title = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return True
    return any(one in title for one in ASIDE)


def _so_far(pid: int) -> float:
    """Of one process. The clock of `processor_seconds` is too coarse for a page."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / NANOSECONDS
    except OSError:
        return processor_seconds(pid)


def _of_those_gone(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS
