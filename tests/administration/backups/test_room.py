"""Room for a backup: what it takes at its largest is there before anything is copied, and what fails all the same is
known."""

import resource
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from flask import Flask
from pyrage import x25519
from sqlalchemy import make_url

from consult.administration.backups import BackupFailed, create, dump, encryption, manifest, state
from consult.administration.backups.nightly import Site, earlier_ones, nightly
from tests.administration.backups.test_nightly import bytes_on_disk, on_disk_of
from tests.builders import NOW

DAY = timedelta(days=1)
MUCH = 6_000_000


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Site:
    """A site with a database larger than all else, whose backups are encrypted."""
    with closing(sqlite3.connect(make_url(app.config["DATABASE_URL"]).database or "")) as connection, connection:
        connection.execute("CREATE TABLE much (more BLOB)")
        connection.execute("INSERT INTO much VALUES (?)", [secrets.token_bytes(MUCH)])
    places = (app.config["FILES_FOLDER"], app.config["KEYS_FOLDER"], app.config["INSTANCE"])
    recipient = str(x25519.Identity.generate().to_public())
    return Site(app.config["DATABASE_URL"], *places, tmp_path / "nights", 30, recipient)


@pytest.fixture
def little_room() -> Iterator[None]:
    """No file can grow beyond half of the database, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MUCH // 2, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def peak(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of all backups and of the plain copy, after each file was encrypted."""
    seal, seen = encryption.seal, []

    def sealed(source: Path, target: Path, recipient: str) -> None:
        seal(source, target, recipient)
        seen.append(bytes_on_disk(site.folder) + bytes_on_disk(site.instance / create.SCRATCH))

    monkeypatch.setattr(encryption, "seal", sealed)
    return seen


def test_the_plain_copy_has_its_room_too(site: Site, peak: list[int]) -> None:
    made = [nightly(site, NOW - DAY * before) for before in (2, 1)]
    disk = int(made[0].size * 3.5)
    peak.clear()
    third = nightly(on_disk_of(disk, site), NOW)
    assert third.let_go == [made[0].folder] and max(peak) <= disk


def test_on_a_disk_of_its_own_the_plain_copy_takes_nothing_from_the_backups(site: Site, peak: list[int]) -> None:
    made = [nightly(site, NOW - DAY * before) for before in (2, 1)]
    room = on_disk_of(int(made[0].size * 3.5), site)
    apart = replace(room, disk=lambda folder: int(folder == site.instance))
    assert not nightly(apart, NOW).let_go


def test_without_room_for_the_plain_copy_nothing_is_copied(site: Site, peak: list[int]) -> None:
    made = nightly(site, NOW - DAY)
    peak.clear()
    apart = replace(
        site,
        disk=lambda folder: int(folder == site.instance),
        free=lambda folder: MUCH if folder == site.instance else 100 * MUCH,
    )
    with pytest.raises(BackupFailed, match="no_scratch"):
        nightly(apart, NOW)
    assert earlier_ones(site.folder) == [made.folder] and not peak
    assert str(site.instance) in state(site.instance).sentence


def test_what_was_left_of_a_plain_copy_makes_room_first(site: Site) -> None:
    left = site.instance / create.SCRATCH
    left.mkdir()
    (left / "database").write_bytes(b"plain")
    with pytest.raises(BackupFailed, match="no_room"):
        nightly(replace(site, free=lambda folder: 0), NOW)
    assert not left.exists()


def test_many_small_files_have_room_for_what_each_adds(site: Site) -> None:
    """Encryption and the manifest add to each file more than a small one has itself."""
    site.files.mkdir(exist_ok=True)
    for number in range(2200):
        (site.files / f"{number:064x}").write_bytes(b"%d" % number)
    apart = replace(site, disk=lambda folder: int(folder == site.instance))
    taken = bytes_on_disk(nightly(apart, NOW).folder)
    none = replace(apart, folder=site.folder / "more", free=lambda folder: 100 * MUCH if folder == site.instance else 0)
    with pytest.raises(BackupFailed, match="no_room") as small:
        nightly(none, NOW)
    assert int(str(small.value.values["needed"])) * 1024 * 1024 > taken


def test_a_full_disk_while_encrypting_is_a_failed_backup(site: Site, tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x" * 100_000)
    with pytest.raises(BackupFailed, match="not_sealed.*No space left"):
        encryption.seal(tmp_path / "plain", Path("/dev/full"), site.recipient)


def test_a_night_on_a_full_disk_is_written_down(site: Site, little_room: None) -> None:
    with pytest.raises(BackupFailed):
        nightly(site, NOW)
    assert state(site.instance).failing and state(site.instance).sentence
    assert not list(site.folder.glob("*/*")) and not (site.instance / create.SCRATCH).exists()


@pytest.mark.parametrize("wrong", [pyrage.EncryptError("full"), RuntimeError("nobody foresaw"), MemoryError()])
def test_a_night_is_written_down_whatever_failed(site: Site, wrong: Exception) -> None:
    def free(folder: Path) -> int:
        raise wrong

    with pytest.raises(type(wrong)):
        nightly(replace(site, free=free), NOW)
    assert state(site.instance).failed_at == NOW and state(site.instance).sentence


def test_a_database_has_a_size_on_every_engine(database_url: str, tmp_path: Path) -> None:
    size = dump.size_of(database_url)
    assert size > 100_000
    earlier = tmp_path / "database"
    earlier.write_bytes(bytes(1000))
    # A dump of PostgreSQL is far smaller than its database: the newest one tells.
    assert dump.size_of(database_url, earlier) == (size if database_url.startswith("sqlite") else 2000)
    earlier.write_bytes(bytes(size))
    assert dump.size_of(database_url, earlier) == size


@pytest.mark.postgres
def test_a_database_that_is_away_is_a_failed_backup(site: Site) -> None:
    away = replace(site, database_url="postgresql+psycopg://consult@127.0.0.1:1/consult")
    with pytest.raises(BackupFailed, match="not_reached"):
        nightly(away, NOW)
    assert state(site.instance).failing


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_is_left_of_another_database_is_not_mixed_in(site: Site, tmp_path: Path, ending: str) -> None:
    backup = nightly(replace(site, recipient=""), NOW).folder
    left = tmp_path / "new" / f"consult.sqlite{ending}"
    left.parent.mkdir()
    left.write_bytes(b"of another database")
    url = f"sqlite:///{tmp_path / 'new' / 'consult.sqlite'}"
    with pytest.raises(BackupFailed, match="left_beside") as refused:
        dump.check_empty(url)
    assert str(left) in str(refused.value) and left.read_bytes() == b"of another database"
    left.unlink()
    dump.check_empty(url)
    dump.load(backup / manifest.DATABASE, url)
