"""Tonight's backup beside the earlier ones: room is made first, and the newest whole one is never given up for it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from consult.administration.backups import create, dump, last_runs, manifest
from consult.administration.backups.create import EarlierBackup
from consult.administration.backups.manifest import BackupFailed, night_of
from consult.administration.backups.sources import sources as sources_of
from consult.clock import LOCAL_ZONE, local_day
from consult.command_line.error_messages import WRITTEN, telling
from consult.files.places.opening import Where

UNFINISHED = "unfinished-"
SPARE = 1024 * 1024
"""Bytes that a backup needs beside what it copies, for its folders."""
EACH = 4096
"""The same for each of its files: the rest of its last block, what encryption adds, its line of the manifest."""


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _disk(folder: Path) -> int:
    return folder.stat().st_dev


@dataclass(frozen=True)
class Site:
    """Where an installation has its data, where its backups go, how many bytes are free there, and on which disk a
    folder lies."""

    database_url: str
    files: Where
    keys: Path
    instance: Path
    folder: Path
    days: int
    recipient: str = ""
    free: Callable[[Path], int] = _free
    disk: Callable[[Path], int] = _disk


@dataclass(frozen=True)
class NightlyResult:
    """A backup that was made, the earlier ones let go for it or for their age, what was found broken on the way."""

    folder: Path
    count: int
    size: int
    added: int
    let_go: Sequence[Path]
    complaints: Sequence[BackupFailed]


def nightly(site: Site, now: datetime) -> NightlyResult:
    """Makes one backup and writes down how it went, whatever it was that failed. Raises BackupFailed, OSError."""
    with alone(site.instance):
        try:
            made = _made(site, now)
        except Exception as failed:
            # A disk that is full cannot take the record either; what happened is said all the same.
            with suppress(OSError):
                last_runs.failed(site.instance, telling(failed, WRITTEN), now)
            raise
        last_runs.succeeded(site.instance, made.folder, made.count, made.size, made.added, now)
        if made.complaints:
            last_runs.failed(site.instance, " ".join(telling(one, WRITTEN) for one in made.complaints), now)
    return made


@contextmanager
def alone(instance: Path, lock: str = "backup.lock") -> Iterator[None]:
    """One backup of an installation at a time. Raises BackupFailed for the second."""
    descriptor = os.open(instance / lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise BackupFailed("under_way") from taken
        yield
    finally:
        os.close(descriptor)


def earlier_ones(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and night_of(path.name))


def _made(site: Site, now: datetime) -> NightlyResult:
    target = _free_name(site.folder, now)
    create.check_place(target, site.instance, site.files, site.keys)
    site.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    for left in (*site.folder.glob(f"{UNFINISHED}*"), *site.instance.glob(create.SCRATCH)):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    whole, complaints = _newest_whole(site.folder)
    kept = whole.folder if whole else next(reversed(earlier_ones(site.folder)), None)
    let_go = _outdated(site, kept, local_day(now))
    for path in let_go:
        shutil.rmtree(path)
    let_go += _make_room(site, whole, kept)
    unfinished = site.folder / f"{UNFINISHED}{target.name}"
    count = create.back_up(
        unfinished,
        site.database_url,
        site.files,
        site.keys,
        now,
        recipient=site.recipient,
        earlier=whole,
        scratch=site.instance,
    )
    os.rename(unfinished, target)
    sizes = [path.stat() for path in target.rglob("*") if path.is_file()]
    size, added = sum(one.st_size for one in sizes), sum(one.st_size for one in sizes if one.st_nlink == 1)
    return NightlyResult(target, count, size, added, let_go, [*complaints, *_changed(target)])


def _newest_whole(folder: Path) -> tuple[EarlierBackup | None, list[BackupFailed]]:
    """The newest backup of which every file was read and is what it was, and what is wrong with newer ones."""
    complaints: list[BackupFailed] = []
    for path in reversed(earlier_ones(folder)):
        try:
            return EarlierBackup(path, manifest.checked(path)), complaints
        except (BackupFailed, OSError) as broken:
            complaints.append(BackupFailed("earlier_one", name=path.name, why=broken))
    return None, complaints


def _outdated(site: Site, kept: Path | None, today: date) -> list[Path]:
    oldest = today - timedelta(days=site.days)
    return [
        path for path in earlier_ones(site.folder) if path != kept and (night := night_of(path.name)) and night < oldest
    ]


def _make_room(site: Site, whole: EarlierBackup | None, kept: Path | None) -> list[Path]:
    """Lets the oldest go until the new backup fits, the newest whole one never. Raises BackupFailed when that is not
    enough."""
    database = dump.size_of(site.database_url, whole.folder / whole.manifest.database if whole else None)
    needed = _needed(site, whole, database)
    let_go: list[Path] = []
    while (free := site.free(site.folder)) < needed:
        spare = [path for path in earlier_ones(site.folder) if path != kept]
        if not spare:
            raise BackupFailed("no_room", place=site.folder, free=free // SPARE, needed=needed // SPARE)
        shutil.rmtree(spare[0])
        let_go.append(spare[0])
    return let_go


def _needed(site: Site, whole: EarlierBackup | None, database: int) -> int:
    """The bytes of the database and of the files that cannot be shared with an earlier backup. Raises BackupFailed when
    the plain copy of the database, which lies in the site's own folder until it is encrypted, has no room there."""
    there = create.links_of(whole, site.recipient) if whole and _shares(whole) else {}
    sources = list(sources_of(site.files, site.keys))
    files = sum(one.size for one in sources if one.content not in there)
    beside = SPARE + len(sources) * EACH
    if not site.recipient:
        return database + files + beside
    if site.disk(site.instance) == site.disk(site.folder):
        # The plain copy is gone before the files come.
        return database + max(database, files) + beside
    if (free := site.free(site.instance)) < database + SPARE:
        needed = database + SPARE
        raise BackupFailed("no_scratch", place=site.instance, free=free // SPARE, needed=needed // SPARE)
    return database + files + beside


def _shares(whole: EarlierBackup) -> bool:
    """Whether the disk of the backups gives a file a second name."""
    probe = whole.folder.parent / f"{UNFINISHED}probe"
    could = create.shared(whole.folder / manifest.MANIFEST, probe)
    probe.unlink(missing_ok=True)
    return could


def _free_name(folder: Path, now: datetime) -> Path:
    """The name of this minute, with a number from the second on."""
    name = now.astimezone(LOCAL_ZONE).strftime("%Y-%m-%d-%H%M")
    names = (folder / (f"{name}-{number}" if number > 1 else name) for number in range(1, 1000))
    return next(path for path in names if not path.exists())


def _changed(target: Path) -> list[BackupFailed]:
    """Files of the site whose content is no longer what their name says: kept as they are, and told."""
    found = manifest.read(target)
    names = [below.name for name, below in found.below(manifest.FILES).items() if _differs(below.name, found, name)]
    return [BackupFailed("files_changed", count=len(names), name=names[0])] if names else []


def _differs(plain: str, found: manifest.Manifest, name: str) -> bool:
    return len(plain) == 64 and found.contents[name] != plain
