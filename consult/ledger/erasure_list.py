"""What was erased by law, written down outside the database and outside every backup: whoever puts an earlier backup in
place of the database erases it again before the site serves.

The list holds ids and codes, never a word of what was erased. It is only ever added to: a copy of a backup may turn up
years later.
"""

import fcntl
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

LIST = "erasures.jsonl"


@dataclass(frozen=True)
class Erasure:
    """One erasure: what `kind` of row it was, of which matter, its `id`, what of it (`scope`), when (ISO, UTC), and the
    ids `by` whom: of who proposed it and who confirmed it, where it closes something that needs two."""

    kind: str
    consultation_id: UUID
    id: UUID
    scope: tuple[str, ...]
    at: str
    by: tuple[UUID, ...] = ()

    @property
    def key(self) -> tuple[str, UUID, UUID, tuple[str, ...]]:
        """What two notes of the same erasure share."""
        return self.kind, self.consultation_id, self.id, self.scope


class ErasureList:
    """The list in `folder`, beside the checkpoints of the logs; what its disk refuses is an OSError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LIST

    def note(self, erasures: Sequence[Erasure]) -> None:
        """Adds what is not there yet; on the disk when this returns. A line that a power cut left half is closed first,
        and read past."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            known = {one.key for one in self.all()}
            lines = [_line(one) for one in erasures if one.key not in known]
            if lines:
                _append(descriptor, ("" if _ends_whole(descriptor) else "\n") + "".join(lines))
        finally:
            os.close(descriptor)

    def all(self) -> list[Erasure]:
        """Every erasure, in the order of noting; none where there is no list."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        return [found for found in map(_read, lines) if found is not None]


def _line(one: Erasure) -> str:
    return json.dumps(asdict(one), default=str, sort_keys=True) + "\n"


def _read(line: str) -> Erasure | None:
    with suppress(ValueError, KeyError, TypeError):
        said = json.loads(line)
        ids = UUID(said["consultation_id"]), UUID(said["id"])
        by = tuple(map(UUID, said.get("by", ())))
        return Erasure(str(said["kind"]), *ids, tuple(map(str, said["scope"])), str(said["at"]), by)
    return None


def _ends_whole(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return not size or os.pread(descriptor, 1, size - 1) == b"\n"


def _append(descriptor: int, text: str) -> None:
    rest = text.encode()
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)
