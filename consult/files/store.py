"""Files by their content: a place where each file's name is its SHA-256, written once and never changed."""

import errno
import hashlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast

from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where, place_at
from consult.files.s3.failures import StoreAway
from consult.storage_faults import NO_PLACE

NO_ROOM = NO_PLACE - {errno.EIO}
"""By which a disk takes no copy; who cannot read what lies on it learns something else."""


class DamagedFile(Exception):
    """The file `name` is not there, or not any more what it was when it was kept. Nobody may be given it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the file {name} is missing or not what it was")
        self.name = name


class MissingFile(DamagedFile, KeyError):
    """There is no file of this name."""


class ChangedFile(DamagedFile, ValueError):
    """There is one, and its content is another."""


class FileStore:
    """Content-addressed files at a place. What the place cannot do now raises OSError, of a bucket StoreAway."""

    def __init__(self, where: Where) -> None:
        self.place = place_at(where)

    def put(self, data: bytes) -> str:
        """Keeps `data` and returns its SHA-256 (hex). The file is complete and kept before its name exists."""
        name = hashlib.sha256(data).hexdigest()
        if not self.place.has(lies_at(name)):
            self.place.write(lies_at(name), data)
        return name

    def put_from(self, data: bytes, at: float) -> str:
        """The same for what is kept for some time, which counts from `at` (seconds of the epoch) even if it was there
        already."""
        name = hashlib.sha256(data).hexdigest()
        self.place.keep_from(lies_at(name), data, at)
        return name

    def put_file(self, file: BufferedIOBase) -> str:
        """The same for what an open file has, read from its beginning, however large it is."""
        file.seek(0)
        name = hashlib.file_digest(file, "sha256").hexdigest()
        if not self.place.has(lies_at(name)):
            self.place.copy_in(lies_at(name), file)
        return name

    def get(self, name: str) -> bytes:
        """The bytes of the file `name`; raises MissingFile (a KeyError) and ChangedFile (a ValueError)."""
        with self.opened(name) as file:
            return file.read()

    def opened(self, name: str) -> BinaryIO:
        """The file `name`, open at its beginning, after all of it was read once and found to be what it was. Raises
        MissingFile and ChangedFile.

        Whoever reads on from here reads this same file, even if another is put in its place meanwhile.
        """
        try:
            file = self.place.open(lies_at(name))
        except StoreAway:
            # That nobody answers says nothing of the file.
            raise
        except OSError as missing:
            if missing.errno in NO_ROOM:
                # Nor does a disk of this machine that takes no copy of it.
                raise
            raise MissingFile(name) from missing
        try:
            if hashlib.file_digest(cast(BufferedIOBase, file), "sha256").hexdigest() != name:
                raise ChangedFile(name)
            file.seek(0)
        except OSError as unreadable:
            file.close()
            raise ChangedFile(name) from unreadable
        except ChangedFile:
            file.close()
            raise
        return file

    def names(self) -> Iterator[str]:
        """The names of all files that are kept, in no order."""
        return (one.name.rpartition("/")[2] for one in self.place.listed())

    def discard(self, name: str) -> None:
        """Lets go of the file `name`, for good, if it is there: nothing is ever removed but what the law demands to be
        erased."""
        self.place.remove(lies_at(name))

    @property
    def folder(self) -> Path:
        """The folder of a store that is one."""
        assert isinstance(self.place, FolderPlace)
        return self.place.folder

    def path(self, name: str) -> Path:
        """Where the file `name` lies in such a folder; raises ValueError for what is no SHA-256. For tests: whoever
        reads a file by its path reads it unchecked (`opened`)."""
        return self.folder / lies_at(name)


def lies_at(name: str) -> str:
    """The name of the file `name` in its place; raises ValueError for what is no SHA-256."""
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("not a content hash")
    return f"{name[:2]}/{name}"
