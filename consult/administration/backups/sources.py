"""What is backed up beside the database, wherever it lies: files by their content, and keys."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consult.administration.backups.manifest import FILES, KEYS
from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where, place_at
from consult.files.places.place import Place

HASH = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Source:
    """A file of `place`, what it is called there and in the backup, how many bytes it has, and its hash where the name
    tells it."""

    place: Place
    own_name: str
    name: str
    size: int
    content: str

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The file on a disk of this machine: where it lies, or a copy that goes at the end. Raises OSError."""
        if isinstance(self.place, FolderPlace):
            yield self.place.folder / self.own_name
            return
        with tempfile.TemporaryDirectory(prefix="unfinished-backup-") as folder:
            path = Path(folder, "fetched")
            with self.place.open(self.own_name) as fetched, path.open("xb") as file:
                shutil.copyfileobj(fetched, file)
            yield path


def sources(files: Where, keys: Path) -> Iterator[Source]:
    """What is backed up beside the database. Half-written files are left out; keys are taken whole, with all folders
    below. Raises OSError where it cannot be listed."""
    kept = place_at(files)
    for one in sorted(kept.listed(), key=lambda one: one.name):
        last = one.name.rpartition("/")[2]
        content = last if len(last) == 64 and HASH.issuperset(last) else ""
        yield Source(kept, one.name, f"{FILES}/{one.name}", one.size, content)
    ring = FolderPlace(keys)
    for one in sorted(ring.listed(unfinished=True), key=lambda one: one.name):
        yield Source(ring, one.name, f"{KEYS}/{one.name}", one.size, "")
