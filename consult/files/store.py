"""Files by their content: a folder where each file's name is its SHA-256, written once and never changed."""

import hashlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO

from consult.files.atomic_write import copy_whole, is_unfinished, write_whole


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
    """Content-addressed files under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keeps `data` and returns its SHA-256 (hex). The file is complete and on disk before its name exists."""
        name = hashlib.sha256(data).hexdigest()
        path = self.path(name)
        if not path.exists():
            write_whole(path, data)
        return name

    def put_file(self, file: BufferedIOBase) -> str:
        """The same for what an open file has, read from its beginning, however large it is."""
        file.seek(0)
        name = hashlib.file_digest(file, "sha256").hexdigest()
        path = self.path(name)
        if not path.exists():
            file.seek(0)
            copy_whole(path, file)
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
            file = self.path(name).open("rb")
        except OSError as missing:
            raise MissingFile(name) from missing
        try:
            if hashlib.file_digest(file, "sha256").hexdigest() != name:
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
        return (path.name for path in self.folder.glob("*/*") if not is_unfinished(path.name))

    def discard(self, name: str) -> None:
        """Lets go of the file `name`, for good, if it is there: nothing is ever removed but what the law demands to be
        erased."""
        self.path(name).unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Where the file `name` lies; raises ValueError for what is no SHA-256. For this room alone: whoever reads a
        file by its path reads it unchecked (`opened`)."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise ValueError("not a content hash")
        return self.folder / name[:2] / name
