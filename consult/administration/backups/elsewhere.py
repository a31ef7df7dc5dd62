"""The second place of the nightly backups: a store as S3 that stands elsewhere, for the day when this machine is gone.

Only what is sealed goes there. What lies in several backups is there once, under the hash of its sealed bytes
(`files/HASH`); a backup is there once its manifest is (`NAME/manifest.json`), which is put last. What a line that broke
left behind is gone on with the next night.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from consult.administration.backups import manifest
from consult.administration.backups.manifest import FILES, MANIFEST, BackupFailed, Manifest, night_of
from consult.files.s3.address import address_of
from consult.files.s3.client import Client, client_of
from consult.files.s3.failures import StoreAway
from consult.files.s3.settings import BACKUPS

LONGEST_MANIFEST = 256 * 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """What a backup took on its way: the files that were not there yet and their bytes, and the names of the backups
    that were let go there for their age."""

    count: int
    size: int
    let_go: list[str]


def opened(store: str) -> Client:
    """What opens the second place at this address. Raises Misconfigured."""
    return client_of(address_of(store, BACKUPS.url), BACKUPS)


@contextmanager
def _reached(client: Client) -> Iterator[None]:
    """Where the store cannot be used, BackupFailed is raised, with its server and its word for the reason."""
    try:
        yield
    except StoreAway as away:
        said = {"server": client.address.endpoint, "said": away.detail or away.why.value}
        raise BackupFailed("store_away", **said) from away


def send(client: Client, folder: Path, days: int, today: date) -> Sent:
    """Puts the backup in `folder` there, then lets go what is older than so many days. Raises BackupFailed, OSError;
    what is there of it then is no backup yet."""
    found = manifest.read(folder)
    if not found.recipient:
        raise BackupFailed("not_sealed_to_send", place=folder)
    with _reached(client):
        return _sent(client, folder, found, today - timedelta(days=days))


def _sent(client: Client, folder: Path, found: Manifest, oldest: date) -> Sent:
    there = {one.name: one.size for one in client.listed()}
    new = {stored: folder / name for name, stored in found.files.items() if not _is_there(there, stored, folder / name)}
    size = sum(_put(client, path, stored) for stored, path in new.items())
    client.put(f"{folder.name}/{MANIFEST}", (folder / MANIFEST).read_bytes())
    old = [name for name in _names(there) if name != folder.name and (night := night_of(name)) and night < oldest]
    if old:
        _let_go(client, old, there)
    return Sent(len(new), size, old)


def names(client: Client) -> list[str]:
    """The backups that are there, the newest first. Raises BackupFailed."""
    with _reached(client):
        return sorted(_names(one.name for one in client.listed()), reverse=True)


def fetch(client: Client, name: str, target: Path) -> Manifest:
    """Brings a backup from there into the new folder `target`, where it is one like any other: each file is compared
    with its hash, and the manifest comes last. Raises BackupFailed, OSError; what came is kept, and the same call goes
    on with it."""
    with _reached(client):
        written = _manifest(client, name)
        found = manifest.parsed(written, name)
        _check_free(target, found)
        target.mkdir(mode=0o750, parents=True, exist_ok=True)
        for one, stored in found.files.items():
            _fetch(client, name, one, stored, target / one)
    (target / MANIFEST).write_bytes(written)
    return manifest.checked(target)


def _check_free(target: Path, found: Manifest) -> None:
    """Raises BackupFailed where anything lies in `target` that is not of this backup."""
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_symlink() or path.is_file()}
    if not there <= found.files.keys():
        raise BackupFailed("not_empty", place=target)


def _fetch(client: Client, name: str, one: str, stored: str, place: Path) -> None:
    """One file of the backup `name`, unless it is there from a call before."""
    if place.is_file() and not place.is_symlink() and manifest.hash_of(place) == stored:
        return
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with place.open("w+b") as file:
        try:
            client.get_into(f"{FILES}/{stored}", file)
        except FileNotFoundError as missing:
            raise BackupFailed("damaged", place=name, name=one) from missing
    place.chmod(0o600)
    if manifest.hash_of(place) != stored:
        raise BackupFailed("damaged", place=name, name=one)


def _is_there(there: Mapping[str, int], stored: str, path: Path) -> bool:
    return path.is_file() and there.get(f"{FILES}/{stored}") == path.stat().st_size


def _put(client: Client, path: Path, stored: str) -> int:
    """One file of a backup, which is looked at first: what has gone bad here is not to be all that is left there."""
    if not path.is_file() or manifest.hash_of(path) != stored:
        raise BackupFailed("damaged", place=path.parent, name=path.name)
    with path.open("rb") as file:
        client.put_file(f"{FILES}/{stored}", file)
    return path.stat().st_size


def _names(objects: Iterable[str]) -> list[str]:
    ends = (one.partition("/") for one in objects)
    return [name for name, _, rest in ends if rest == MANIFEST and night_of(name)]


def _manifest(client: Client, name: str) -> bytes:
    try:
        return client.get(f"{name}/{MANIFEST}", LONGEST_MANIFEST)
    except FileNotFoundError as missing:
        raise BackupFailed("not_a_backup", place=name, lacking=MANIFEST) from missing


def _let_go(client: Client, old: list[str], there: Iterable[str]) -> None:
    """Takes backups away, and the files that none of those that stay has."""
    stay = [name for name in _names(one.name for one in client.listed()) if name not in old]
    needed = {stored for name in stay for stored in manifest.parsed(_manifest(client, name), name).files.values()}
    for name in old:
        client.remove(f"{name}/{MANIFEST}")
    for one in there:
        if one.startswith(f"{FILES}/") and one.removeprefix(f"{FILES}/") not in needed:
            client.remove(one)
