"""The last signed checkpoint of every log, kept outside the database: what a restored backup cannot set back.

One folder, which may be shared by several machines, with a file for each log. A file has two slots that are written in
turn, each with its own hash: what a power cut leaves half written is one slot, and the other still stands. A new one
costs one write to the disk. Who writes holds the lock of the file, and says what stood there when it looked
(compare-and-swap): of two that go on from the same checkpoint one is told.
"""

import errno
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

SLOT = 4096
"""Bytes of a slot: a block of most disks. A checkpoint is a few hundred."""
PLACE = "place"
LOG = ".checkpoint"
BAD = ".bad"


@dataclass(frozen=True)
class KeptCheckpoint:
    """What was signed last for a log: its epoch, the size and root, and the signed note."""

    epoch: int
    size: int
    root: bytes
    note: str

    @property
    def order(self) -> tuple[int, int]:
        """What a later one has more of."""
        return self.epoch, self.size


class Moved(Exception):
    """Somebody else has kept another checkpoint since; `found` is that one."""

    def __init__(self, found: KeptCheckpoint | None) -> None:
        super().__init__("another checkpoint was kept meanwhile")
        self.found = found


class CheckpointStore:
    """The folder of kept checkpoints. What its disk refuses is an OSError. Not `durable` is for tests alone."""

    def __init__(self, folder: Path, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable

    def place(self) -> str | None:
        """What names this folder, so that a database knows it again; None while it has no name, or is not there."""
        try:
            with open(f"{self.folder}/{PLACE}", "rb") as file:
                return file.read().decode("ascii").strip() or None
        except FileNotFoundError:
            return None

    def begin(self) -> str:
        """The same, after giving the folder a name if it has none."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.folder / f".{PLACE}.{secrets.token_hex(4)}"
        _write_new(unfinished, f"{secrets.token_hex(16)}\n".encode(), self.durable)
        try:
            # Whole or not at all, and of several who begin at once one gives the name.
            with suppress(FileExistsError):
                os.link(unfinished, self.folder / PLACE)
        finally:
            unfinished.unlink()
        self._sync_folder()
        return (self.folder / PLACE).read_text("ascii").strip()

    def begin_log(self, consultation_id: UUID) -> None:
        """Has a file for a log, empty unless something was kept of it: from then on one that is missing was lost."""
        with self._locked(consultation_id):
            pass

    def has(self, consultation_id: UUID) -> bool:
        """Whether there is a file for a log."""
        return os.path.exists(self._path(consultation_id))

    def last(self, consultation_id: UUID) -> KeptCheckpoint | None:
        """What was kept last for a log; None when nothing was."""
        try:
            # Read to its end: of a failing disk one read gives the half that it can, and only the next one fails.
            with open(self._path(consultation_id), "rb") as file:
                found = _newest(file.read(2 * SLOT))
        except FileNotFoundError:
            return None
        return found[1] if found else None

    def keep(self, consultation_id: UUID, seen: KeptCheckpoint | None, new: KeptCheckpoint) -> None:
        """Puts `new` where `seen` was read; on the disk when this returns. Raises Moved when something else is there
        by now."""
        with self._locked(consultation_id) as descriptor:
            found = _newest(os.pread(descriptor, 2 * SLOT, 0))
            number, present = found or (0, None)
            if present != seen:
                raise Moved(present)
            slot = _slot(number + 1, new)
            os.pwrite(descriptor, slot, SLOT * ((number + 1) % 2))
            if self.durable:
                os.fdatasync(descriptor)

    def logs(self) -> list[UUID]:
        """The logs of which a checkpoint is kept."""
        return sorted(UUID(path.stem) for path in self.folder.glob(f"*{LOG}"))

    def set_aside(self, consultation_id: UUID) -> None:
        """Forgets a log that its database does not have any more; what was kept of it stays beside."""
        path = Path(self._path(consultation_id))
        path.rename(path.with_suffix(f".lost-{secrets.token_hex(4)}"))
        self._sync_folder()

    def note_bad(self, consultation_id: UUID, index: int) -> None:
        """Notes that a stored entry is not what was signed: whoever signs looks at it first."""
        with suppress(FileExistsError):
            _write_new(self._bad(consultation_id), str(index).encode(), self.durable)

    def bad(self, consultation_id: UUID) -> int | None:
        """The entry that was noted; None when none was."""
        try:
            with open(self._bad(consultation_id), "rb") as file:
                return int(file.read() or b"0")
        except FileNotFoundError:
            return None

    def mended(self, consultation_id: UUID) -> None:
        """Takes the note away."""
        Path(self._bad(consultation_id)).unlink(missing_ok=True)

    def _path(self, consultation_id: UUID) -> str:
        return f"{self.folder}/{consultation_id}{LOG}"

    def _bad(self, consultation_id: UUID) -> str:
        return f"{self.folder}/{consultation_id}{BAD}"

    @contextmanager
    def _locked(self, consultation_id: UUID) -> Iterator[int]:
        """The file of a log, made if there is none, while nobody else writes to it: threads, processes and, where the
        folder is on a share that knows locks (NFS 4), machines."""
        descriptor, new = _opened(self._path(consultation_id))
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if new:
                os.ftruncate(descriptor, 2 * SLOT)
                self._sync_folder()
            yield descriptor
        finally:
            os.close(descriptor)

    def _sync_folder(self) -> None:
        if self.durable:
            descriptor = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _opened(path: str) -> tuple[int, bool]:
    """A descriptor of a file that is made if there is none, and whether there was none."""
    try:
        return os.open(path, os.O_RDWR), False
    except FileNotFoundError:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600), True


def _write_new(path: str | Path, data: bytes, durable: bool) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _slot(number: int, kept: KeptCheckpoint) -> bytes:
    """A slot: the hash of its second line, then that line. Raises ValueError for a note that has no room."""
    said = {"number": number, "epoch": kept.epoch, "size": kept.size, "root": kept.root.hex(), "note": kept.note}
    line = json.dumps(said).encode()
    slot = b"\n".join((hashlib.sha256(line).hexdigest().encode(), line, b""))
    if len(slot) > SLOT:
        raise ValueError("the name of the log is too long to be kept")
    return slot.ljust(SLOT, b"\n")


def _newest(data: bytes) -> tuple[int, KeptCheckpoint] | None:
    """The number and content of the newest whole slot; None in a new file. Raises OSError when neither can be read. Of
    the two slots at least one is what it was before, and need not be parsed again."""
    found = [one for one in (_read(data[:SLOT]), _read(data[SLOT:])) if one is not None]
    if not found and data.strip(b"\0\n"):
        raise OSError(errno.EIO, "a kept checkpoint cannot be read")
    return max(found, key=lambda one: one[0], default=None)


@lru_cache(maxsize=32)
def _read(slot: bytes) -> tuple[int, KeptCheckpoint] | None:
    hashed, _, rest = slot.partition(b"\n")
    line = rest.partition(b"\n")[0]
    if not line or hashlib.sha256(line).hexdigest().encode() != hashed:
        return None
    said = json.loads(line)
    return said["number"], KeptCheckpoint(said["epoch"], said["size"], bytes.fromhex(said["root"]), said["note"])
