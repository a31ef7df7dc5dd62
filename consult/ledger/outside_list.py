"""A list outside the database and outside every backup of what must not come back with an earlier one of them.

It holds ids and codes, never a word of what was said. It is only ever added to: a copy of a backup may turn up years
later.
"""

import fcntl
import json
import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Line(Protocol):
    """One line of a list: a dataclass of ids and codes."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def key(self) -> Hashable:
        """What two notes of the same thing share."""


ALine = TypeVar("ALine", bound=Line)


class OutsideList(Generic[ALine]):
    """The list in the file `path`, whose lines `read` understands: it raises ValueError, KeyError or TypeError for one
    that it does not. What the disk refuses is an OSError."""

    def __init__(self, path: Path, read: Callable[[Mapping[str, Any]], ALine]) -> None:
        self.path = path
        self.read = read

    def note(self, said: Sequence[ALine]) -> None:
        """Adds what is not there yet; on the disk when this returns. A line that a power cut left half is closed first,
        and read past."""
        with self._locked() as descriptor:
            known = {one.key for one in self.all()}
            lines = [_line(one) for key, one in {one.key: one for one in said}.items() if key not in known]
            if lines:
                _append(descriptor, ("" if _ends_whole(descriptor) else "\n") + "".join(lines))

    def all(self) -> list[ALine]:
        """Every line, in the order of noting; none where there is no list."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        return [found for line in lines for found in self._read(line)]

    def _read(self, line: str) -> Iterator[ALine]:
        with suppress(ValueError, KeyError, TypeError):
            yield self.read(json.loads(line))

    @contextmanager
    def _locked(self) -> Iterator[int]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)


def _line(one: Any) -> str:
    return json.dumps(asdict(one), default=str, sort_keys=True) + "\n"


def _ends_whole(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return not size or os.pread(descriptor, 1, size - 1) == b"\n"


def _append(descriptor: int, text: str) -> None:
    rest = text.encode()
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
