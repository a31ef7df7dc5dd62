"""Which engine stands behind the seam, and how one takes the place of another.

`auto` is PostgreSQL's own where that is the database; otherwise it begins with Whoosh and goes over to FTS5 by itself
(`outgrowing.py`); who chooses one by name has it from the first comment on. Where the SQLite of this Python was built
without FTS5, Whoosh stays.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from consult.search.engines import fts5_index
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.outgrowing import OutgrowingEngine
from consult.search.engines.postgresql_index import PostgresqlIndex
from consult.search.engines.seam import Document, IndexChange, Missing, ResultPage, Search, SearchFilters
from consult.search.engines.tokens import Terms
from consult.search.engines.whoosh_index import WhooshIndex

Answer = TypeVar("Answer")

AUTO, FTS5, POSTGRESQL, WHOOSH = "auto", "fts5", "postgresql", "whoosh"
ENGINES = (AUTO, FTS5, POSTGRESQL, WHOOSH)


def engine_of(setting: str, folder: Path, database: Engine | None = None) -> Search:
    """The engine a site has chosen, with its index below `folder`, or in the `database` when that is PostgreSQL. Raises
    ValueError for one that nobody knows, or that another database would have."""
    if setting not in ENGINES:
        raise ValueError(f"the search engine must be one of {', '.join(ENGINES)}, not {setting!r}")
    server = PostgresqlIndex(database) if database is not None and database.dialect.name == "postgresql" else None
    if setting == POSTGRESQL and server is None:
        raise ValueError("the search engine postgresql needs a PostgreSQL database")
    if server is not None and setting in {AUTO, POSTGRESQL}:
        return EngineSuccession(server, (_in_files(AUTO, folder),))
    return _in_files(setting, folder, () if server is None else (server,))


def shared(engine: Search) -> bool:
    """Whether every machine of a site finds the same index, whichever worker wrote it."""
    return isinstance(engine, EngineSuccession) and isinstance(engine.chosen, PostgresqlIndex)


def forget_earlier(engine: Search) -> None:
    """Removes from this machine's disk the index in whose place that of all machines stands: another machine may have
    built that one, and nobody takes anything out of this any more."""
    if isinstance(engine, EngineSuccession) and shared(engine) and engine.ready():
        for other in engine.others:
            other.forget()


def _in_files(setting: str, folder: Path, before: Sequence[Search] = ()) -> Search:
    """The engine for an index that lies on the disk of this machine, perhaps in the place of others."""
    whoosh = WhooshIndex(folder)
    if not fts5_index.there():
        return whoosh
    fts5 = Fts5Index(folder)
    if setting == AUTO:
        return OutgrowingEngine(whoosh, fts5)
    chosen, other = (whoosh, fts5) if setting == WHOOSH else (fts5, whoosh)
    return EngineSuccession(chosen, (other, *before))


class EngineSuccession:
    """An engine that may have been chosen in the place of others: as long as its own index was not built for the first
    time, the index that another left behind answers; what it finds is read again before it is shown, as always."""

    def __init__(self, chosen: Search, others: Sequence[Search]) -> None:
        self.chosen = chosen
        self.others = others

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Changes go to the chosen one alone."""
        self.chosen.index(read)

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results of the one that answers."""
        return self._asked(lambda engine: engine.query(words, filters, page))

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Builds the chosen one; after that the others are forgotten."""
        count = self.chosen.rebuild(read)
        for other in self.others:
            other.forget()
        return count

    def ready(self) -> bool:
        """Whether the chosen one is there: whoever starts the worker builds it otherwise."""
        return self.chosen.ready()

    def version(self) -> str:
        """That of the one that answers."""
        return self._asked(lambda engine: engine.version())

    def vocabulary(self) -> Iterable[str]:
        """That of the one that answers."""
        return self._asked(lambda engine: engine.vocabulary())

    def forget(self) -> None:
        """Forgets all."""
        for one in (self.chosen, *self.others):
            one.forget()

    def _asked(self, ask: Callable[[Search], Answer]) -> Answer:
        """What the first says that has an index. The chosen one is asked once more at the end: it may have been
        completed, and the others forgotten, meanwhile."""
        for engine in (self.chosen, *(other for other in self.others if other.ready())):
            try:
                return ask(engine)
            except Missing:
                pass
        return ask(self.chosen)
