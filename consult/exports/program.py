"""`python -m consult.exports.program`: makes the files of one large table beside the worker, which goes on with mail
and index meanwhile. Pages and mail go before it. It ends with the worker that started it.
"""

import os
import sys
import threading
import time
from typing import Any

from consult.db import Database
from consult.exports.generation import Order, make

NICE = 5


def main() -> None:
    """Reads its order from the standard input, which stays open for as long as whoever gave it lives."""
    os.nice(NICE)
    order = Order.heard(sys.stdin.readline())
    threading.Thread(target=_end_with, args=(sys.stdin,), daemon=True).start()
    carry_out(order)


def carry_out(order: Order) -> None:
    """Makes what is ordered, on a database of its own."""
    database = Database(order.database_url, order.lock_folder)
    with database.session() as session:
        make(session, order, time.monotonic)
    database.engine.dispose()


def _end_with(given: Any) -> None:
    given.read()
    os._exit(1)


if __name__ == "__main__":
    main()
