"""The door of a program beside the worker, which goes on with mail and index meanwhile. Pages and mail go before it. It
ends with the worker that started it."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from consult.db import Database

NICE = 5


def order() -> str:
    """The order from the standard input, which stays open for as long as whoever gave it lives."""
    os.nice(NICE)
    line = sys.stdin.readline()
    threading.Thread(target=_end_with, args=(sys.stdin,), daemon=True).start()
    return line


def on(database_url: str, lock_folder: Path, make: Callable[[Session], object]) -> None:
    """Makes something on a database of its own."""
    database = Database(database_url, lock_folder)
    with database.session() as session:
        make(session)
    database.engine.dispose()


def _end_with(given: Any) -> None:
    given.read()
    os._exit(1)
