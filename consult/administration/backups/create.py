"""Making one backup: the database's copy, then files and keys, each shared with an earlier backup where it can be."""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from consult.administration.backups import dump, encryption, manifest
from consult.administration.backups.manifest import DATABASE, SEALED, BackupFailed, Manifest, hash_of
from consult.administration.backups.sources import Source, sources
from consult.files.places.opening import Where

SCRATCH = "unfinished-backup"
"""Where the plain copy of the database lies until it is encrypted. A fixed name: what a power cut left of it is found,
and removed, by the next backup."""


@dataclass(frozen=True)
class EarlierBackup:
    """A backup found whole: what is in it need not be copied again."""

    folder: Path
    manifest: Manifest


@dataclass
class _Copying:
    """A backup being made in `target`."""

    target: Path
    recipient: str
    links: dict[str, tuple[Path, str]]
    files: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)

    def take(self, source: Source) -> None:
        """Puts a source into the backup. What an earlier backup has is not read again."""
        if source.content and self._share(source.name, source.content):
            return
        with source.on_disk() as path:
            content = source.content or hash_of(path)
            if source.content or not self._share(source.name, content):
                self.copy(path, source.name)

    def copy(self, path: Path, name: str) -> None:
        """Puts the file at `path` into the backup as `name`."""
        stored = self._stored(name)
        self.files[stored], self.contents[stored] = _copied(path, self._place(stored), self.recipient)

    def _share(self, name: str, content: str) -> bool:
        stored = self._stored(name)
        if content not in self.links or not shared(self.links[content][0], self._place(stored)):
            return False
        self.files[stored], self.contents[stored] = self.links[content][1], content
        return True

    def _stored(self, name: str) -> str:
        return name + (SEALED if self.recipient else "")

    def _place(self, stored: str) -> Path:
        place = self.target / stored
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        return place


def back_up(
    target: Path,
    database_url: str,
    files: Where,
    ledger_keys: Path,
    now: datetime,
    *,
    recipient: str = "",
    earlier: EarlierBackup | None = None,
    scratch: Path | None = None,
) -> int:
    """Writes a backup into the new folder `target` and returns how many files it has, its manifest apart.

    The database comes first: files are only ever added, so that every file it names is there afterwards. With a
    `recipient` all of it is encrypted; the database's plain copy then lies in `scratch` (by default beside the files)
    until it is. What `earlier` has is shared with it. What failed leaves nothing. Raises BackupFailed, OSError.
    """
    check_place(target, files, ledger_keys)
    if recipient:
        encryption.recipient_of(recipient)
    target.mkdir(mode=0o750, parents=True, exist_ok=True)
    copying = _Copying(target, recipient, links_of(earlier, recipient))
    try:
        _take_database(copying, database_url, scratch or _beside(files))
        for source in sources(files, ledger_keys):
            copying.take(source)
        kind = dump.kind_of(database_url)
        manifest.write(target, Manifest(now.isoformat(), copying.files, copying.contents, recipient, kind))
    except BaseException:
        for path in target.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    return len(copying.files)


def check_place(target: Path, *homes: Where) -> None:
    """Raises BackupFailed unless `target` is new or empty, outside the site's own folders and any other backup."""
    if target.exists() and any(target.iterdir()):
        raise BackupFailed("not_empty", place=target)
    place = target.resolve()
    if any(place.is_relative_to(home.resolve()) for home in homes if isinstance(home, Path)):
        raise BackupFailed("inside_the_site", place=target)
    if any((above / manifest.MANIFEST).exists() for above in place.parents):
        raise BackupFailed("inside_a_backup", place=target)


def _beside(files: Where) -> Path:
    return files.parent if isinstance(files, Path) else Path(tempfile.gettempdir())


def links_of(earlier: EarlierBackup | None, recipient: str) -> dict[str, tuple[Path, str]]:
    """By the hash of what is inside: the file of an earlier backup, and the hash of its bytes."""
    if earlier is None or earlier.manifest.recipient != recipient:
        return {}
    said = earlier.manifest
    return {said.contents[name]: (earlier.folder / name, stored) for name, stored in said.files.items()}


def _take_database(copying: _Copying, database_url: str, scratch: Path) -> None:
    if not copying.recipient:
        dump.dump(database_url, copying.target / DATABASE)
        content = hash_of(copying.target / DATABASE)
        _sync(copying.target / DATABASE)
        copying.files[DATABASE] = copying.contents[DATABASE] = content
        return
    folder = scratch / SCRATCH
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        dump.dump(database_url, folder / DATABASE)
        copying.copy(folder / DATABASE, DATABASE)
    finally:
        shutil.rmtree(folder)


def shared(earlier: Path, place: Path) -> bool:
    """Gives the file `earlier` the second name `place`; False where the disk, or that of another machine, cannot."""
    try:
        os.link(earlier, place)
    except OSError:
        return False
    return True


def _copied(source: Path, place: Path, recipient: str) -> tuple[str, str]:
    """Copies a file, perhaps encrypted, onto the disk; returns the hashes of what lies there and of what is inside."""
    content = hash_of(source)
    if recipient:
        encryption.seal(source, place, recipient)
    else:
        shutil.copyfile(source, place)
    shutil.copymode(source, place)
    _sync(place)
    stored = hash_of(place)
    if not recipient and stored != content:
        raise BackupFailed("changed_meanwhile", place=source)
    return stored, content


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
