"""What the rest of the house knows of a search engine: three verbs over plain documents.

Behind it stands Whoosh (`whoosh_index.py`); another engine over the same folded words may take its place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from consult.search.tokens import Terms
from consult.search.words import Thing

PAGE_SIZE = 10
DEEPEST = 200
"""Results are ranked and shown up to this many; who finds more is asked for another word."""


class Unavailable(Exception):
    """The index cannot be read or written: it has to be built again from the database."""


class Missing(Unavailable):
    """There is no index (yet)."""


@dataclass(frozen=True)
class Document:
    """Something that can be found: public words and plain values to show it by.

    `group` names the facts it was made from (`comment:<matter>:12`): what is indexed anew replaces all of its group.
    `place` holds what its address and name are made from: numbers, a path, never words of a person.
    """

    group: str
    thing: Thing
    matter: UUID
    text: str
    title: str = ""
    place: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """From now on `documents` are all there is of `group`; none takes the group out."""

    group: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What a result must be; None does not count."""

    thing: Thing | None = None
    matter: UUID | None = None


@dataclass(frozen=True)
class Found:
    """One page of results, best first. `total` is exact up to DEEPEST; `more` tells that there are further ones."""

    documents: tuple[Document, ...] = ()
    total: int = 0
    more: bool = False


class Search(Protocol):
    """A search engine. Every verb may raise Unavailable."""

    def index(self, read: Callable[[], Iterable[Change]]) -> None:
        """Applies changes, all at once. `read` is called when it is our turn to write, so that the last writer has
        read the newest facts."""
        ...

    def query(self, words: Terms, filters: Filters, page: int) -> Found:
        """The results that hold all `words`, page 1 first."""
        ...

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Replaces everything by what `read` gives, and returns how many documents there are; until it is done the
        earlier index answers. Does not raise Unavailable."""
        ...

    def ready(self) -> bool:
        """Whether there is an index that can be read."""
        ...
