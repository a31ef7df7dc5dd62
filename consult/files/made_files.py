"""Files that a program of its own makes beside the worker: the newest of each matter, in a folder that never changes.

Which folder is the newest stands in a file that is replaced at once, so that nobody ever sees a half-made one. An old
folder goes when a newer one stands: who is still reading a file has it open. Whoever makes something holds the matter's
lock, so that nothing is made twice.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from uuid import UUID

from consult.storage_faults import NO_PLACE

NEWEST, DONE = "newest.json", "done.json"


class NoLock(OSError):
    """There is no room for the file by which whoever makes something is known to others."""


@dataclass(frozen=True)
class LatestFiles:
    """The files that were made last, in `folder`: of which state, when they were counted and how long it took, and the
    marks by which what was taken back since is found."""

    folder: str
    state: str
    received: int
    taken_back: int
    counted_at: str
    seconds: float

    @property
    def ended(self) -> datetime:
        """When they were ready."""
        return self.begun + timedelta(seconds=self.seconds)

    @property
    def begun(self) -> datetime:
        """Of which moment they are."""
        return datetime.fromisoformat(self.counted_at)


@dataclass(frozen=True)
class MadeFiles:
    """What was made, under `folder`."""

    folder: Path

    def newest(self, consultation_id: UUID) -> LatestFiles | None:
        """What was made last; None when nothing was."""
        try:
            return LatestFiles(**json.loads((self._large(consultation_id) / NEWEST).read_bytes()))
        except FileNotFoundError:
            return None

    def open(self, consultation_id: UUID, newest: LatestFiles, suffix: str) -> BufferedReader:
        """One of the files. Raises FileNotFoundError when a newer one has taken its place."""
        return (self._large(consultation_id) / newest.folder / suffix).open("rb")

    def begin(self, consultation_id: UUID, name: str) -> Path:
        """An empty folder for the next files. Call with the lock held."""
        folder = self._large(consultation_id) / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def note_done(self, consultation_id: UUID, parts: int, of: int) -> None:
        """So many parts of what is being made are done. Call with the lock held."""
        self._replace(consultation_id, DONE, json.dumps([parts, of]))

    def done(self, consultation_id: UUID) -> tuple[int, int] | None:
        """How many parts of how many are done of what is being made; None before the first."""
        try:
            parts, of = json.loads((self._large(consultation_id) / DONE).read_bytes())
        except FileNotFoundError:
            return None
        return int(parts), int(of)

    def finish(self, consultation_id: UUID, made: LatestFiles) -> None:
        """Puts what was made in the place of what there was. Call with the lock held."""
        large = self._large(consultation_id)
        self._replace(consultation_id, NEWEST, json.dumps(asdict(made)))
        (large / DONE).unlink(missing_ok=True)
        for other in large.iterdir():
            if other.is_dir() and other.name != made.folder:
                shutil.rmtree(other, ignore_errors=True)

    def matters(self) -> list[UUID]:
        """Those of which anything was made."""
        large = self.folder / "large"
        return [UUID(one.name) for one in large.iterdir() if one.is_dir()] if large.is_dir() else []

    def discard(self, consultation_id: UUID) -> None:
        """Takes away all that was made of a matter. Call with the lock held."""
        shutil.rmtree(self._large(consultation_id), ignore_errors=True)

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

    def _replace(self, consultation_id: UUID, name: str, said: str) -> None:
        beside = self._large(consultation_id) / f"{name}.new"
        beside.write_text(said)
        beside.replace(self._large(consultation_id) / name)

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


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
