"""A kept file that is not what it was is given to nobody, and whoever watches the site is told."""

import hashlib
import os
from pathlib import Path

import pytest

from consult.files.bounded_cache import SUM, BoundedCache
from consult.files.damaged import DamageRecord
from consult.files.store import ChangedFile, FileStore, MissingFile


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_a_file_is_opened_at_its_beginning(store: FileStore) -> None:
    name = store.put(b"noi dung" * 300_000)
    with store.opened(name) as file:
        assert hashlib.sha256(file.read()).hexdigest() == name


@pytest.mark.parametrize("read", ["opened", "get"])
def test_a_changed_file_is_not_opened(store: FileStore, read: str) -> None:
    name = store.put(b"noi dung")
    store.path(name).write_bytes(b"noi dunG")
    with pytest.raises(ChangedFile) as changed:
        getattr(store, read)(name)
    assert changed.value.name == name
    store.path(name).unlink()
    with pytest.raises(MissingFile):
        getattr(store, read)(name)
    store.path(name).mkdir()
    with pytest.raises(MissingFile):
        getattr(store, read)(name)


def test_what_was_opened_is_read_though_another_takes_its_place(store: FileStore, tmp_path: Path) -> None:
    name = store.put(b"noi dung")
    (tmp_path / "other").write_bytes(b"khac")
    with store.opened(name) as file:
        os.replace(tmp_path / "other", store.path(name))
        assert file.read() == b"noi dung"


def test_damage_is_remembered_until_it_is_mended(store: FileStore) -> None:
    damages, name, other = DamageRecord(store), store.put(b"noi dung"), store.put(b"khac")
    assert damages.found() == []
    store.path(name).write_bytes(b"noi dunG")
    store.path(other).unlink()
    for one in (name, other):
        with pytest.raises((ChangedFile, MissingFile)) as damaged:
            store.get(one)
        damages.report(damaged.value)
    assert damages.found() == DamageRecord(FileStore(store.folder)).found() == sorted([name, other])
    store.path(name).write_bytes(b"noi dung")
    assert damages.found() == [other]
    store.put(b"khac")
    assert damages.found() == []


def test_a_picture_that_changed_on_disk_is_drawn_again(tmp_path: Path) -> None:
    kept = BoundedCache(tmp_path, 1_000_000)
    for data in (b"", b"picture"):
        kept.put("ab.webp", data)
        assert kept.get("ab.webp") == data
    for spoiled in (b"pictuRe", b"picture and more", b"", b"x"):
        kept.path("ab.webp").write_bytes(kept.path("ab.webp").read_bytes()[:SUM] + spoiled)
        assert kept.get("ab.webp") is None
    kept.path("ab.webp").write_bytes(b"picture")
    assert kept.get("ab.webp") is None
