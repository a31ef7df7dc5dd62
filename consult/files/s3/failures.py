"""What can go wrong with a store of files that lies elsewhere."""

import errno
from enum import StrEnum

from consult.errors import Unavailable


class Why(StrEnum):
    """Why it cannot be used: nobody answers in time; it refuses us (keys, clock, rights); it answers that it fails."""

    AWAY = "away"
    REFUSED = "refused"
    FAILING = "failing"


class StoreAway(Unavailable, OSError):
    """The store of files cannot be used at the moment; what was to be done may be done again. `why`, and `detail` in a
    word of its own (`timeout`, `SignatureDoesNotMatch`): no address, no name of a file, no key."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__("files_unavailable")
        self.errno = errno.EIO
        self.why = why
        self.detail = detail

    def __str__(self) -> str:
        return (
            f"the store of files is {self.why} ({self.detail})" if self.detail else f"the store of files is {self.why}"
        )


class Taken(OSError):
    """Something else stands where something was to be put on a condition."""
