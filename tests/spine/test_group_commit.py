"""Threads that share a transaction: one that fails takes nobody with it, and what failed for all is told to all."""

import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

import pytest

from consult.group_commit import Gathering, Take
from consult.writer_queue import Patience

LONG = 60
"""Seconds after which a test is stuck."""


class Transaction:
    """Work as it is done to a database: all of the pieces or none. `wrong` ones break it, as does `trouble` that is
    nobody's; the first time it waits until all are in the queue."""

    def __init__(self, wrong: Sequence[str] = (), trouble: BaseException | None = None) -> None:
        self.wrong, self.trouble = wrong, trouble
        self.kept: list[str] = []
        self.tried: list[list[str]] = []
        self.guard = threading.Lock()
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, take: Take[str]) -> None:
        self.begun.set()
        self.go.wait(LONG)
        if self.trouble is not None and not self.tried:
            trouble, self.trouble = self.trouble, None
            raise trouble
        pieces = list(take())
        with self.guard:
            self.tried.append(pieces)
        for piece in pieces:
            if piece in self.wrong:
                raise ValueError(piece)
        with self.guard:
            self.kept += pieces


class Queue(deque[Any]):
    """The queue of pieces, which tells of each that comes."""

    def __init__(self) -> None:
        super().__init__()
        self.come = threading.Semaphore(0)

    def append(self, piece: Any) -> None:
        super().append(piece)
        self.come.release()


def together(transaction: Transaction, pieces: Sequence[str]) -> dict[str, object]:
    """What became of each piece, all sent before the first is done: `done`, or the error."""
    gathering: Gathering[str] = Gathering(Patience(2 * len(pieces)))
    gathering.queue = queue = Queue()
    told: dict[str, object] = {}

    def send(piece: str) -> None:
        try:
            gathering.do(piece, transaction)
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
    transaction = Transaction()
    assert set(together(transaction, PIECES).values()) == {"done"}
    assert len(transaction.tried) == 1 and sorted(transaction.kept) == sorted(PIECES)


@pytest.mark.parametrize("wrong", PIECES)
def test_one_that_fails_takes_nobody_with_it(wrong: str) -> None:
    """Each is tried alone then, once: the wrong one is told its own error, and nothing is recorded twice."""
    transaction = Transaction([wrong])
    told = together(transaction, PIECES)
    assert isinstance(told[wrong], ValueError) and str(told[wrong]) == wrong
    assert {told[piece] for piece in PIECES if piece != wrong} == {"done"}
    assert sorted(transaction.kept) == sorted(set(PIECES) - {wrong})
    assert sorted(map(len, transaction.tried)) == [1, 1, 1, 1, 4]


def test_a_failure_that_is_nobodys_is_told_to_who_met_it_and_the_others_try_for_themselves() -> None:
    """A database that does not let the transaction begin: nothing was taken, and nobody waits for ever."""
    transaction = Transaction(trouble=OSError("no room"))
    told = together(transaction, PIECES)
    failed = [piece for piece, became in told.items() if became != "done"]
    assert len(failed) == 1 and isinstance(told[failed[0]], OSError)
    assert sorted(transaction.kept) == sorted(set(PIECES) - set(failed))


def test_who_is_ended_is_not_tried_again() -> None:
    """A process that is told to end does not begin anew, while the others' pieces are still to be done."""

    class Ended(Transaction):
        def __call__(self, take: Take[str]) -> None:
            super().__call__(take)
            if len(self.tried) == 1:
                self.kept.clear()
                raise KeyboardInterrupt

    transaction = Ended()
    told = together(transaction, PIECES)
    ended = [piece for piece, became in told.items() if became != "done"]
    assert len(ended) == 1 and isinstance(told[ended[0]], KeyboardInterrupt)
    assert sorted(transaction.kept) == sorted(set(PIECES) - set(ended))


def test_one_alone_that_fails_is_tried_once() -> None:
    transaction = Transaction(["one"])
    assert isinstance(together(transaction, ["one"])["one"], ValueError)
    assert transaction.tried == [["one"]]
