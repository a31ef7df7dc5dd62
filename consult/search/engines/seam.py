"""What the rest of the house knows of a search engine: a few verbs over plain documents.

Behind it stand FTS5 of SQLite (`fts5_index.py`) and Whoosh (`whoosh_index.py`) over the same folded words;
`selection.py` chooses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from consult.search.engines.tokens import Terms
from consult.search.words import Thing

PAGE_SIZE = 10
DEEPEST = 200
"""Results are ordered and shown up to this many; who finds more is asked for another word."""

MOST_COUNTED = 1000
"""Results are counted up to this many: beyond it "more than" says enough, and counting them all would cost seconds."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Unavailable(Exception):
    """The index cannot be read or written: it has to be built again from the database."""


class Missing(Unavailable):
    """There is no index (yet)."""


class IndexBusy(Exception):
    """Another writer did not finish in time; trying again later helps."""


@dataclass(frozen=True)
class Document:
    """Something that can be found: public words and plain values to show it by.

    `group` names the facts it was made from (`comment:<matter>:12`): what is indexed anew replaces all of its group.
    `names` are other names it is called by (in another language, a number), `also` is what it is found by, unshown.
    `place` holds what its address and name are made from: numbers, a path, never words of a person. `facts` are codes
    it can be narrowed by, `at` is what it is from, `stamp` says in which state of the database it was made
    (`index_stamp.py`).
    """

    group: str
    thing: Thing
    matter: UUID
    text: str
    title: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    at: datetime = LONG_AGO
    stamp: str = ""
    names: str = ""
    also: str = ""

    @property
    def called(self) -> str:
        """The words of its names."""
        return f"{self.title} {self.names}" if self.names else self.title

    @property
    def words(self) -> str:
        """All words it is found by."""
        return f"{self.called} {self.text} {self.also}" if self.also else f"{self.called} {self.text}"


@dataclass(frozen=True)
class IndexChange:
    """From now on `documents` are all there is of `group`; none takes the group out."""

    group: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class SearchFilters:
    """What a result must be; None does not count. Of `facts` all must hold."""

    thing: Thing | None = None
    matter: UUID | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultPage:
    """One page of results, best first. `total` is exact up to MOST_COUNTED; `more` tells that there are further ones,
    and only the first DEEPEST are on pages."""

    documents: tuple[Document, ...] = ()
    total: int = 0
    more: bool = False


class Search(Protocol):
    """A search engine. Every verb may raise Unavailable."""

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Applies changes, all at once. `read` is called when it is our turn to write, so that the last writer has
        read the newest facts. Raises IndexBusy."""
        ...

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results that hold all parts of `words`, or enough of them, page 1 first; without words all that `filters`
        leave, and without those nothing."""
        ...

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Replaces everything by what `read` gives, and returns how many documents there are; until it is done the
        earlier index answers. Raises IndexBusy, never Unavailable."""
        ...

    def ready(self) -> bool:
        """Whether there is an index that can be read, and that is right for what it holds; otherwise it is to be built
        anew, which `rebuild` does."""
        ...

    def version(self) -> str:
        """A text that changes with whatever the index holds."""
        ...

    def vocabulary(self) -> Iterable[str]:
        """Every folded word there is."""
        ...

    def forget(self) -> None:
        """Removes the index from the disk; another engine stands in its place."""
        ...
