"""Group commit: threads that want to write the same kind of thing at the same time share one transaction.

A transaction waits for the disk once, however much is in it: when many send at once, one wait serves them all.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from consult.errors import Unavailable
from consult.writer_queue import Wait, WriterQueue

Transaction = TypeVar("Transaction")
Item = TypeVar("Item")
Act = Callable[[], None]


@dataclass(eq=False)
class _Queued(Generic[Item]):
    """An item in the queue. After a batch that failed, perhaps for another's sake, it is to be committed `alone`;
    `after` is what is still to be done once it is committed;
    `settled` is set once it is known which of the two became of it."""

    item: Item
    after: Sequence[Act] = ()
    committed: bool = False
    alone: bool = False
    settled: threading.Event = field(default_factory=threading.Event)


class GroupCommit(Generic[Transaction, Item]):
    """The items of one process's threads that may share a transaction.

    `begin` gives a transaction that waits for the write lock when it is entered and commits when it is left;
    `write_batch` writes items inside it, all or none. Both are called by the one thread that has the `turn`.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[Transaction]],
        write_batch: Callable[[Transaction, Sequence[Item]], None],
        writers: WriterQueue | None = None,
        take_over: Callable[[Transaction], Sequence[Act]] | None = None,
    ) -> None:
        self.begin = begin
        self.write_batch = write_batch
        self.writers = writers or WriterQueue()
        self.take_over = take_over
        self.turn = threading.Lock()
        self.queue: deque[_Queued[Item]] = deque()
        self.guard = threading.Lock()

    def submit(self, item: Item) -> None:
        """Returns when `item` is committed, together with others or by another thread, and what is to follow was done.

        Whoever has the turn commits the batch: everything that is queued by then. When a batch of several fails, each
        of them is committed alone, so that one that cannot be written fails alone, and a failure that is nobody's
        (a full disk) reaches everybody as what it is. Raises what writing this item alone raises, what keeps the
        transaction from beginning, and Unavailable("busy") when the turn did not come: then it is not committed.
        """
        mine = _Queued(item)
        self._submit(mine)
        # While the next batch is committed: whatever waits for a disk here waits beside it.
        for act in mine.after:
            act()

    def _submit(self, mine: _Queued[Item]) -> None:
        with self.writers.waiting() as wait:
            with self.guard:
                self.queue.append(mine)
            if self._committed_while_waiting(mine, wait):
                return
            try:
                if not mine.committed and (mine.alone or not self._commit_batch(mine)):
                    self._commit_alone(mine.item)
            finally:
                self.turn.release()

    def _committed_while_waiting(self, mine: _Queued[Item], wait: Wait) -> bool:
        """Acquires the turn, and gives False; or gives up. An item that another thread has taken into its batch by then
        is refused only if that batch failed: never is anything both refused and committed."""
        try:
            wait.take(self.turn)
        except Unavailable:
            if not self._take_back(mine):
                mine.settled.wait()
            if not mine.committed:
                raise
            return True
        return False

    def _commit_alone(self, item: Item) -> None:
        with self.begin() as transaction:
            self.write_batch(transaction, [item])

    def _commit_batch(self, mine: _Queued[Item]) -> bool:
        """Commits everything that is queued; False when that failed for several, and each is to be tried alone."""
        batch: list[_Queued[Item]] = []
        after: Sequence[Act] = ()
        try:
            with self.begin() as transaction:
                # Only now: whoever came while this thread waited for the write lock is in the batch too.
                batch = self._take_all()
                self.write_batch(transaction, [one.item for one in batch])
                after = self.take_over(transaction) if self.take_over is not None else ()
        except BaseException as error:
            self._settle(batch, alone=True)
            # No batch: the transaction could not begin, and the others are to see for themselves.
            self._take_back(mine)
            if len(batch) <= 1 or not isinstance(error, Exception):
                raise
            return False
        self._settle(batch, committed=True, after=after)
        return mine.committed

    def _take_all(self) -> list[_Queued[Item]]:
        """Takes everything out of the queue."""
        with self.guard:
            batch = list(self.queue)
            self.queue.clear()
        return batch

    def _take_back(self, mine: _Queued[Item]) -> bool:
        """Whether an item still was in the queue, from which it is gone now."""
        with self.guard:
            if mine not in self.queue:
                return False
            self.queue.remove(mine)
            return True

    @staticmethod
    def _settle(
        batch: Sequence[_Queued[Item]], committed: bool = False, alone: bool = False, after: Sequence[Act] = ()
    ) -> None:
        for one in batch:
            one.committed, one.alone, one.after = committed, alone, after
            one.settled.set()
