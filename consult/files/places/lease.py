"""A lock that machines share on a store of files, which knows no locks: an object that is put where none stands.

Who holds it puts it again every few seconds. One that was not put again for a while belongs to somebody who is gone,
and is taken over, by one alone: on the condition that it is still the same. How old it is the server says, by its own
clock; those of the machines are not asked. Who lost it learns so, from its renewal or by asking (`Hold`).
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from consult.files.places.place import Hold
from consult.files.s3.client import Client
from consult.files.s3.failures import StoreAway, Taken

LASTS = 60.0
"""Seconds after which a lease that was not put again is anybody's."""
RENEWED = 15.0

log = logging.getLogger(__name__)


class Lease:
    """The lease `name`, held as whoever knows `holder`."""

    def __init__(self, client: Client, name: str) -> None:
        self.client = client
        self.name = name
        self.holder = secrets.token_hex(16).encode()
        self.tag = ""
        self.ended = Event()
        self.taken_over = Event()

    def take(self) -> bool:
        """Whether it is ours now. Raises StoreAway."""
        return self._put({"if-none-match": "*"}) or self._take_over()

    def renew(self) -> bool:
        """Puts it again, unless somebody took it over."""
        return self._put({"if-match": self.tag})

    def keep(self) -> None:
        """Puts it again and again until it ends, or was lost."""
        while not self.ended.wait(RENEWED):
            # A store that is away for a moment is asked again: the lease lasts for four turns.
            with suppress(StoreAway):
                if not self.renew():
                    log.warning("a lease on the store of files was taken over")
                    self.taken_over.set()
                    return

    def lost(self) -> bool:
        """Whether somebody else has it now, or nobody. Raises StoreAway."""
        return self.taken_over.is_set() or not self._is_ours()

    def leave(self) -> None:
        """Lets it go, for whoever comes next; where the store is away it runs out by itself."""
        with suppress(StoreAway):
            if self._is_ours():
                self.client.remove(self.name)

    def _put(self, when: dict[str, str]) -> bool:
        try:
            self.tag = self.client.put(self.name, self.holder, when)
        except Taken:
            return self._is_ours()
        return True

    def _is_ours(self) -> bool:
        """Whether what stands there is ours: an answer that got lost made us ask twice."""
        with suppress(FileNotFoundError):
            if self.client.get(self.name, len(self.holder)) == self.holder:
                self.tag = self.client.stat(self.name).tag
                return True
        return False

    def _take_over(self) -> bool:
        try:
            found = self.client.stat(self.name)
        except FileNotFoundError:
            return self._put({"if-none-match": "*"})
        # Looked at once more: a server may know no such condition.
        return found.now - found.modified > LASTS and self._put({"if-match": found.tag}) and self._is_ours()


@contextmanager
def leased(client: Client, name: str) -> Iterator[Hold]:
    """Holds the lease `name`, or gives what is false when somebody else has it. Raises StoreAway."""
    lease = Lease(client, name)
    if not lease.take():
        yield Hold(False)
        return
    keeper = Thread(target=lease.keep, daemon=True)
    keeper.start()
    try:
        yield Hold(True, lease.taken_over.is_set, lease.lost)
    finally:
        lease.ended.set()
        keeper.join()
        lease.leave()
