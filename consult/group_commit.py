"""Threads that want the same done do it together: whoever's turn it is does it for all who wait by then.

A transaction waits for the disk once, however much is in it: when many send at once, one wait serves them all.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from consult.errors import Unavailable
from consult.writer_queue import Patience, Wait

Piece = TypeVar("Piece")
Take = Callable[[], Sequence[Piece]]
"""Takes the pieces that wait at the moment."""


@dataclass(eq=False)
class _Waiting(Generic[Piece]):
    """A piece in the queue. It goes `alone` after a transaction that failed, perhaps for another's sake; `settled` is
    set once it is known which of the two became of it."""

    piece: Piece
    done: bool = False
    alone: bool = False
    settled: threading.Event = field(default_factory=threading.Event)


class Gathering(Generic[Piece]):
    """The pieces of work of one process's threads that may share a transaction."""

    def __init__(self, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self.turn = threading.Lock()
        self.queue: deque[_Waiting[Piece]] = deque()
        self.guard = threading.Lock()

    def do(self, piece: Piece, work: Callable[[Take[Piece]], None]) -> None:
        """Has `piece` done, together with others or by another thread.

        `work` asks once for the pieces, as late as it can, and does them in one transaction, all or none; after a
        failure it is called again for each piece alone. Raises what it raises for this piece alone, what keeps the
        transaction from beginning, and Unavailable("busy") when the turn did not come: then it is not done.
        """
        mine = _Waiting(piece)
        with self.patience.waiting() as wait:
            with self.guard:
                self.queue.append(mine)
            if self._done_while_waiting(mine, wait):
                return
            try:
                if not mine.done and (mine.alone or not self._done_together(mine, work)):
                    work(lambda: [piece])
            finally:
                self.turn.release()

    def _done_while_waiting(self, mine: _Waiting[Piece], wait: Wait) -> bool:
        """Takes the turn, and gives False; or gives up. A piece that another thread has taken by then is refused only
        if that one failed: never is anything both refused and recorded."""
        try:
            wait.take(self.turn)
        except Unavailable:
            if not self._taken_back(mine):
                mine.settled.wait()
            if not mine.done:
                raise
            return True
        return False

    def _done_together(self, mine: _Waiting[Piece], work: Callable[[Take[Piece]], None]) -> bool:
        """Does everything that waits; False when that failed for several, and each is to be tried alone."""
        together: list[_Waiting[Piece]] = []
        try:
            work(lambda: [one.piece for one in self._taken(together)])
        except BaseException as error:
            self._settle(together, alone=True)
            # Where nothing was taken, nothing could begin: the others are to see for themselves.
            self._taken_back(mine)
            if len(together) <= 1 or not isinstance(error, Exception):
                raise
            return False
        self._settle(together, done=True)
        return mine.done

    def _taken(self, together: list[_Waiting[Piece]]) -> list[_Waiting[Piece]]:
        """Takes everything out of the queue."""
        with self.guard:
            together += self.queue
            self.queue.clear()
        return together

    def _taken_back(self, mine: _Waiting[Piece]) -> bool:
        """Whether a piece still was in the queue, from which it is gone now."""
        with self.guard:
            if mine not in self.queue:
                return False
            self.queue.remove(mine)
            return True

    @staticmethod
    def _settle(together: Sequence[_Waiting[Piece]], done: bool = False, alone: bool = False) -> None:
        for one in together:
            one.done, one.alone = done, alone
            one.settled.set()
