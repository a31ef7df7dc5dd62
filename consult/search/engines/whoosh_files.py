"""The files of the Whoosh index: which are open, and noticed when they are broken."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import EmptyIndexError, LockError

from consult.search.engines.seam import IndexBusy, Missing, Unavailable

log = logging.getLogger(__name__)


class Storage(FileStorage):
    """The files of the index, and which of them are open: Whoosh leaves those open that turn out to be torn."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """A file of the index, noted among those that are open."""
        file = super().open_file(name, **options)
        self.opened.append(file)
        return file

    def close_all(self) -> None:
        """Closes what is open still."""
        for file in self.opened:
            if not file.is_closed:
                file.close()


@contextmanager
def broken_is_unavailable(storage: Storage) -> Iterator[None]:
    """Torn files make Whoosh raise whatever they happen to hit: all of it means that the index must be built again."""
    try:
        yield
    except Exception as failure:
        storage.close_all()
        raise _meaning_of(failure) from failure


def _meaning_of(failure: Exception) -> Exception:
    if isinstance(failure, LockError):
        return IndexBusy()
    if isinstance(failure, EmptyIndexError | FileNotFoundError):
        return Missing()
    log.error("the search index cannot be used", exc_info=failure)
    return Unavailable()
