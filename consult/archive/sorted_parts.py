"""Parts that come in any order, and are written by their names: on a disk meanwhile, however large they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from consult.files.archive import CHUNK, Archive, Parts, Sink


@dataclass
class SortedParts(Parts):
    """What was added so far, in `file`."""

    file: IO[bytes]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        """As of all that takes parts; one after the other."""
        if name in self.places:
            raise ValueError(f"no name for a part: {name!r}")
        start = self.file.tell()
        yield self.file
        self.places[name] = start, self.file.tell()

    def write_to(self, archive: Archive) -> None:
        """Writes all of them into an archive, by name."""
        for name in sorted(self.places):
            start, end = self.places[name]
            self.file.seek(start)
            with archive.part(name) as written:
                for left in range(end - start, 0, -CHUNK):
                    written.write(self.file.read(min(CHUNK, left)))
