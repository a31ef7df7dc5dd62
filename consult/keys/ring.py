"""The key ring: one folder with a file for each key, named by the instant from which it is used.

The ledger's keys lie in the folder itself, those of every other purpose in a folder of that name inside it. A key is
never changed: a new one is a new file, and the old ones stay, since what was made with them must still be known.
"""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from consult.errors import Impossible

NAME_FORMAT = "%Y%m%dT%H%M%SZ"


class Purpose(StrEnum):
    """What a key is for."""

    LEDGER = "ledger"
    RECEIPTS = "receipts"
    SECOND_FACTOR = "second-factor"


KEY_BYTES = 32
"""What a key has; the one for receipts of a site's first days may have more or fewer."""


class BadKey(Impossible):
    """A file of the key ring cannot be read or used; the sentence names it."""

    family = "setting"


@dataclass(frozen=True)
class Key:
    """A key, and the instant from which it is used."""

    purpose: Purpose
    since: datetime
    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What names this key in the database without telling anything of it."""
        return hashlib.sha256(b"\x00".join((b"consult key", self.purpose.encode(), self.secret))).hexdigest()[:32]


@dataclass(frozen=True)
class KeyRing:
    """The keys of a site as they were when the process began."""

    keys: tuple[Key, ...] = ()

    def of(self, purpose: Purpose) -> tuple[Key, ...]:
        """The keys of one purpose, the newest first."""
        return tuple(sorted((key for key in self.keys if key.purpose is purpose), key=_since, reverse=True))


def load(folder: Path) -> KeyRing:
    """The keys in `folder`; none when there is no such folder. Raises BadKey."""
    return KeyRing(tuple(_read(path, purpose) for purpose in Purpose for path in _files_of(folder, purpose)))


def add(folder: Path, purpose: Purpose, since: datetime, secret: bytes | None = None) -> Key:
    """Writes a key that is used from `since` on, for the site's account alone; a new one unless `secret` is given.

    Raises FileExistsError when there is one of that instant already.
    """
    key = Key(purpose, since.astimezone(UTC).replace(microsecond=0), secret or secrets.token_bytes(KEY_BYTES))
    place = _place(folder, purpose)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = key.since.strftime(NAME_FORMAT)
    unfinished = place / f".{name}.{secrets.token_hex(4)}"
    try:
        _write(unfinished, key.secret)
        # Under its own name it is there whole or not at all, and takes nobody's place.
        os.link(unfinished, place / f"{name}.key")
    finally:
        unfinished.unlink(missing_ok=True)
    _keep(place)
    return key


def check_writable(folder: Path, purpose: Purpose) -> None:
    """Makes sure that `add` can write a key of `purpose`, and leaves no file behind. Raises OSError."""
    place = _place(folder, purpose)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=place) as file:
        file.write(bytes(KEY_BYTES))


def _since(key: Key) -> datetime:
    return key.since


def _place(folder: Path, purpose: Purpose) -> Path:
    return folder if purpose is Purpose.LEDGER else folder / purpose.value


def _files_of(folder: Path, purpose: Purpose) -> list[Path]:
    place = _place(folder, purpose)
    try:
        return sorted(path for path in place.iterdir() if path.suffix == ".key")
    except FileNotFoundError:
        return []
    except OSError as closed:
        raise BadKey("key_closed", place=place, why=closed.strerror) from closed


def _read(path: Path, purpose: Purpose) -> Key:
    try:
        since = datetime.strptime(path.stem, NAME_FORMAT).replace(tzinfo=UTC)
        secret = path.read_bytes()
    except ValueError as odd:
        raise BadKey("key_misnamed", place=path) from odd
    except OSError as closed:
        raise BadKey("key_closed", place=path, why=closed.strerror) from closed
    if len(secret) != KEY_BYTES and not (secret and purpose is Purpose.RECEIPTS):
        raise BadKey("key_damaged", place=path)
    return Key(purpose, since, secret)


def _write(path: Path, secret: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())


def _keep(folder: Path) -> None:
    """What is named in a folder outlives a power cut when the folder itself is on the disk."""
    for place in (folder, folder.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
