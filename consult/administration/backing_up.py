"""Backups of an installation: database, files and the ledger's keys, in one folder that proves itself whole."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

MANIFEST = "manifest.json"
DATABASE = "database"
FOLDERS = ("files", "ledger-keys")


class BackupFailed(Exception):
    """The backup could not be made or used; the message is one sentence."""


def back_up(target: Path, database_url: str, files: Path, ledger_keys: Path, now: datetime) -> int:
    """Writes a backup into the new folder `target` and returns how many files it has, its manifest apart.

    The database comes first: files are only ever added, so that every file it names is there afterwards.
    Raises BackupFailed.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupFailed(f"{target} is not empty.")
    target.mkdir(parents=True, exist_ok=True)
    _dump(database_url, target / DATABASE)
    for name, source in zip(FOLDERS, (files, ledger_keys), strict=True):
        if source.is_dir():
            shutil.copytree(source, target / name)
    hashes = {str(path.relative_to(target)): _hash(path) for path in sorted(target.rglob("*")) if path.is_file()}
    (target / MANIFEST).write_text(json.dumps({"made_at": now.isoformat(), "files": hashes}, indent=1))
    return len(hashes)


def restore(source: Path, database_url: str, files: Path, ledger_keys: Path) -> int:
    """Puts the backup in `source` where nothing is yet, and returns how many files it had.

    Raises BackupFailed when the backup is not whole or something is there already: nothing is ever overwritten.
    """
    hashes = _checked(source)
    for taken in (files, ledger_keys):
        if taken.exists() and any(taken.iterdir()):
            raise BackupFailed(f"{taken} is not empty; restore into an empty installation.")
    _load(source / DATABASE, database_url)
    for name, target in zip(FOLDERS, (files, ledger_keys), strict=True):
        if (source / name).is_dir():
            shutil.copytree(source / name, target, dirs_exist_ok=True)
    return len(hashes)


def _checked(source: Path) -> dict[str, str]:
    try:
        hashes: dict[str, str] = json.loads((source / MANIFEST).read_text())["files"]
    except (OSError, ValueError, KeyError) as missing:
        raise BackupFailed(f"{source} is not a backup: it has no readable {MANIFEST}.") from missing
    for name, expected in hashes.items():
        path = source / name
        if not path.is_file() or _hash(path) != expected:
            raise BackupFailed(f"The backup is damaged: {name} is missing or not what it was.")
    return hashes


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(database_url: str, target: Path) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        # SQLite's own backup copies a consistent state while others write.
        with sqlite3.connect(f"file:{url.database}?mode=ro", uri=True) as live, sqlite3.connect(target) as copy:
            live.backup(copy)
        copy.close()
        live.close()
    else:
        _run(["pg_dump", "--format=custom", f"--file={target}", _libpq(database_url)])


def _load(dump: Path, database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        live = Path(url.database or "")
        if live.exists():
            raise BackupFailed(f"{live} exists; restore into an empty installation.")
        live.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dump, live)
    else:
        _run(["pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_libpq(database_url)}", str(dump)])


def _libpq(database_url: str) -> str:
    return make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError as missing:
        raise BackupFailed(f"{command[0]} is not installed (Debian: postgresql-client).") from missing
    if done.returncode != 0:
        raise BackupFailed(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else ''}")
