"""Pages of a long list, each a file of its own that leads to its neighbours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """Page `number` of `count` in a folder; `before` and `after` are the names of its neighbours beside it, empty where
    there is none. How many there are is 0 where that is not known yet."""

    folder: str
    number: int
    count: int

    @property
    def name(self) -> str:
        """Its name in the archive."""
        return f"{self.folder}/{_file(self.number)}"

    @property
    def before(self) -> str:
        """The page before it."""
        return _file(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The page after it."""
        return _file(self.number + 1) if self.number < self.count else ""


def paged(items: Iterable[Item], size: int) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """The items `size` at a time, with the number of each page."""
    taken, number = iter(items), 0
    while some := tuple(islice(taken, size)):
        number += 1
        yield number, some


def pages_for(count: int, size: int) -> int:
    """How many pages so many items take, one at least."""
    return max(1, -(-count // size))


def page_of(position: int, size: int) -> str:
    """The name of the page on which the item at a position, from 1, stands."""
    return _file(-(-position // size))


def _file(number: int) -> str:
    return f"{number:05}.html"
