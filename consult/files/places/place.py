"""Where files of a kind lie, whatever holds them: one seam, with a folder or a part of a bucket behind it.

Names are relative and parted by slashes (`ab/abcd…`). What is written is there whole or not at all, and is kept when
the call returns. What cannot be done raises OSError: of a bucket StoreAway, by which nothing is told about the file.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import BufferedIOBase, BufferedReader
from typing import BinaryIO


class NoLock(OSError):
    """There is no room for the mark by which whoever makes something is known to others."""


class Overtaken(OSError):
    """Somebody else went on with what was ours to do, since we were taken for gone: what we made counts no more."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Hold:
    """Whether a lock is ours (its truth). One that is held on a store may be lost to somebody else: `gone` knows of it
    without asking, `lost` asks."""

    mine: bool
    gone: Callable[[], bool] = field(default=_never)
    lost: Callable[[], bool] = field(default=_never)

    def __bool__(self) -> bool:
        return self.mine


@dataclass(frozen=True)
class Kept:
    """A file: its name, its bytes, and when it was put there (seconds of the epoch)."""

    name: str
    size: int
    modified: float


class Place(ABC):
    """Files by name."""

    @property
    @abstractmethod
    def address(self) -> str:
        """By which another process finds it (`opening.place_at`). No secret stands in it."""

    @abstractmethod
    def below(self, name: str) -> "Place":
        """The place of this name in it."""

    @abstractmethod
    def beside(self, ending: str) -> "Place":
        """The place whose name is that of this one with an ending."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """All bytes of a small file. Raises FileNotFoundError, OSError."""

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """A file, open at its beginning, with all its bytes on this machine, even if it is taken away meanwhile. Raises
        FileNotFoundError, OSError."""

    @abstractmethod
    def open_parts(self, name: str) -> BufferedReader:
        """The same for what is sent on as it is read: bytes may come when they are asked for. What is read from another
        file in its place raises FileNotFoundError."""

    @abstractmethod
    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """Puts `data` at `name`, over what stands there. Without `durable` it need not outlive a power cut."""

    def version(self, name: str) -> str:
        """By what it is known again whether somebody else replaced `name`; empty where a lock keeps others from it."""
        return ""

    def replace(self, name: str, data: bytes, version: str) -> None:
        """`write` without waiting for the disk, unless somebody replaced what had this `version`. Raises Overtaken."""
        self.write(name, data, durable=False)

    @abstractmethod
    def copy_in(self, name: str, file: BufferedIOBase) -> None:
        """The same, durably, for all that an open file has from its beginning."""

    @abstractmethod
    def keep_from(self, name: str, data: bytes, at: float) -> None:
        """Puts `data` at `name` unless the same is there, and counts its age anew: from `at`, or from now where the
        place has a clock of its own."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""

    @abstractmethod
    def modified(self, name: str) -> float:
        """When it was put there (seconds of the epoch). Raises FileNotFoundError, OSError."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Takes it away for good, if it is there."""

    @abstractmethod
    def listed(self, unfinished: bool = False) -> Iterator[Kept]:
        """Every file in it and below, in no order; `unfinished` ones too, which a disk may have."""

    @abstractmethod
    def alone(self, name: str) -> AbstractContextManager[Hold]:
        """Holds the lock of this name, by threads, processes and machines alike, or gives what is false when somebody
        else has it. Who holds it may lose it by not going on for a while. Raises NoLock on a disk that takes no
        file."""

    def clear(self, under: str) -> None:
        """Takes away every file whose name begins with `under`, which is empty or ends in a slash."""
        for one in list((self.below(under.rstrip("/")) if under else self).listed()):
            self.remove(under + one.name)
