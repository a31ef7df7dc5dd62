"""`python -m bench.exporting [COMMENTS]`: how fast public pages are read while the files of the table of a matter with
so many comments (10,000) are made beside the worker, as a share of how fast they are without: in turns, round after
round, on the same server and the same two cores. Once with pages that are kept, once with pages made for every reader.
Six rounds of a few seconds; nothing leaves the loopback. 1 when a share is below what is wanted."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.__main__ import NOTHING_KEPT
from bench.generators import Generators, Measured, generators, get
from bench.site import environment, served
from bench.tables import filled
from consult.consultations.matter import queries
from consult.db import Database
from consult.exports.generation import Order
from consult.exports.large_tables import LargeTableHandlers
from consult.exports.table_store import TableStore
from consult.outbox.program import NICE

COMMENTS, ROUNDS, SECONDS = 10_000, 3, 2.0
LEAST_SHARE = 0.7
WARM = 0.5
LONGEST_START = 60.0
LOOK = 0.05


def main() -> int:
    """Prints the shares; 1 when one is below what is wanted."""
    comments = int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        given, (url, slug) = environment(Path(name)), filled(Path(name), comments)
        order = _order(Path(name), url, slug)
        shares = {}
        for called, more in (("kept pages", {}), ("pages made each time", NOTHING_KEPT)):
            with served({**given, **more}) as port, generators(port) as load:
                shares[called] = _measured(load, slug, order)
    print(f"Reads while a table of {comments} comments is made beside them (nice {NICE}, {os.cpu_count()} cores)")
    for called, (alone, beside, share) in shares.items():
        print(f"{called:22} {alone:7.0f} a second alone, {beside:7.0f} meanwhile: {100 * share:.0f} %")
    return 1 if any(share < LEAST_SHARE for _alone, _beside, share in shares.values()) else 0


def _order(folder: Path, url: str, slug: str) -> Order:
    database = Database(url, folder)
    with database.session() as session:
        matter_id = queries.by_slug(session, slug).id
    database.engine.dispose()
    return Order(matter_id, datetime.now(UTC), url, folder, TableStore(folder / "bench-tables", 1024), "")


def _measured(load: Generators, slug: str, order: Order) -> tuple[float, float, float]:
    """Answers a second without and with the program, and the middle one of the rounds' shares."""
    start = f"/lay-y-kien/{slug}"
    requests = [get(f"{start}/{page}") for page in ("", "du-thao/1/", "y-kien/", "y-kien/1/", "tong-hop/")]
    alone, beside, shares = Measured(), Measured(), []
    for _ in range(ROUNDS):
        load.repeat(Measured(), requests, WARM)
        without = _rate(load, requests, alone)
        with _made_beside(order):
            shares.append(_rate(load, requests, beside) / without)
    return alone.rate, beside.rate, statistics.median(shares)


def _rate(load: Generators, requests: Sequence[str], measured: Measured) -> float:
    load.repeat(measured, requests, SECONDS)
    return measured.rates[-1]


@contextmanager
def _made_beside(order: Order) -> Iterator[None]:
    """The program that the worker starts, once it has begun to make files; ended with the block."""
    order.tables.discard(order.consultation_id)
    making = LargeTableHandlers(order.tables, order.lock_folder)
    making.begin(order)
    assert making.program is not None
    try:
        _wait_until_begun(making.program, order)
        yield
        if making.program.poll() is not None:
            raise RuntimeError("the program ended before the round was over: more comments are wanted")
    finally:
        making.close()


def _wait_until_begun(program: subprocess.Popen[str], order: Order) -> None:
    until = time.monotonic() + LONGEST_START
    while order.tables.done(order.consultation_id) is None:
        if program.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the program has not begun; what it said stands above")
        time.sleep(LOOK)


if __name__ == "__main__":
    sys.exit(main())
