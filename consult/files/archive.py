"""A ZIP archive written part by part, with the hash of each: the same parts in the same order are the same bytes."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.text import in_ascii, one_line

CHUNK = 64 * 1024
LONGEST_NAME = 80
LONGEST_ENDING = 10
SUMS = "SHA256SUMS"
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Names that Windows gives to its devices, with any ending."""
_TAKEN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


class Sink(Protocol):
    """What a part is written to."""

    def write(self, data: bytes, /) -> int:
        """Takes the next bytes."""


@dataclass
class _Hashing:
    """Writes on, and hashes what goes by."""

    file: IO[bytes]
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        return self.file.write(data)


class Parts(ABC):
    """Where parts are written."""

    @abstractmethod
    def part(self, name: str) -> AbstractContextManager[Sink]:
        """A part to be written in pieces. Raises ValueError for a name that is there, or leads out of the archive."""

    def add(self, name: str, data: bytes) -> None:
        """A part that is there already."""
        with self.part(name) as file:
            file.write(data)

    def copy(self, name: str, source: IO[bytes]) -> None:
        """A part read from a file, piece by piece."""
        with self.part(name) as file:
            while piece := source.read(CHUNK):
                file.write(piece)


class Archive(Parts):
    """An archive being written to a file; when the block ends, the list of all hashes is its last part."""

    def __init__(self, file: IO[bytes], at: datetime | None = None) -> None:
        """`at` is the moment (in UTC) that every part bears; without it they bear the first day that a ZIP can say, and
        never the one on which it is made."""
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self._at = at.astimezone(UTC).timetuple()[:6] if at else ZipInfo("").date_time
        self.hashes: dict[str, str] = {}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.add(SUMS, self.listed().encode())
        self._zip.close()

    def listed(self) -> str:
        """The list of the hashes of all parts but itself, as `sha256sum -c` reads it."""
        return "".join(f"{digest}  {name}\n" for name, digest in self.hashes.items() if name != SUMS)

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        """As of all that takes parts."""
        if name in self.hashes or any(piece != safe_name(piece) for piece in name.split("/")):
            raise ValueError(f"no name for a part: {name!r}")
        # Without the time at which it was made.
        info = ZipInfo(name, self._at)
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            hashing = _Hashing(file)
            yield hashing
        self.hashes[name] = hashing.digest.hexdigest()


@dataclass(frozen=True)
class Together(Parts):
    """Several archives that get the same parts, which are made once."""

    archives: Sequence[Archive]

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        """The part in each of them."""
        with ExitStack() as held:
            yield _Several([held.enter_context(one.part(name)) for one in self.archives])


@dataclass(frozen=True)
class _Several:
    """Writes on to each."""

    sinks: Sequence[Sink]

    def write(self, data: bytes, /) -> int:
        for sink in self.sinks:
            sink.write(data)
        return len(data)


def safe_name(name: str) -> str:
    """A file's name, whatever a person called it, in letters that every system takes: never a way into another folder,
    never a device of Windows, without accents (which systems write in several ways), of a bounded length."""
    plain = in_ascii(one_line(name)).replace(" ", "-")
    bare = "".join(sign if sign in _TAKEN else "_" for sign in plain).strip(".-_") or "tep"
    stem, point, ending = bare.rpartition(".")
    if not point or len(ending) > LONGEST_ENDING:
        stem, point, ending = bare, "", ""
    stem = stem[:LONGEST_NAME].rstrip(".-_") or "tep"
    if stem.partition(".")[0].lower() in RESERVED:
        stem = f"tep-{stem}"
    return f"{stem}{point}{ending}"
