"""Provisions and comments as they were last put on a page. Most of a page is the same whoever reads it and whatever
came in: after a release one clause has another number beside it, and only that one is written again.

What is kept is shown only while all it tells is the same; what does not hold any more is overwritten when its page is
next made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

MOST_LETTERS = 24_000_000
"""How many letters of markup are kept at most: some hundred decrees in one language."""

Key = tuple[Any, ...]


class Weighed(Protocol):
    """A piece of a page, as markup or as it is sent."""

    def __len__(self) -> int: ...


Piece = TypeVar("Piece", bound=Weighed)


class KeptPieces:
    """The pieces that were asked for last, shared by the threads of a process."""

    def __init__(self, limit: int = MOST_LETTERS) -> None:
        self.limit = limit
        self.size = 0
        self.kept: OrderedDict[Key, tuple[object, Any]] = OrderedDict()
        self.lock = threading.Lock()

    def of(self, key: Key, told: object) -> Any:
        """The piece with this key, None unless it tells the same."""
        with self.lock:
            found = self.kept.get(key)
            if found is None or found[0] != told:
                return None
            self.kept.move_to_end(key)
            return found[1]

    def keep(self, key: Key, told: object, piece: Weighed) -> None:
        """Keeps a piece in the place of what had its key."""
        with self.lock:
            self.size += len(piece) - len(self.kept.pop(key, (None, ""))[1])
            self.kept[key] = told, piece
            while self.size > self.limit:
                self.size -= len(self.kept.popitem(last=False)[1][1])


@dataclass(frozen=True)
class Pieces(Generic[Piece]):
    """Those of one page. `page` is all that the markup of a thing depends on beside the thing (the address of the page,
    its language, what is open now), `name` what tells it from others there, `told` everything of it that may change."""

    kept: KeptPieces
    page: Key
    name: Callable[[Any], object]
    told: Callable[[Any], object]

    def of(self, thing: object) -> Piece | None:
        """The piece for `thing`, if nothing that it tells has changed."""
        found: Piece | None = self.kept.of((*self.page, self.name(thing)), self.told(thing))
        return found

    def keep(self, thing: object, piece: Piece) -> Piece:
        """Keeps `piece`, the markup of `thing` as a template made it, and gives it back."""
        self.kept.keep((*self.page, self.name(thing)), self.told(thing), piece)
        return piece


kept_pieces = KeptPieces()
none_kept = KeptPieces(limit=0)
"""For pages of what may still be corrected."""
