"""Backups of an installation: database, files and the ledger's keys, in one folder that proves itself whole."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, NullPool, create_engine, inspect, make_url
from sqlalchemy.exc import OperationalError

MANIFEST = "manifest.json"
DATABASE = "database"
FOLDERS = ("files", "ledger-keys")


class BackupFailed(Exception):
    """The backup could not be made or used; `command.backup_failed.<code>` is the sentence, with its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {', '.join(map(str, values.values()))}")
        self.code = code
        self.values = values


def back_up(target: Path, database_url: str, files: Path, ledger_keys: Path, now: datetime) -> int:
    """Writes a backup into the new folder `target` and returns how many files it has, its manifest apart.

    The database comes first: files are only ever added, so that every file it names is there afterwards.
    Raises BackupFailed.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupFailed("not_empty", place=target)
    target.mkdir(mode=0o750, parents=True, exist_ok=True)
    _dump(database_url, target / DATABASE)
    for name, source in zip(FOLDERS, (files, ledger_keys), strict=True):
        if source.is_dir():
            shutil.copytree(source, target / name)
    hashes = {str(path.relative_to(target)): _hash(path) for path in sorted(target.rglob("*")) if path.is_file()}
    (target / MANIFEST).write_text(json.dumps({"made_at": now.isoformat(), "files": hashes}, indent=1))
    return len(hashes)


def restore(source: Path, database_url: str, files: Path, ledger_keys: Path) -> int:
    """Puts the backup in `source` where nothing is yet, and returns how many files it had.

    Raises BackupFailed when the backup is not whole or something is there already: nothing is ever overwritten. The
    ledger's keys may be there, when they are the same.
    """
    hashes = _checked(source)
    if files.exists() and any(files.iterdir()):
        raise BackupFailed("installation_not_empty", place=files)
    _check_keys(ledger_keys, source / "ledger-keys")
    _check_empty(database_url)
    _load(source / DATABASE, database_url)
    for name, target in zip(FOLDERS, (files, ledger_keys), strict=True):
        if (source / name).is_dir():
            shutil.copytree(source / name, target, dirs_exist_ok=True)
    return len(hashes)


def _checked(source: Path) -> dict[str, str]:
    try:
        hashes: dict[str, str] = json.loads((source / MANIFEST).read_text())["files"]
    except (OSError, ValueError, KeyError) as missing:
        raise BackupFailed("not_a_backup", place=source, lacking=MANIFEST) from missing
    if DATABASE not in hashes:
        raise BackupFailed("not_a_backup", place=source, lacking=DATABASE)
    for name, expected in hashes.items():
        path = source / name
        if not path.is_file() or _hash(path) != expected:
            raise BackupFailed("damaged", place=source, name=name)
    return hashes


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(database_url: str, target: Path) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), target)
    else:
        _run(["pg_dump", "--format=custom", f"--file={target}", _libpq(url)], url)


def _copy_sqlite(live: Path, target: Path) -> None:
    """SQLite's own backup copies a consistent state while others write."""
    if not live.is_file():
        raise BackupFailed("nothing_there", place=live)
    try:
        with (
            closing(sqlite3.connect(f"{live.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as failed:
        raise BackupFailed("not_copied", place=live, said=failed) from failed


def _check_keys(present: Path, backed_up: Path) -> None:
    """The keys may have survived: those of the backup itself stay where they are. With any other the site would sign
    as somebody else."""
    for key in sorted(present.glob("*")) if present.is_dir() else ():
        known = backed_up / key.name
        if not known.is_file() or known.read_bytes() != key.read_bytes():
            raise BackupFailed("strange_key", place=key)


def _check_empty(database_url: str) -> None:
    """Raises BackupFailed when there is anything in the database that is to be restored."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        if Path(url.database or "").exists():
            raise BackupFailed("installation_not_empty", place=url.database)
        return
    engine = create_engine(url, poolclass=NullPool)
    try:
        tables = inspect(engine).get_table_names()
    except OperationalError as away:
        raise BackupFailed("not_reached", name=url.database) from away
    if tables:
        raise BackupFailed("installation_not_empty", place=url.database)


def _load(dump: Path, database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        live = Path(url.database or "")
        live.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dump, live)
    else:
        _run(["pg_restore", "--single-transaction", "--no-owner", f"--dbname={_libpq(url)}", str(dump)], url)


def _libpq(url: URL) -> str:
    """The address without its password, which the list of processes would show to everybody on the machine."""
    return url.set(drivername="postgresql", password=None).render_as_string()


def _run(command: list[str], url: URL) -> None:
    password = {"PGPASSWORD": str(url.password)} if url.password else {}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **password},
        )
    except FileNotFoundError as missing:
        raise BackupFailed("not_installed", name=command[0]) from missing
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise BackupFailed("program_failed", name=command[0], said=said[-1])
