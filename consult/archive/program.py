"""`python -m consult.archive.program`: makes the archive of one matter beside the worker."""

import time
from functools import partial

from consult.archive.generation import Order, make
from consult.outbox import program


def carry_out(order: Order) -> None:
    """Makes what is ordered, on a database of its own."""
    program.on(order.database_url, order.lock_folder, partial(make, order=order, seconds=time.monotonic))


if __name__ == "__main__":
    carry_out(Order.heard(program.order()))
