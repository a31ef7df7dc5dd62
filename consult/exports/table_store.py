"""Where tables that were made are kept: small ones as disposable files, of a large one the newest of each format.

Whoever makes something holds the matter's lock, so that nothing is made twice. Files of a large table lie in a folder
that is never changed; which folder is the newest stands in a file that is replaced at once, so that nobody ever sees a
half-made one. An old folder goes when a newer one stands: who is still reading a file has it open.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import IO
from uuid import UUID

from consult.exports.table_state import TableState
from consult.files.bounded_cache import BoundedCache
from consult.storage_faults import NO_PLACE

NEWEST = "newest.json"


class NoLock(OSError):
    """There is no room for the file by which whoever makes a table is known to others."""


@dataclass(frozen=True)
class LatestFiles:
    """The files of a large table that were made last, in `folder`: of which state, when they were counted and how long
    it took, and the marks by which what was taken back since is found."""

    folder: str
    state: str
    received: int
    taken_back: int
    counted_at: str
    seconds: float

    @property
    def ended(self) -> datetime:
        """When they were ready."""
        return datetime.fromisoformat(self.counted_at) + timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class TableStore:
    """The tables under `folder`; small ones take about `limit` bytes at most."""

    folder: Path
    limit: int

    @cached_property
    def small(self) -> BoundedCache:
        """Those that are made again whenever somebody asks for them."""
        return BoundedCache(self.folder / "small", self.limit)

    def found(self, state: TableState, suffix: str) -> bytes | None:
        """The small file of this state, if it was made and is still there."""
        return self.small.get(_name(state, suffix))

    def once(self, state: TableState, suffix: str, make: Callable[[], bytes]) -> bytes | None:
        """The small file of this state, made unless it is there; None while somebody else makes one of this matter:
        nobody waits for them. On a disk without room for the lock it is made all the same, and not kept."""
        try:
            with self.alone(state.consultation_id) as mine:
                return self._kept(state, suffix, make) if mine else self.found(state, suffix)
        except NoLock:
            return make()

    def _kept(self, state: TableState, suffix: str, make: Callable[[], bytes]) -> bytes:
        made = self.found(state, suffix)
        if made is None:
            made = make()
            self.small.put(_name(state, suffix), made)
        return made

    def newest(self, consultation_id: UUID) -> LatestFiles | None:
        """What was made last of a large table; None when nothing was."""
        try:
            return LatestFiles(**json.loads((self._large(consultation_id) / NEWEST).read_bytes()))
        except FileNotFoundError:
            return None

    def open(self, consultation_id: UUID, newest: LatestFiles, suffix: str) -> IO[bytes]:
        """The file of a large table. Raises FileNotFoundError when a newer one has taken its place."""
        return (self._large(consultation_id) / newest.folder / suffix).open("rb")

    def begin(self, consultation_id: UUID, name: str) -> Path:
        """An empty folder for the files of a large table. Call with the lock held."""
        folder = self._large(consultation_id) / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def finish(self, consultation_id: UUID, made: LatestFiles) -> None:
        """Puts what was made in the place of what there was. Call with the lock held."""
        large = self._large(consultation_id)
        beside = large / f"{NEWEST}.new"
        beside.write_text(json.dumps(asdict(made)))
        beside.replace(large / NEWEST)
        for other in large.iterdir():
            if other.is_dir() and other.name != made.folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def alone(self, consultation_id: UUID) -> Iterator[bool]:
        """Holds the lock of the matter, by threads and processes alike, or gives False when somebody else has it.

        Raises NoLock on a disk that takes no file.
        """
        descriptor = self._lock_file(consultation_id)
        try:
            yield _locked(descriptor)
        finally:
            os.close(descriptor)

    def _lock_file(self, consultation_id: UUID) -> int:
        path = self.folder / f"{consultation_id.hex}.lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as failure:
            if failure.errno not in NO_PLACE:
                raise
            raise NoLock(*failure.args) from failure

    def _large(self, consultation_id: UUID) -> Path:
        return self.folder / "large" / consultation_id.hex


def _name(state: TableState, suffix: str) -> str:
    return f"{state.consultation_id.hex}-{state.name}.{suffix}"


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
