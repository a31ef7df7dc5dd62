"""Files that can be made again at any time: a folder with a bound, of which the oldest go first."""

import hashlib
import logging
import os
from pathlib import Path

from consult.files.atomic_write import write_whole

SUM = 32
"""Bytes before the data, by which it is seen that they are still the same."""

LOOKED_AT_EVERY = 50
"""So many new files between two looks at how much there is."""

log = logging.getLogger(__name__)


class BoundedCache:
    """Small files by name under `folder`, together about `limit` bytes at most."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self.made = 0

    def path(self, name: str) -> Path:
        """Where the file `name` (letters, digits, "-" and ".") lies, or would."""
        return self.folder / name[:2] / name

    def get(self, name: str) -> bytes | None:
        """The bytes of the file `name`; None when it is not there, or not any more what was put there."""
        try:
            kept = self.path(name).read_bytes()
        except FileNotFoundError:
            return None
        data = kept[SUM:]
        return data if hashlib.sha256(data).digest() == kept[:SUM] else None

    def put(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`: whole, or not at all where there is no room. Who asked has it all the same."""
        try:
            write_whole(self.path(name), hashlib.sha256(data).digest() + data, durable=False)
        except OSError:
            log.exception("there was no room to keep %s", name)
            return
        if self.made % LOOKED_AT_EVERY == 0:
            self.prune()
        self.made += 1

    def prune(self) -> None:
        """Lets the oldest go until a tenth of the room is free; what another process took away first is no trouble."""
        found = sorted((status.st_mtime_ns, status.st_size, path) for path, status in self._files())
        total = sum(size for _, size, _ in found)
        for _, size, path in found if total > self.limit else ():
            if total <= self.limit * 0.9:
                break
            path.unlink(missing_ok=True)
            total -= size

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        for path in self.folder.rglob("*"):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            if path.is_file():
                found.append((path, status))
        return found
