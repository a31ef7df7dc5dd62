"""Full text of PostgreSQL behind the seam: one index in the database, for all machines of a site.

What is folded and how results are ordered is as with FTS5 (`numbered.py`); only who looks the words up is another.
Who searches reads one snapshot, so that a build beside it disturbs nobody; who writes waits for its turn on a lock of
the database, on whatever machine it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, text

from consult.search.engines import conditions, postgresql_tables
from consult.search.engines.fts5_rows import FIELDS
from consult.search.engines.numbered import ROOM, STANDING, document_of, first
from consult.search.engines.postgresql_query import Where, narrowed
from consult.search.engines.postgresql_tables import State, Tables, columns_of
from consult.search.engines.ranking import by_names
from consult.search.engines.seam import (
    DEEPEST,
    MOST_COUNTED,
    PAGE_SIZE,
    Document,
    IndexChange,
    Missing,
    ResultPage,
    SearchFilters,
    Unavailable,
)
from consult.search.engines.tokens import Terms

MOST_KNOWN = 20_000
READ_AGAIN = 5
"""So often the tables are looked for again that were removed between being named and being read."""
COLUMNS = (*FIELDS, "called", "said")


class PostgresqlIndex:
    """The search index in the database that `engine` reaches."""

    def __init__(self, engine: Engine) -> None:
        self.tables = Tables(engine)

    def ready(self) -> bool:
        """Whether there is an index that can be read."""
        try:
            self.version()
        except Unavailable:
            return False
        return True

    def version(self) -> str:
        """Which build it is, and how often it was changed since."""
        with self.tables.reading() as (_connection, state):
            return f"{state.built}.{state.changes}"

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results that hold all `words`; a page beyond DEEPEST is empty."""
        facts, start = narrowed(filters), (max(page, 1) - 1) * PAGE_SIZE
        where = Where()
        clause = where.of(conditions.found(words), facts)
        if not clause:
            return ResultPage()

        def look(connection: Connection, state: State) -> tuple[int, list[Document]]:
            counted = _counted(connection, state, clause, where)
            most = min(start + PAGE_SIZE, DEEPEST)
            ids = first(_found(connection, state, words, facts, most), most) if counted else []
            return counted, _documents(connection, state, ids[start : start + PAGE_SIZE])

        counted, documents = self._asked(look)
        return ResultPage(by_names(documents, words), min(counted, MOST_COUNTED), counted > MOST_COUNTED)

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Applies changes. Raises Unavailable, and IndexBusy when another writer does not finish in time."""
        with self.tables.writer() as connection:
            state = postgresql_tables.state_of(connection)
            _apply(connection, state, {change.group: change for change in read()})
            postgresql_tables.changed(connection)

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Writes everything anew in tables beside the present ones, which answer until then. Raises IndexBusy."""
        with self.tables.writer() as connection:
            count = postgresql_tables.build(connection, read())
        self.tables.forget_others()
        return count

    def vocabulary(self) -> Iterable[str]:
        """Every folded word there is, those that most documents hold first."""

        def look(connection: Connection, state: State) -> Sequence[str]:
            wanted = f"SELECT word FROM {state.words} ORDER BY documents DESC, word LIMIT {MOST_KNOWN}"
            return connection.scalars(text(wanted)).all()

        known: Sequence[str] = self._asked(look)
        return known

    def forget(self) -> None:
        """Removes the tables and all that is in them."""
        self.tables.forget()

    def _asked(self, look: Callable[[Connection, State], Any]) -> Any:
        """What is found in the tables that answer now."""
        for _ in range(READ_AGAIN):
            named = False
            try:
                with self.tables.reading() as (connection, state):
                    named = True
                    return look(connection, state)
            except Missing:
                if not named:
                    raise
        raise Missing


def _counted(connection: Connection, state: State, clause: str, where: Where) -> int:
    asked = f"SELECT 1 FROM {state.documents} WHERE {clause} LIMIT {MOST_COUNTED + 1}"
    return connection.scalar(text(f"SELECT count(*) FROM ({asked}) AS found"), where.values) or 0


