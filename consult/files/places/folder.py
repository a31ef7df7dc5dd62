"""A folder of files on a disk of this machine, or on one that several machines have mounted."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import BinaryIO

from consult.files.atomic_write import copy_whole, is_unfinished, write_whole
from consult.files.places.place import Hold, Kept, NoLock, Place
from consult.storage_faults import NO_PLACE


class FolderPlace(Place):
    """Files under `folder`, which is made when the first comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def address(self) -> str:
        """The path of the folder."""
        return str(self.folder)

    def below(self, name: str) -> "FolderPlace":
        """The folder of this name in it."""
        return FolderPlace(self.folder / name)

    def beside(self, ending: str) -> "FolderPlace":
        """The folder beside it, whose name has an ending more."""
        return FolderPlace(self.folder.with_name(self.folder.name + ending))

    def read(self, name: str) -> bytes:
        """All bytes. Raises FileNotFoundError, OSError."""
        return (self.folder / name).read_bytes()

    def open(self, name: str) -> BinaryIO:
        """The file, open. Raises FileNotFoundError, OSError."""
        return (self.folder / name).open("rb")

    def open_parts(self, name: str) -> BufferedReader:
        """The same."""
        return (self.folder / name).open("rb")

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """Whole or not at all. Raises OSError."""
        write_whole(self.folder / name, data, durable)

    def copy_in(self, name: str, file: BufferedIOBase) -> None:
        """Whole or not at all. Raises OSError."""
        file.seek(0)
        copy_whole(self.folder / name, file)

    def keep_from(self, name: str, data: bytes, at: float) -> None:
        """Writes it unless it is there; its age counts from `at`. Raises OSError."""
        path = self.folder / name
        if not path.exists():
            write_whole(path, data)
        os.utime(path, (at, at))

    def has(self, name: str) -> bool:
        """Whether there is one."""
        return (self.folder / name).exists()

    def modified(self, name: str) -> float:
        """When it was last written. Raises FileNotFoundError, OSError."""
        return (self.folder / name).stat().st_mtime

    def remove(self, name: str) -> None:
        """Takes it away. Raises OSError."""
        (self.folder / name).unlink(missing_ok=True)

    def listed(self, unfinished: bool = False) -> Iterator[Kept]:
        """Every file; one that goes meanwhile is left out."""
        for path in self.folder.rglob("*"):
            with suppress(FileNotFoundError):
                if (unfinished or not is_unfinished(path.name)) and path.is_file():
                    found = path.stat()
                    yield Kept(path.relative_to(self.folder).as_posix(), found.st_size, found.st_mtime)

    def clear(self, under: str) -> None:
        """Takes it away with its folders. Nothing is raised."""
        shutil.rmtree(self.folder / under, ignore_errors=True)

    @contextmanager
    def alone(self, name: str) -> Iterator[Hold]:
        """A lock of the file system. Raises NoLock."""
        descriptor = self._lock_file(self.folder / name)
        try:
            yield Hold(_locked(descriptor))
        finally:
            os.close(descriptor)

    def _lock_file(self, path: Path) -> int:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as failure:
            if failure.errno not in NO_PLACE:
                raise
            raise NoLock(*failure.args) from failure


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
