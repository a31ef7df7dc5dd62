"""Files that were found damaged, remembered until they are right again: for whoever watches the site.

A mark is an empty file beside the store, since the database may be the very thing that cannot be trusted or written.
"""

import logging
from collections.abc import Sequence

from consult.files.store import DamagedFile, FileStore

log = logging.getLogger(__name__)


class DamageRecord:
    """What was found damaged in `files`, by any process of the site."""

    def __init__(self, files: FileStore) -> None:
        self.files = files
        self.place = files.place.beside("-damaged")

    def report(self, damaged: DamagedFile) -> None:
        """Tells the log, and remembers it."""
        log.error("%s: %s", type(damaged).__name__, damaged)
        try:
            self.place.write(damaged.name, b"", durable=False)
        except OSError:
            log.exception("the damage could not be marked in %s", self.place.address)

    def found(self) -> Sequence[str]:
        """The names of the files that were found damaged and still are. Looks at each again, and forgets a file that
        was put right."""
        names = sorted(one.name for one in self.place.listed())
        return [name for name in names if self._still(name)]

    def _still(self, name: str) -> bool:
        try:
            self.files.opened(name).close()
        except DamagedFile:
            return True
        except ValueError:
            return False  # No mark of ours.
        self.place.remove(name)
        return False
