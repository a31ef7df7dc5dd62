"""What is kept outside the database: whole after a power cut, and by compare-and-swap."""

import errno
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consult.ledger import checkpoint_store
from consult.ledger.checkpoint_store import SLOT, CheckpointStore, KeptCheckpoint, Moved

OWN = UUID(int=7)


def kept(size: int, mark: int = 0) -> KeptCheckpoint:
    return KeptCheckpoint(1, size, bytes([mark]) * 32, f"consult.test/ledger\n{size}\n")


def test_two_who_go_on_from_the_same_do_not_both(tmp_path: Path) -> None:
    one, other = CheckpointStore(tmp_path), CheckpointStore(tmp_path)
    one.begin()
    one.keep(OWN, None, kept(1))
    one.keep(OWN, kept(1), kept(2))
    with pytest.raises(Moved) as moved:
        other.keep(OWN, kept(1), kept(2, mark=1))
    assert moved.value.found == kept(2) == other.last(OWN)


def test_of_many_at_once_one_is_kept(tmp_path: Path) -> None:
    CheckpointStore(tmp_path).begin()

    def keep(mark: int) -> bool:
        try:
            CheckpointStore(tmp_path).keep(OWN, None, kept(1, mark))
        except Moved:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(keep, range(16))) == 1


@given(cut=some.integers(0, SLOT))
def test_a_write_that_was_cut_leaves_what_stood_before(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("kept")
    store = CheckpointStore(folder, durable=False)
    store.begin()
    store.keep(OWN, None, kept(1))
    store.keep(OWN, kept(1), kept(2))
    [path] = folder.glob("*.checkpoint")
    before = path.read_bytes()
    store.keep(OWN, kept(2), kept(3))
    after = path.read_bytes()
    start = next(place for place in (0, SLOT) if before[place : place + SLOT] != after[place : place + SLOT])
    torn = after[start : start + cut] + before[start + cut : start + SLOT]
    path.write_bytes(after[:start] + torn + after[start + SLOT :])
    assert store.last(OWN) in (kept(2), kept(3))


def test_what_cannot_be_read_is_not_taken_for_nothing(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    store.begin()
    store.keep(OWN, None, kept(1))
    [path] = tmp_path.glob("*.checkpoint")
    path.write_bytes(os.urandom(2 * SLOT))
    with pytest.raises(OSError, match="cannot be read"):
        store.last(OWN)


class HalfRead(io.FileIO):
    """A file whose first block the disk still reads: a read gives that, and the next one says what is wrong."""

    def readinto(self, into: Any) -> int | None:
        """What can be read."""
        if self.tell() >= SLOT:
            raise OSError(errno.EIO, "the disk failed")
        return super().readinto(memoryview(into)[:SLOT])

    def read(self, size: int | None = -1) -> bytes:
        """The same, in one go."""
        part = bytearray(SLOT if size is None or size < 0 else size)
        return bytes(part[: self.readinto(part)])


def test_the_older_half_is_not_taken_for_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = CheckpointStore(tmp_path)
    store.begin()
    for size in (1, 2, 3):
        store.keep(OWN, kept(size - 1) if size > 1 else None, kept(size))

    def opened(path: str, mode: str, buffering: int = -1) -> Any:
        return HalfRead(path, mode) if buffering == 0 else io.BufferedReader(HalfRead(path, mode))

    monkeypatch.setattr(checkpoint_store, "open", opened, raising=False)
    with pytest.raises(OSError, match="the disk failed"):
        store.last(OWN)


def test_a_folder_that_cannot_be_looked_into_is_not_one_without_notes(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        CheckpointStore(tmp_path / "folder").bad(OWN)


def test_a_place_keeps_its_name(tmp_path: Path) -> None:
    assert CheckpointStore(tmp_path / "a").place() is None
    name = CheckpointStore(tmp_path / "a").begin()
    assert CheckpointStore(tmp_path / "a").begin() == name == CheckpointStore(tmp_path / "a").place()
    assert CheckpointStore(tmp_path / "b").begin() != name