def _found(
    connection: Connection, state: State, words: Terms, facts: list[str], most: int
) -> Iterator[Iterable[tuple[int, int]]]:
    """What each step finds in one statement: numbers with the place of the condition that found them first; of later
    steps as many more as the earlier ones may have found already."""
    for turn, step in enumerate(conditions.orders(words), start=1):
        where = Where()
        clauses = dict.fromkeys(where.of(condition, facts) for condition in step)
        some = [
            f"(SELECT id, {place} AS place FROM {state.documents} WHERE {clause}"
            f" ORDER BY id DESC LIMIT {most * min(turn, 2)})"
            for place, clause in enumerate(clauses)
        ]
        asked = f"SELECT id, place FROM ({' UNION ALL '.join(some)}) AS found ORDER BY place"
        yield ((row.id, row.place) for row in connection.execute(text(asked), where.values))


def _documents(connection: Connection, state: State, ids: Sequence[int]) -> list[Document]:
    wanted = text(f"SELECT id, {', '.join(FIELDS)} FROM {state.documents} WHERE id = ANY(:ids)")
    found = {row[0]: document_of(row[1:]) for row in connection.execute(wanted, {"ids": list(ids)})} if ids else {}
    return [found[one] for one in ids]


def _apply(connection: Connection, state: State, changes: dict[str, IndexChange]) -> None:
    """Each group is what it is now; a document keeps its place among the newer and older ones of its kind."""
    taken = f"DELETE FROM {state.documents} WHERE grp = ANY(:groups) RETURNING id, grp, tsvector_to_array(held)"
    out = sorted(connection.execute(text(taken), {"groups": list(changes)}).all())
    documents = [document for change in changes.values() for document in change.documents]
    rows = [_row(document, number) for document, number in _numbered(connection, state, documents, out)]
    if rows:
        names, values = ", ".join(COLUMNS), ", ".join(f":{name}" for name in COLUMNS)
        put = f"INSERT INTO {state.documents} (id, {names}, held) VALUES (:id, {values}, array_to_tsvector(:held))"
        connection.execute(text(put), rows)
    counts = Counter(word for row in rows for word in row["held"])
    counts.subtract(word for _number, _group, held in out for word in held)
    _count(connection, state, counts)


def _row(document: Document, number: int) -> dict[str, Any]:
    columns = columns_of(document)
    return {**columns, "held": columns["held"].split(), "id": number}


def _numbered(
    connection: Connection, state: State, documents: Iterable[Document], out: Iterable[tuple[int, str, list[str]]]
) -> Iterator[tuple[Document, int]]:
    """Documents with their numbers: those that their group had before, in order, then ones above all others."""
    kept: dict[tuple[str, int], list[int]] = {}
    newest: dict[int, int] = {}
    for number, group, _held in out:
        kept.setdefault((group, number // ROOM), []).append(number)
        newest[number // ROOM] = number
    above = {place: _newest(connection, state, place, newest.get(place, 0)) for place in (0, *STANDING.values())}
    for document in documents:
        place = STANDING.get(document.thing, 0)
        if numbers := kept.get((document.group, place)):
            yield document, numbers.pop(0)
        else:
            above[place] += 1
            yield document, above[place]


def _newest(connection: Connection, state: State, place: int, out: int) -> int:
    """The highest number of a kind, also of those that were just taken out and may come back."""
    asked = text(f"SELECT max(id) FROM {state.documents} WHERE id >= :least AND id < :most")
    found = connection.scalar(asked, {"least": place * ROOM, "most": (place + 1) * ROOM})
    return max(found or 0, out, place * ROOM)


def _count(connection: Connection, state: State, counts: Counter[str]) -> None:
    """Adds what came and takes away what went of each word; what nothing holds any more is gone."""
    changed = {word: count for word, count in sorted(counts.items()) if count and ":" not in word}
    if not changed:
        return
    connection.execute(
        text(
            f"INSERT INTO {state.words} AS known"
            " SELECT * FROM unnest(CAST(:words AS text[]), CAST(:counts AS bigint[]))"
            " ON CONFLICT (word) DO UPDATE SET documents = known.documents + excluded.documents"
        ),
        {"words": list(changed), "counts": list(changed.values())},
    )
    gone = f"DELETE FROM {state.words} WHERE documents <= 0 AND word = ANY(:words)"
    connection.execute(text(gone), {"words": list(changed)})
