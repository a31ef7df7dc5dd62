"""Files that a program of its own makes beside the worker: the newest of each matter, in a folder that never changes.

They are made in a folder of the machine, and lie where all machines see them once they are whole.

Which folder is the newest stands in a file that is replaced at once, so that nobody ever sees a half-made one. An old
folder goes when a newer one stands: who is still reading a file of a disk has it open; of a store elsewhere one more is
left for them, unless something of it was taken back. Whoever makes something holds the matter's lock, so that nothing
is made twice. Who lost it to another machine stops (Overtaken): what they made is put in the place of nothing.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from uuid import UUID

from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where, place_at
from consult.files.places.place import Hold, Overtaken, Place
from consult.files.places.place import NoLock as NoLock

NEWEST, DONE = "newest.json", "done.json"
LARGE = "large"
MAKING = "unfinished-made-"
"""How the folder of this machine begins in which files are made that will lie elsewhere."""


@dataclass(frozen=True)
class LatestFiles:
    """The files that were made last, in `folder`: of which state, when they were counted and how long it took, and the
    marks by which what was taken back since is found."""

    folder: str
    state: str
    received: int
    taken_back: int
    counted_at: str
    seconds: float

    @property
    def ended(self) -> datetime:
        """When they were ready."""
        return self.begun + timedelta(seconds=self.seconds)

    @property
    def begun(self) -> datetime:
        """Of which moment they are."""
        return datetime.fromisoformat(self.counted_at)


class MadeFiles:
    """What was made, at a place."""

    def __init__(self, where: Where) -> None:
        self.place = place_at(where)
        self.making: dict[UUID, Path] = {}
        self.holds: dict[UUID, tuple[Hold, str]] = {}

    @property
    def folder(self) -> Path:
        """The folder of what is kept in one. For tests."""
        assert isinstance(self.place, FolderPlace)
        return self.place.folder

    def newest(self, consultation_id: UUID) -> LatestFiles | None:
        """What was made last; None when nothing was."""
        try:
            return LatestFiles(**json.loads(self._large(consultation_id).read(NEWEST)))
        except FileNotFoundError:
            return None

    def open(self, consultation_id: UUID, newest: LatestFiles, suffix: str) -> BufferedReader:
        """One of the files. Raises FileNotFoundError when a newer one has taken its place."""
        return self._large(consultation_id).open_parts(f"{newest.folder}/{suffix}")

    def begin(self, consultation_id: UUID, name: str) -> Path:
        """An empty folder for the next files. Call with the lock held."""
        large = self._large(consultation_id)
        if not isinstance(large, FolderPlace):
            self.making[consultation_id] = Path(tempfile.mkdtemp(prefix=MAKING))
            return self.making[consultation_id]
        large.clear(name)
        folder = large.folder / name
        folder.mkdir(parents=True)
        return folder

    def note_done(self, consultation_id: UUID, parts: int, of: int) -> None:
        """So many parts of what is being made are done. Call with the lock held. Raises Overtaken."""
        if (held := self.holds.get(consultation_id)) is not None and held[0].gone():
            raise Overtaken(NEWEST)
        self._replace(consultation_id, DONE, json.dumps([parts, of]))

    def done(self, consultation_id: UUID) -> tuple[int, int] | None:
        """How many parts of how many are done of what is being made; None before the first."""
        try:
            parts, of = json.loads(self._large(consultation_id).read(DONE))
        except FileNotFoundError:
            return None
        return int(parts), int(of)

    def finish(self, consultation_id: UUID, made: LatestFiles) -> None:
        """Puts what was made in the place of what there was. Call with the lock held. Raises Overtaken: then it is
        gone."""
        large, before = self._large(consultation_id), self.newest(consultation_id)
        kept = {made.folder}
        if consultation_id in self.making:
            # Something that stands in it was taken back since: whoever still reads it reads no further.
            kept |= {before.folder} if before and before.taken_back == made.taken_back else set()
        try:
            self._put(consultation_id, large, made)
        except Overtaken:
            large.clear(f"{made.folder}/")
            raise
        self._tidy(consultation_id, large, kept)

    def _put(self, consultation_id: UUID, large: Place, made: LatestFiles) -> None:
        hold, version = self.holds[consultation_id]
        self._still(hold)
        if (folder := self.making.get(consultation_id)) is not None:
            _carry(folder, large.below(made.folder))
            # That may have taken as long as somebody waits for us.
            self._still(hold)
        large.replace(NEWEST, json.dumps(asdict(made)).encode(), version)

    def _tidy(self, consultation_id: UUID, large: Place, kept: set[str]) -> None:
        if self.holds[consultation_id][0].lost():
            # What lies there is somebody else's now.
            return
        large.remove(DONE)
        folders = {one.name.partition("/")[0] for one in large.listed() if "/" in one.name}
        for other in folders - kept:
            large.clear(f"{other}/")

    @staticmethod
    def _still(hold: Hold) -> None:
        if hold.lost():
            raise Overtaken(NEWEST)

    def matters(self) -> list[UUID]:
        """Those of which anything was made."""
        found = {one.name.partition("/")[0] for one in self.place.below(LARGE).listed()}
        return [UUID(name) for name in sorted(found)]

    def discard(self, consultation_id: UUID) -> None:
        """Takes away all that was made of a matter. Call with the lock held."""
        self.place.clear(f"{LARGE}/{consultation_id.hex}/")

    @contextmanager
    def alone(self, consultation_id: UUID) -> Iterator[bool]:
        """Holds the lock of the matter, by threads, processes and machines alike, or gives False when somebody else has
        it. Who lost it meanwhile leaves nothing behind.

        Raises NoLock on a disk that takes no file.
        """
        with self.place.alone(f"{consultation_id.hex}.lock") as hold:
            if hold:
                self.holds[consultation_id] = hold, self._large(consultation_id).version(NEWEST)
            try:
                yield hold.mine
            finally:
                self.holds.pop(consultation_id, None)
                if hold and (folder := self.making.pop(consultation_id, None)) is not None:
                    shutil.rmtree(folder, ignore_errors=True)

    def _replace(self, consultation_id: UUID, name: str, said: str) -> None:
        self._large(consultation_id).write(name, said.encode(), durable=False)

    def _large(self, consultation_id: UUID) -> Place:
        return self.place.below(f"{LARGE}/{consultation_id.hex}")


def _carry(folder: Path, target: Place) -> None:
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            target.copy_in(path.relative_to(folder).as_posix(), file)
