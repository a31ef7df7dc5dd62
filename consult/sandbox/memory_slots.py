"""The memory that all confined processes of a machine may use together, handed out in parts; and a little beside it
that is kept back for those who have somebody waiting.

A part is a file that its holder has locked. Linux takes the lock away from whoever dies, however it dies, so that no
part is ever lost; and every process of the site that knows the folder keeps to the same bound.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

PART = 64 * 1024 * 1024
MOST = 1024 * 1024 * 1024
LEAST = 512 * 1024 * 1024
KEPT_BACK = 2
"""So many parts beside all others are kept back for what must be done at once, and nothing else ever takes them."""
_LOOK_AGAIN = 0.02
_GROUPS = Path("/sys/fs/cgroup")


class NoPlace(Exception):
    """No memory became free in time."""


class MemorySlots:
    """So many bytes of `memory` for all who share `folder`; by default what suits the machine."""

    def __init__(self, folder: Path, memory: int = 0) -> None:
        self.folder = folder
        self.parts = max(1, (memory or suitable(available())) // PART)

    @contextmanager
    def taken(self, memory: int, deadline: float, at_once: bool = False) -> Iterator[int]:
        """Holds as much as a run needs while it lasts, and gives how much that is: less than `memory` only where there
        is not that much at all.

        Who waits keeps the door closed behind itself, so that all come in by turns and a large run is not passed by
        small ones for ever. What must be done `at_once` has a door of its own, and beside the others the parts that are
        kept back for it. Raises `NoPlace` at `deadline` (of the stopwatch), and where the folder cannot be used.
        """
        names = [str(part) for part in range(self.parts)]
        if at_once:
            names = [f"kept-back-{part}" for part in range(KEPT_BACK)] + names
        wanted = min(len(names), -(-memory // PART))
        with ExitStack() as held:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                with ExitStack() as door:
                    while not self._lock("door-at-once" if at_once else "door", door):
                        _wait(deadline)
                    self._gather(names, wanted, held, deadline)
            except OSError as error:
                raise NoPlace(f"{self.folder}: {error.strerror}") from error
            yield min(memory, wanted * PART)

    def _gather(self, names: Sequence[str], wanted: int, held: ExitStack, deadline: float) -> None:
        """Locks the parts of these names as they become free, until there are as many as wanted."""
        missing = list(names)
        while len(names) - len(missing) < wanted:
            for part in tuple(missing):
                if len(names) - len(missing) < wanted and self._lock(part, held):
                    missing.remove(part)
            if len(names) - len(missing) < wanted:
                _wait(deadline)

    def _lock(self, name: str, held: ExitStack) -> bool:
        """Whether the file of this name is now ours, until `held` closes."""
        descriptor = os.open(self.folder / name, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        held.callback(_let_go, descriptor)
        return True


def suitable(memory: int) -> int:
    """How much of a machine's memory is for confined processes: half of it, within bounds."""
    return max(LEAST, min(MOST, memory // 2))


def available(groups: Path = _GROUPS) -> int:
    """The bytes of memory that this process can have at most: those of the machine, or of its control group."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in _limits(groups):
        try:
            found.append(int(limit.read_text()))
        except (OSError, ValueError):
            continue  # No such group, or "max": no bound of its own.
    return min(found)


def _limits(groups: Path) -> Iterator[Path]:
    """The files that may hold a bound of the group this process is in, and of those around it."""
    try:
        told = Path("/proc/self/cgroup").read_text()
    except OSError:
        return
    for line in told.splitlines():
        _, controllers, own = line.split(":", 2)
        top, name = (groups / "memory", "memory.limit_in_bytes") if controllers else (groups, "memory.max")
        if controllers and "memory" not in controllers.split(","):
            continue
        folder = top / own.lstrip("/")
        yield from (place / name for place in (folder, *folder.parents) if place.is_relative_to(top))


def _wait(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise NoPlace("everything is taken")
    time.sleep(_LOOK_AGAIN)


def _let_go(descriptor: int) -> None:
    # A process that was just started may still have a copy of the descriptor, and closing would not be enough.
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)
