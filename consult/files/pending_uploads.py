"""Files of a form that is still being filled in: kept aside by their content, and let go when nobody sent them."""

import os
from datetime import datetime
from pathlib import Path

from consult.files.store import FileStore


class PendingUploads:
    """Files under `folder`, each known by its SHA-256. They are nobody's yet, and in no backup."""

    def __init__(self, folder: Path) -> None:
        self.store = FileStore(folder)

    def put(self, data: bytes, now: datetime) -> str:
        """Keeps `data` from `now` on, and returns its SHA-256 (hex)."""
        name = self.store.put(data)
        os.utime(self.store.path(name), (now.timestamp(), now.timestamp()))
        return name

    def get(self, name: str) -> bytes:
        """The bytes of the file `name`; raises KeyError when it was let go."""
        return self.store.get(name)

    def forget(self, before: datetime) -> int:
        """Lets go what was kept before that instant, and says how many files that were."""
        old = [path for path in self.store.folder.glob("*/*") if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)
