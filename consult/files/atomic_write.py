"""How every file of the site comes to be: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedIOBase
from pathlib import Path
from typing import IO

UNFINISHED = "unfinished-"
"""How the name of a file begins that is not there yet. What a process leaves behind that is killed bears it."""


def write_whole(path: Path, data: bytes, durable: bool = True) -> None:
    """Puts `data` at `path`, whose folder is made where there is none. With `durable` it is on the disk with its name,
    and with the folders made for it, when this returns. Raises OSError and leaves nothing behind."""
    _make_folder(path.parent, durable)
    with whole(path, durable) as file:
        file.write(data)


def copy_whole(path: Path, source: BufferedIOBase) -> None:
    """As `write_whole`, durably, for what is read piece by piece from an open file."""
    _make_folder(path.parent, durable=True)
    with whole(path) as file:
        shutil.copyfileobj(source, file)


@contextmanager
def whole(path: Path, durable: bool = True) -> Iterator[IO[bytes]]:
    """The same for what is written in parts, in a folder that is there: a file for nobody else's eyes that takes the
    place of what stood at `path` when the block ends. Raising leaves what stood there, and nothing else."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    if durable:
        _to_disk(path.parent)


def left_behind(folder: Path, before: float) -> list[Path]:
    """What killed processes left under `folder`, last written before an instant (seconds of the epoch); `tmp…` is how
    such files were called once."""
    return [path for path in folder.rglob("*") if is_unfinished(path.name) and _older(path, before)]


def is_unfinished(name: str) -> bool:
    """Whether a file so called is not whole: it belongs into no backup."""
    return name.startswith((UNFINISHED, "tmp"))


def _make_folder(folder: Path, durable: bool) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, durable)
    folder.mkdir(mode=0o750, exist_ok=True)
    if durable:
        _to_disk(folder.parent)


def _to_disk(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _older(path: Path, before: float) -> bool:
    with suppress(FileNotFoundError):
        return path.is_file() and path.stat().st_mtime < before
    return False
