"""Threads that share a transaction: one that fails takes nobody with it, and what failed for all is told to all."""

import errno
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from consult.group_commit import GroupCommit
from consult.writer_queue import WriterQueue

LONG = 60
"""Seconds after which a test is stuck."""


class Transactions:
    """Transactions as on a database: all of the items or none. `wrong` ones break one, as does `trouble` that is
    nobody's; the first waits until all are in the queue."""

    def __init__(self, wrong: Sequence[str] = (), trouble: BaseException | None = None) -> None:
        self.wrong, self.trouble = wrong, trouble
        self.kept: list[str] = []
        self.tried: list[list[str]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    @contextmanager
    def begin(self) -> Iterator[list[str]]:
        """A transaction, and what is written in it."""
        self.begun.set()
        self.go.wait(LONG)
        if self.trouble is not None and not self.tried:
            trouble, self.trouble = self.trouble, None
            raise trouble
        written: list[str] = []
        yield written
        self.kept += written

    def write(self, written: list[str], items: Sequence[str]) -> None:
        """Writes items."""
        self.tried.append(list(items))
        for item in items:
            if item in self.wrong:
                raise ValueError(item)
        written += items


class Queue(deque[Any]):
    """The queue of pieces, which tells of each that comes."""

    def __init__(self) -> None:
        super().__init__()
        self.come = threading.Semaphore(0)

    def append(self, piece: Any) -> None:
        super().append(piece)
        self.come.release()


def together(transaction: Transactions, pieces: Sequence[str]) -> dict[str, object]:
    """What became of each piece, all sent before the first is done: `done`, or the error."""
    group = GroupCommit(transaction.begin, transaction.write, WriterQueue(2 * len(pieces)))
    group.queue = queue = Queue()
    told: dict[str, object] = {}

    def send(piece: str) -> None:
        try:
            group.submit(piece)
            told[piece] = "done"
        except BaseException as error:
            told[piece] = error

    threads = [threading.Thread(target=send, args=(piece,)) for piece in pieces]
    threads[0].start()
    assert transaction.begun.wait(LONG)
    for thread in threads[1:]:
        thread.start()
    for _piece in pieces:
        assert queue.come.acquire(timeout=LONG)
    transaction.go.set()
    for thread in threads:
        thread.join(LONG)
    return told


PIECES = ("one", "two", "three", "four")


def test_all_share_one_transaction() -> None:
    transaction = Transactions()
    assert set(together(transaction, PIECES).values()) == {"done"}
    assert len(transaction.tried) == 1 and sorted(transaction.kept) == sorted(PIECES)


@pytest.mark.parametrize("wrong", PIECES)
def test_one_that_fails_takes_nobody_with_it(wrong: str) -> None:
    """Each is tried alone then, once: the wrong one is told its own error, and nothing is recorded twice."""
    transaction = Transactions([wrong])
    told = together(transaction, PIECES)
    assert isinstance(told[wrong], ValueError) and str(told[wrong]) == wrong
    assert {told[piece] for piece in PIECES if piece != wrong} == {"done"}
    assert sorted(transaction.kept) == sorted(set(PIECES) - {wrong})
    assert sorted(map(len, transaction.tried)) == [1, 1, 1, 1, 4]


def test_a_failure_that_is_nobodys_is_told_to_who_met_it_and_the_others_try_for_themselves() -> None:
    """A database that does not let the transaction begin: nothing was taken, and nobody waits for ever."""
    transaction = Transactions(trouble=OSError("no room"))
    told = together(transaction, PIECES)
    failed = [piece for piece, became in told.items() if became != "done"]
    assert len(failed) == 1 and isinstance(told[failed[0]], OSError)
    assert sorted(transaction.kept) == sorted(set(PIECES) - set(failed))


def test_who_is_ended_is_not_tried_again() -> None:
    """A process that is told to end does not begin anew, while the others' pieces are still to be done."""

    class Ended(Transactions):
        def write(self, written: list[str], items: Sequence[str]) -> None:
            super().write(written, items)
            if len(self.tried) == 1:
                raise KeyboardInterrupt

    transaction = Ended()
    told = together(transaction, PIECES)
    ended = [piece for piece, became in told.items() if became != "done"]
    assert len(ended) == 1 and isinstance(told[ended[0]], KeyboardInterrupt)
    assert sorted(transaction.kept) == sorted(set(PIECES) - set(ended))


def test_one_alone_that_fails_is_tried_once() -> None:
    transaction = Transactions(["one"])
    assert isinstance(together(transaction, ["one"])["one"], ValueError)
    assert transaction.tried == [["one"]]


def test_a_commit_that_fails_for_all_is_told_to_all() -> None:
    """What is written and cannot be committed is no item's fault: each is tried alone, and hears the same."""

    class Full(Transactions):
        @contextmanager
        def begin(self) -> Iterator[list[str]]:
            with super().begin():
                yield []
                raise OSError(errno.ENOSPC, "no room")

    transaction = Full()
    told = together(transaction, PIECES)
    assert {repr(became) for became in told.values()} == {repr(OSError(errno.ENOSPC, "no room"))}
    assert sorted(map(len, transaction.tried)) == [1, 1, 1, 1, 4] and not transaction.kept


def test_a_batch_is_taken_when_the_transaction_has_begun() -> None:
    """Whoever comes while the first waits for the write lock is in its batch: `begin` is entered before it is taken."""
    transaction = Transactions()
    together(transaction, PIECES)
    assert [sorted(batch) for batch in transaction.tried] == [sorted(PIECES)]
