"""Lines that are read once and written into several files: all of them say the same, and the database is asked once.

They lie in a file without a name in the folder in which the files are made, so many at a time and compressed: a large
matter takes no more memory than a small one. Nobody else writes into that file.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from consult.exports.lines import TableLine

TOGETHER = 200
QUICK = 1
"""How hard it is compressed: texts shrink to a fifth, at little cost."""


@contextmanager
def read_once(lines: Iterable[TableLine], folder: Path) -> Iterator[Iterable[TableLine]]:
    """`lines`, taken one by one now, and given in the same order as often as they are asked for."""
    with TemporaryFile(dir=folder) as file:
        yield _Kept(file, list(_written(lines, file)))


def _written(lines: Iterable[TableLine], file: IO[bytes]) -> Iterator[int]:
    taken = iter(lines)
    while some := list(islice(taken, TOGETHER)):
        yield file.write(zlib.compress(pickle.dumps(some), QUICK))


@dataclass(frozen=True)
class _Kept:
    """What lies in `file`, in pieces of these `sizes`."""

    file: IO[bytes]
    sizes: Sequence[int]

    def __iter__(self) -> Iterator[TableLine]:
        place = 0
        for size in self.sizes:
            self.file.seek(place)
            yield from pickle.loads(zlib.decompress(self.file.read(size)))
            place += size
