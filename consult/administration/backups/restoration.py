"""Putting a backup where nothing is yet; nothing that is there is ever overwritten."""

import shutil
import tempfile
from pathlib import Path

from pyrage import x25519

from consult.administration.backups import dump, encryption
from consult.administration.backups.manifest import DATABASE, FILES, KEYS, BackupFailed, Manifest, checked, hash_of
from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where, place_at
from consult.files.places.place import Place


def restore(
    source: Path, database_url: str, files: Where, ledger_keys: Path, identity: x25519.Identity | None = None
) -> int:
    """Puts the backup in `source` where nothing is yet, and returns how many files it had.

    Raises BackupFailed when the backup is not whole, is encrypted for another `identity`, or something is there
    already. Keys may be there, when they are the same.
    """
    found = checked(source)
    kept = place_at(files)
    if any(kept.listed(unfinished=True)):
        raise BackupFailed("installation_not_empty", place=kept.address)
    _check_keys(ledger_keys, found)
    kind = dump.kind_of(database_url)
    if found.kind not in ("", kind):
        raise BackupFailed("other_kind", kind=found.kind, here=kind)
    dump.check_empty(database_url)
    _restore_database(source, found, database_url, _scratch(files), identity)
    for name, below in found.below(FILES).items():
        _put_into(kept, source, name, found, below, identity)
    for name, below in found.below(KEYS).items():
        _put(source, name, found, ledger_keys / below, identity)
    return len(found.files)


def check_inside(source: Path, identity: x25519.Identity) -> Manifest:
    """The manifest of an encrypted backup, after each file was opened with `identity`. Raises BackupFailed."""
    found = checked(source)
    with tempfile.TemporaryDirectory() as folder:
        for name in found.files:
            _put(source, name, found, Path(folder, "opened"), identity)
            Path(folder, "opened").unlink()
    return found


def _check_keys(present: Path, found: Manifest) -> None:
    """The keys may have survived: those of the backup itself stay where they are. With any other the site would sign
    as somebody else."""
    known = {below: found.contents[name] for name, below in found.below(KEYS).items()}
    for key in sorted(path for path in present.rglob("*") if path.is_file()):
        if known.get(key.relative_to(present)) != hash_of(key):
            raise BackupFailed("strange_key", place=key)


def _restore_database(
    source: Path, found: Manifest, database_url: str, scratch: Path, identity: x25519.Identity | None
) -> None:
    """The database comes first: with a wrong identity nothing at all is written."""
    if not found.recipient:
        dump.load(source / DATABASE, database_url)
        return
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="restore-") as folder:
        plain = Path(folder, DATABASE)
        _put(source, found.database, found, plain, identity)
        dump.load(plain, database_url)


def _scratch(files: Where) -> Path:
    """Where the plain copy of the database lies until it was read: beside the files, which have their rights."""
    return files.parent if isinstance(files, Path) else Path(tempfile.gettempdir())


def _put_into(
    kept: Place, source: Path, name: str, found: Manifest, below: Path, identity: x25519.Identity | None
) -> None:
    """One file of the backup where the site keeps its files: in its folder, or on its store."""
    if isinstance(kept, FolderPlace):
        _put(source, name, found, kept.folder / below, identity)
        return
    with tempfile.TemporaryDirectory(prefix="restore-") as folder:
        _put(source, name, found, Path(folder, "opened"), identity)
        with Path(folder, "opened").open("rb") as file:
            kept.copy_in(below.as_posix(), file)


def _put(source: Path, name: str, found: Manifest, target: Path, identity: x25519.Identity | None) -> None:
    """One file of the backup, opened where it is encrypted, at `target`; what is there already is the same."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if not found.recipient:
        shutil.copyfile(source / name, target)
    elif identity is None:
        raise BackupFailed("encrypted", recipient=found.recipient)
    else:
        encryption.unseal(source / name, target, identity)
    shutil.copymode(source / name, target)
    if hash_of(target) != found.contents[name]:
        target.unlink()
        raise BackupFailed("damaged", place=source, name=name)
