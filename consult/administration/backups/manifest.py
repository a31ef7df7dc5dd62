"""What a backup says of itself: each of its files with its hash, so that anybody can see whether it is whole."""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from consult.errors import Impossible

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
KEYS = "ledger-keys"
SEALED = ".age"
"""What the name of an encrypted file ends in."""
_NIGHTLY = re.compile(r"(\d{4}-\d{2}-\d{2})-\d{4}(?:-\d+)?")


class BackupFailed(Impossible):
    """The backup could not be made or used."""

    family = "command.backup_failed"


@dataclass(frozen=True)
class Manifest:
    """The files of a backup by the names they have in it.

    `files` are the hashes of the bytes that lie there, `contents` those of what was backed up: the same, unless the
    backup is encrypted for `recipient`. `kind` is that of the database; earlier backups do not say it.
    """

    made_at: str
    files: dict[str, str]
    contents: dict[str, str]
    recipient: str = ""
    kind: str = ""

    def plain_name(self, name: str) -> str:
        """The name of what is inside a file."""
        return name.removesuffix(SEALED) if self.recipient else name

    @property
    def database(self) -> str:
        """The name that the database's copy has in the backup."""
        return DATABASE + (SEALED if self.recipient else "")

    def below(self, folder: str) -> dict[str, Path]:
        """The files under `folder`, each with its place in what is restored."""
        return {
            name: Path(*PurePosixPath(self.plain_name(name)).parts[1:])
            for name in self.files
            if name.startswith(f"{folder}/")
        }


def write(target: Path, manifest: Manifest) -> None:
    """Writes the manifest of the backup `target`: the last of it, since without it there is no backup."""
    said: dict[str, Any] = {"made_at": manifest.made_at, "kind": manifest.kind, "files": manifest.files}
    if manifest.recipient:
        said |= {"encrypted_for": manifest.recipient, "contents": manifest.contents}
    with (target / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(said, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read(source: Path) -> Manifest:
    """What the backup `source` says of itself. Raises BackupFailed for what is none."""
    try:
        written = (source / MANIFEST).read_bytes()
    except OSError as missing:
        raise BackupFailed("not_a_backup", place=source, lacking=MANIFEST) from missing
    return parsed(written, source)


def parsed(written: bytes, source: object) -> Manifest:
    """What is written in the manifest of the backup that is called `source`. Raises BackupFailed for what is none."""
    try:
        said = json.loads(written.decode("utf-8"))
        files: dict[str, str] = dict(said["files"])
        recipient = str(said.get("encrypted_for", ""))
        contents = dict(said["contents"]) if recipient else files
        found = Manifest(str(said["made_at"]), files, contents, recipient, str(said.get("kind", "")))
    except (ValueError, KeyError, TypeError) as missing:
        raise BackupFailed("not_a_backup", place=source, lacking=MANIFEST) from missing
    if found.database not in files:
        raise BackupFailed("not_a_backup", place=source, lacking=DATABASE)
    strange = [name for name in files if _leads_out(name)]
    if strange or files.keys() != contents.keys():
        raise BackupFailed("strange_manifest", place=source, name=MANIFEST)
    return found


def checked(source: Path) -> Manifest:
    """The same after every file was read. Raises BackupFailed when one is missing or not what it was; needs no key."""
    found = read(source)
    for name, expected in found.files.items():
        path = source / name
        if path.is_symlink() or not path.is_file() or hash_of(path) != expected:
            raise BackupFailed("damaged", place=source, name=name)
    return found


def night_of(name: str) -> date | None:
    """The day of a nightly backup, on the calendar of the province, by its name: its minute, with a number from the
    second on. None for what is no name of one."""
    found = _NIGHTLY.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def hash_of(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or path.parts[0] not in (path.name, FILES, KEYS)
