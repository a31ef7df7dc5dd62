"""A site begins with Whoosh and goes over to FTS5 once it has outgrown it, without a moment that answers nothing.

Which of them answers stands in the files alone, so that every process of a site agrees: FTS5 as soon as its index is
built, Whoosh until then. Nothing goes back.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from itertools import islice
from typing import TypeVar

from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.seam import Document, IndexChange, Missing, ResultPage, Search, SearchFilters, Unavailable
from consult.search.engines.tokens import Terms
from consult.search.engines.whoosh_index import WhooshIndex

Answer = TypeVar("Answer")

OUTGROWN = 2_000
"""More texts than these are for FTS5: at 2,000 the slowest query of Whoosh, a phrase of common words, takes 32
milliseconds, at 5,000 it takes 69 (`python -m bench.searching`, the table in docs/operating.md)."""


class OutgrowingEngine:
    """Whoosh, and FTS5 beside it from the day on which there are more than `outgrown` texts."""

    def __init__(self, whoosh: WhooshIndex, fts5: Fts5Index, outgrown: int = OUTGROWN) -> None:
        self.whoosh = whoosh
        self.fts5 = fts5
        self.outgrown = outgrown

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Changes go to the one that answers."""
        try:
            self.fts5.index(read)
        except Missing:
            self.whoosh.index(read)
            # Who built FTS5 meanwhile may have read the facts before they changed.
            if self.fts5.ready():
                self.fts5.index(read)

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results of the one that answers."""
        return self._asked(lambda engine: engine.query(words, filters, page))

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Builds the one that is right for so many texts. Raises IndexBusy."""
        if not self.fts5.begun() and sum(1 for _one in islice(read(), self.outgrown + 1)) <= self.outgrown:
            return self.whoosh.rebuild(read)
        # What changes while FTS5 is built would go to Whoosh alone, and be forgotten with it: it waits.
        with self.whoosh.still() if self.whoosh.ready() else nullcontext():
            count = self.fts5.rebuild(read)
        self.whoosh.forget()
        return count

    def ready(self) -> bool:
        """Whether one answers that is right for so many texts: the worker builds anew otherwise."""
        try:
            self.fts5.version()
        except Missing:
            return self.whoosh.ready() and self.whoosh.count() <= self.outgrown
        except Unavailable:
            return False
        return True

    def version(self) -> str:
        """That of the one that answers."""
        return self._asked(lambda engine: engine.version())

    def vocabulary(self) -> Iterable[str]:
        """That of the one that answers."""
        return self._asked(lambda engine: engine.vocabulary())

    def forget(self) -> None:
        """Forgets both."""
        self.whoosh.forget()
        self.fts5.forget()

    def _asked(self, ask: Callable[[Search], Answer]) -> Answer:
        """What the one that answers says. FTS5 may be completed, and Whoosh forgotten, between two questions: then it
        is asked once more."""
        found = Missing()
        for engine in (self.fts5, self.whoosh, self.fts5):
            try:
                return ask(engine)
            except Missing as failure:
                found = failure
            except Unavailable:
                if engine is self.fts5 or not self.fts5.ready():
                    raise
        raise found
