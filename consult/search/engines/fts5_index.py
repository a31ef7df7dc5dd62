"""FTS5 of SQLite behind the seam: a disposable file of its own, never the main database, whatever that is.

The words go in folded, so that the tokenizer only has to part them at spaces; a query is put together from quoted
words alone, so that nothing typed is ever syntax. What is found comes in a few steps (`conditions.orders`), in each of
them by its number: those of matters are the highest, then those of clauses, and of one kind the newest. No query ranks
all that holds a common word, which is what makes other indices slow.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from consult.search.engines.fts5_file import Fts5File, broken_is_unavailable
from consult.search.engines.fts5_query import count_query, narrowed, steps
from consult.search.engines.fts5_rows import FIELDS, row_of, words_of
from consult.search.engines.numbered import ROOM, STANDING, document_of, first
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

INSERT = f"INSERT INTO document (id, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
INSERT_WORDS = "INSERT INTO words (rowid, title, said, spelt, facts) VALUES (?, ?, ?, ?, ?)"
DELETE_WORDS = "INSERT INTO words (words, rowid, title, said, spelt, facts) VALUES ('delete', ?, ?, ?, ?, ?)"
SELECT = f"SELECT id, {', '.join(FIELDS)} FROM document"


def there() -> bool:
    """Whether the SQLite of this Python has FTS5."""
    with closing(sqlite3.connect(":memory:")) as probe:
        try:
            probe.execute("CREATE VIRTUAL TABLE probe USING fts5(word)")
        except sqlite3.OperationalError:
            return False
    return True


class Fts5Index:
    """The search index in a file below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.file = Fts5File(folder)

    def ready(self) -> bool:
        """Whether there is an index that can be read."""
        try:
            self.version()
        except Unavailable:
            return False
        return True

    def begun(self) -> bool:
        """Whether an index was ever begun here, of whatever version."""
        return self.file.begun()

    def version(self) -> str:
        """Which build it is, and how often it was changed since."""
        with broken_is_unavailable(), self.file.reading() as reader:
            return _version(reader)

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results that hold all `words`; a page beyond DEEPEST is empty."""
        with broken_is_unavailable(), self.file.reading() as reader:
            _version(reader)
            everything = count_query(words, narrowed(filters))
            if not everything:
                return ResultPage()
            [counted] = reader.execute(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (everything, MOST_COUNTED + 1)
            ).fetchone()
            start = (max(page, 1) - 1) * PAGE_SIZE
            most = min(start + PAGE_SIZE, DEEPEST)
            ids = first(_found(reader, steps(words, narrowed(filters)), most), most) if counted else []
            shown = ids[start : start + PAGE_SIZE]
            rows = reader.execute(f"{SELECT} WHERE id IN ({', '.join('?' * len(shown))})", shown)
            found = {row[0]: document_of(row[1:]) for row in rows}
        documents = by_names([found[one] for one in shown if one in found], words)
        return ResultPage(documents, min(counted, MOST_COUNTED), counted > MOST_COUNTED)

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Applies changes. Raises Unavailable, and IndexBusy when another writer does not finish in time."""
        with broken_is_unavailable(), self.file.writer() as writer:
            _version(writer)
            for change in {change.group: change for change in read()}.values():
                _apply(writer, change)
            writer.execute("UPDATE state SET changes = changes + 1")

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Writes everything anew in one transaction, beside which the present index answers. Raises IndexBusy."""
        try:
            return self._rebuilt(read)
        except Unavailable:
            self.forget()
            return self._rebuilt(read)

    def vocabulary(self) -> Iterable[str]:
        """Every folded word there is."""
        with broken_is_unavailable(), self.file.reading() as reader:
            rows = reader.execute("SELECT term FROM vocabulary WHERE col = 'said' ORDER BY cnt DESC LIMIT 20000")
            return [row[0] for row in rows]

    def forget(self) -> None:
        """Removes the file and what SQLite keeps beside it; who has it open notices."""
        self.file.forget()

    def _rebuilt(self, read: Callable[[], Iterable[Document]]) -> int:
        self.file.create()
        with broken_is_unavailable(), self.file.writer() as writer:
            writer.execute("DELETE FROM document")
            writer.execute("INSERT INTO words (words) VALUES ('delete-all')")
            written = _written(writer, read())
            writer.execute("INSERT INTO words (words) VALUES ('optimize')")
            writer.execute("UPDATE state SET built = ?, changes = 0", (secrets.token_hex(8),))
        # What was written stands in a file beside it until nobody reads the earlier one.
        with suppress(sqlite3.Error), closing(self.file.opened()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.file.forget_others()
        return written


def _version(connection: sqlite3.Connection) -> str:
    built, changes = connection.execute("SELECT built, changes FROM state").fetchone()
    if not built:
        raise Missing
    return f"{built}.{changes}"


def _found(
    reader: sqlite3.Connection, wanted: Iterable[Sequence[str]], most: int
) -> Iterator[Iterator[tuple[int, int]]]:
    """What each step finds: numbers, the highest first, with the place of the query; of later steps as many more as the
    earlier ones may have found already."""
    for turn, step in enumerate(wanted, start=1):
        yield (
            (number, place)
            for place, query in enumerate(step)
            for (number,) in reader.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?", (query, most * min(turn, 2))
            )
        )


def _apply(writer: sqlite3.Connection, change: IndexChange) -> None:
    """The group is what it is now; a document keeps its place among the newer and older ones of its kind."""
    before = writer.execute(f"{SELECT} WHERE grp = ? ORDER BY id", (change.group,)).fetchall()
    kept: dict[int, list[int]] = {}
    for row in before:
        kept.setdefault(row[0] // ROOM, []).append(row[0])
        writer.execute(DELETE_WORDS, (row[0], *words_of(document_of(row[1:]))))
        writer.execute("DELETE FROM document WHERE id = ?", (row[0],))
    for document in change.documents:
        place = STANDING.get(document.thing, 0)
        numbers = kept.get(place)
        number = numbers.pop(0) if numbers else _newest(writer, place) + 1
        writer.execute(INSERT, (number, *row_of(document)))
        writer.execute(INSERT_WORDS, (number, *words_of(document)))


def _newest(writer: sqlite3.Connection, place: int) -> int:
    """The highest number of a kind."""
    within = (place * ROOM, place * ROOM, (place + 1) * ROOM)
    [newest] = writer.execute("SELECT coalesce(max(id), ?) FROM document WHERE id >= ? AND id < ?", within).fetchone()
    return int(newest)


def _written(writer: sqlite3.Connection, documents: Iterable[Document]) -> int:
    """Writes all documents, the oldest first: what is newest has the highest number of its kind."""
    writer.execute(f"CREATE TEMP TABLE waiting (at REAL, {', '.join(FIELDS)})")
    put = f"INSERT INTO waiting VALUES (?{', ?' * len(FIELDS)})"
    writer.executemany(put, ((one.at.timestamp(), *row_of(one)) for one in documents))
    order = [row[0] for row in writer.execute("SELECT rowid FROM waiting ORDER BY at, rowid")]
    numbers: dict[int, int] = {}
    for waiting in order:
        row = writer.execute(f"SELECT {', '.join(FIELDS)} FROM waiting WHERE rowid = ?", (waiting,)).fetchone()
        document = document_of(row)
        place = STANDING.get(document.thing, 0)
        number = numbers[place] = numbers.get(place, place * ROOM) + 1
        writer.execute(INSERT, (number, *row))
        writer.execute(INSERT_WORDS, (number, *words_of(document)))
    writer.execute("DROP TABLE waiting")
    return len(order)
