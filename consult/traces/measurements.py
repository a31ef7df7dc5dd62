"""Numbers that only grow, counted by all processes of a machine together, for who watches the site.

Each process has a file of its own in one folder and writes its numbers there in place, through shared memory: what was
counted outlives the process, however it ended. Whoever reads adds the files up, and folds those of processes that have
ended into one. Nothing is counted before `use` has named a folder, nor what a full disk has no room for.
"""

import fcntl
import json
import mmap
import os
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from consult.timed_cache import TimedCache

NUMBER = struct.Struct("=d")
LENGTH = struct.Struct("=H")
GROWTH = 65_536
MOST_NAMES = 4_000
"""So many numbers a process keeps; what would come beyond is counted under its name alone, without labels."""
LONGEST_NAME = 400
PAST = "past.json"
TRUSTED_FOR = 2.0

Labels = tuple[tuple[str, str], ...]
Key = tuple[str, Labels]
Totals = Counter[Key]


class Counts:
    """The numbers of this process, in a file of `folder`, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.process, self.file = 0, -1
        self.places: dict[Key, int] = {}
        self.found = TimedCache[Totals](Counter())

    def add(self, name: str, amount: float, labels: Labels) -> None:
        """Adds to one number."""
        with self.lock:
            if self.process != os.getpid():
                self._begin()
            place = self._place_of((name, labels))
            (before,) = NUMBER.unpack_from(self.memory, place)
            NUMBER.pack_into(self.memory, place, before + amount)

    def totals(self) -> Totals:
        """What all processes have counted together, now or a moment ago."""
        return self.found.now(lambda: (self._added_up(), TRUSTED_FOR))

    def close(self) -> None:
        """Lets go of the file, which is folded into the others by whoever adds up next."""
        if self.file >= 0:
            os.close(self.file)
        self.process, self.file = 0, -1

    def _begin(self) -> None:
        """A file of this process's own, locked for as long as it lives: the kernel lets go of the lock."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(self.folder):
            path = self.folder / f"{os.getpid()}-{os.urandom(4).hex()}.counts"
            # In a process that forked: the other's goes on being its own.
            self.close()
            self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                self._make_room(0)
            except OSError:
                self.close()
                path.unlink()
                raise
        self.memory = mmap.mmap(self.file, GROWTH)
        self.process, self.places, self.end = os.getpid(), {}, 0

    def _make_room(self, start: int) -> None:
        """Blocks of the disk for what is written from `start` on. Raises OSError: in a file with holes a full disk is
        told by a signal that ends the process, at the first number that would fill one."""
        os.posix_fallocate(self.file, start, GROWTH)

    def _place_of(self, key: Key) -> int:
        place = self.places.get(key)
        if place is not None:
            return place
        written = json.dumps(key, separators=(",", ":")).encode()
        if key[1] and (len(self.places) >= MOST_NAMES or len(written) > LONGEST_NAME):
            return self._place_of((key[0], ()))
        start = self.end + LENGTH.size + len(written)
        if start + NUMBER.size + LENGTH.size > len(self.memory):
            self._make_room(len(self.memory))
            self.memory.resize(len(self.memory) + GROWTH)
        self.memory[self.end + LENGTH.size : start] = written
        # The length last: who reads meanwhile sees nothing, or all of it.
        LENGTH.pack_into(self.memory, self.end, len(written))
        self.places[key], self.end = start, start + NUMBER.size
        return start

    def _added_up(self) -> Totals:
        if not self.folder.is_dir():
            return Counter()
        with _alone(self.folder):
            past = _past(self.folder)
            living: Totals = Counter()
            ended = []
            for path in sorted(self.folder.glob("*.counts")):
                lives = _lives(path)
                (living if lives else past).update(dict(_read(path.read_bytes())))
                ended += [] if lives else [path]
            # On a full disk their files stay, and are added up again by the next one who reads.
            with suppress(OSError):
                if ended:
                    _keep_past(self.folder, past)
                for path in ended:
                    path.unlink()
            return past + living


_counts: list[Counts | None] = [None]


def use(folder: Path | None) -> None:
    """Has everything counted in `folder` from here on; None: nothing is counted."""
    if (before := _counts[0]) is not None:
        before.close()
    _counts[0] = Counts(folder) if folder is not None else None


def counts() -> bool:
    """Whether anything is counted."""
    return _counts[0] is not None


def count(name: str, amount: float = 1, /, **labels: str) -> None:
    """Adds to a number, where there is room for it: nobody's request fails for a count. Labels are routes and codes of
    ours, never what somebody typed."""
    counting = _counts[0]
    if counting is not None:
        with suppress(OSError):
            counting.add(name, amount, tuple(sorted(labels.items())))


def totals() -> Totals:
    """Every number that the processes of this machine have counted together, by name and labels."""
    counting = _counts[0]
    return counting.totals() if counting is not None else Counter()


class _alone:
    """Keeps others from beginning or folding files of a folder meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_what: object) -> None:
        self.file.close()


def _lives(path: Path) -> bool:
    """Whether the process of a file lives: it holds the lock."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _read(held: bytes) -> Iterator[tuple[Key, float]]:
    """The numbers of one process."""
    place = 0
    while place + LENGTH.size < len(held):
        (length,) = LENGTH.unpack_from(held, place)
        if not length:
            return
        start = place + LENGTH.size + length
        name, labels = json.loads(held[place + LENGTH.size : start])
        yield (name, tuple((one, value) for one, value in labels)), NUMBER.unpack_from(held, start)[0]
        place = start + NUMBER.size


def _past(folder: Path) -> Totals:
    try:
        said = json.loads((folder / PAST).read_text("utf-8"))
        return Counter({(name, tuple(map(tuple, labels))): number for name, labels, number in said})
    except (OSError, ValueError, TypeError):
        return Counter()


def _keep_past(folder: Path, past: Totals) -> None:
    unfinished = folder / f".{PAST}"
    unfinished.write_text(json.dumps([[name, labels, number] for (name, labels), number in past.items()]), "utf-8")
    os.replace(unfinished, folder / PAST)
