"""Whoosh behind the seam: one field of folded words, everything else stored as plain values.

A query is made of terms by hand: Whoosh's parser takes seconds for `*a*`. The folder is disposable and only ours: its
files hold pickles, so it is never restored from a backup but built again.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from whoosh.index import _DEF_INDEX_NAME, EmptyIndexError, FileIndex
from whoosh.writing import CLEAR, SegmentWriter

from consult.search.engines import whoosh_query
from consult.search.engines.ranking import by_names, ranked
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
from consult.search.engines.whoosh_files import Storage, broken_is_unavailable
from consult.search.engines.whoosh_rows import SCHEMA, add, document_of

Answer = TypeVar("Answer")

VERSION = 4
"""Part of the folder's name: whoever changes SCHEMA, what is stored or how words are folded counts on, and the worker
builds anew."""

WAIT_FOR_WRITER = 10.0
OPENING_TRIES = 20
BEGUN = 0
"""The generation of an index to which nothing was committed."""

WRITER_MEGABYTES = 64
MOST_KNOWN = 20_000


class WhooshIndex:
    """The search index in a folder below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.parent = folder
        self.folder = folder / f"v{VERSION}"

    def ready(self) -> bool:
        """Whether there is an index that can be read."""
        try:
            self.count()
        except Unavailable:
            return False
        return True

    def query(self, words: Terms, filters: SearchFilters, page: int) -> ResultPage:
        """The results that hold all `words`; a page beyond DEEPEST is empty."""

        def search(index: FileIndex) -> tuple[list[tuple[Document, float]], int]:
            with index.searcher() as searcher:
                scored, total = whoosh_query.hits(searcher, words, filters, DEEPEST)
                stored = ((searcher.stored_fields(number)["stored"], score) for number, score in scored.items())
                return [(document_of(one), score) for one, score in stored], total

        scored, total = self._asked(search)
        best = ranked(scored, words)[:DEEPEST]
        start = (max(page, 1) - 1) * PAGE_SIZE
        return ResultPage(
            by_names(best[start : start + PAGE_SIZE], words), min(total, MOST_COUNTED), total > MOST_COUNTED
        )

    def version(self) -> str:
        """The name of the newest table of contents, which every commit gives anew, and when it was written."""
        return self._asked(lambda index: f"{index.latest_generation()}.{index.last_modified()}")

    def vocabulary(self) -> Iterable[str]:
        """Every folded word there is, the most frequent first."""

        def words(index: FileIndex) -> list[str]:
            with index.reader() as reader:
                return [word.decode() for _times, word in reader.most_frequent_terms("words", MOST_KNOWN)]

        return self._asked(words)

    def count(self) -> int:
        """How many documents there are."""
        return self._asked(lambda index: int(index.doc_count()))

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nobody writes meanwhile. Raises IndexBusy."""
        writer = self._writer(self._open())
        try:
            yield
        finally:
            _cancel(writer)

    def forget(self) -> None:
        """Removes the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def index(self, read: Callable[[], Iterable[IndexChange]]) -> None:
        """Applies changes. Raises Unavailable, and IndexBusy when another writer does not finish in time."""
        index = self._open()
        writer = self._writer(index)
        try:
            # A group that changed twice in one batch is what it was last: deletions reach committed documents only.
            changes = {change.group: change for change in read()}
            with broken_is_unavailable(index.storage):
                for group in changes:
                    writer.delete_by_term("group", group)
                for change in changes.values():
                    add(writer, change.documents)
                writer.commit()
        except BaseException:
            _cancel(writer)
            raise

    def rebuild(self, read: Callable[[], Iterable[Document]]) -> int:
        """Writes everything anew beside the present index, which answers until then. Raises IndexBusy."""
        try:
            writer = self._writer(self._begun())
        except Unavailable:
            writer = self._writer(self._create())
        try:
            count = add(writer, read())
            writer.commit(mergetype=CLEAR)
        except BaseException:
            _cancel(writer)
            raise
        self._forget_other_versions()
        return count

    def _open(self) -> FileIndex:
        """The index as it is now; Missing as long as it was only begun."""
        return self._asked(lambda index: index)

    def _begun(self) -> FileIndex:
        """The index, perhaps without anything in it yet."""
        return self._looked_again(lambda index: index)

    def _asked(self, ask: Callable[[FileIndex], Answer]) -> Answer:
        """What the index says as it is now; Missing as long as it was only begun."""

        def of_something(index: FileIndex) -> Answer:
            if index.latest_generation() == BEGUN:
                raise EmptyIndexError
            return ask(index)

        return self._looked_again(of_something)

    def _looked_again(self, ask: Callable[[FileIndex], Answer]) -> Answer:
        """What `ask` finds in the index. A commit meanwhile takes away the files just found, the table of contents or
        those that somebody was about to open: then it is looked for again."""
        for _ in range(OPENING_TRIES):
            storage = Storage(self.folder)
            try:
                with broken_is_unavailable(storage):
                    return ask(FileIndex(storage, schema=SCHEMA))
            except Missing:
                if not self.folder.is_dir():
                    break
        raise Missing

    def _create(self) -> FileIndex:
        """An empty index where there is none that opens; of two who come at once, one makes it."""
        self.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.parent / "making.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            try:
                return self._begun()
            except Unavailable:
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(mode=0o700)
                return FileIndex.create(Storage(self.folder), SCHEMA, _DEF_INDEX_NAME)
        finally:
            os.close(descriptor)

    def _writer(self, index: FileIndex) -> SegmentWriter:
        with broken_is_unavailable(index.storage):
            return index.writer(timeout=WAIT_FOR_WRITER, delay=0.05, limitmb=WRITER_MEGABYTES)

    def _forget_other_versions(self) -> None:
        for folder in self.parent.iterdir():
            if folder != self.folder and re.fullmatch(r"v\d+", folder.name):
                shutil.rmtree(folder, ignore_errors=True)


def _cancel(writer: SegmentWriter) -> None:
    """Lets the lock go, whatever state the writer is in; a commit that failed may have closed it already."""
    if not writer.is_closed:
        writer.cancel()
