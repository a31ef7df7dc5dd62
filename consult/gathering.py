"""Threads that want the same done do it together: whoever's turn it is does it for all who wait by then.

A transaction waits for the disk once, however much is in it: when many send at once, one wait serves them all.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Piece = TypeVar("Piece")
Take = Callable[[], Sequence[Piece]]
"""Takes the pieces that wait at the moment."""


@dataclass(eq=False)
class _Waiting(Generic[Piece]):
    """A piece in the queue. It goes `alone` after a transaction that failed, perhaps for another's sake."""

    piece: Piece
    done: bool = False
    alone: bool = False


class Gathering(Generic[Piece]):
    """The pieces of work of one process's threads that may share a transaction."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.queue: deque[_Waiting[Piece]] = deque()

    def do(self, piece: Piece, work: Callable[[Take[Piece]], None]) -> None:
        """Has `piece` done, together with others or by another thread.

        `work` asks once for the pieces, as late as it can, and does them in one transaction, all or none; after a
        failure it is called again for each piece alone. Raises what it raises for this piece alone.
        """
        mine = _Waiting(piece)
        self.queue.append(mine)
        with self.turn:
            if mine.done:
                return
            if not mine.alone and self._done_together(mine, work):
                return
            work(lambda: [piece])

    def _done_together(self, mine: _Waiting[Piece], work: Callable[[Take[Piece]], None]) -> bool:
        """Does everything that waits; False when that failed for several, and each is to be tried alone."""
        together: list[_Waiting[Piece]] = []
        try:
            work(lambda: [one.piece for one in self._taken(together)])
        except BaseException as error:
            for one in together or self._taken(together):
                one.alone = True
            if len(together) == 1 or not isinstance(error, Exception):
                raise
            return False
        for one in together:
            one.done = True
        return mine.done

    def _taken(self, together: list[_Waiting[Piece]]) -> list[_Waiting[Piece]]:
        """Takes everything out of the queue."""
        together += [self.queue.popleft() for _ in range(len(self.queue))]
        return together
