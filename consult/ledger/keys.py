"""The site's signing keys: files named by the day they hold from, so that a new one is a new file."""

import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.ledger.checkpoint import SiteKey

NAME_FORMAT = "%Y%m%dT%H%M%SZ"


def load(folder: Path) -> tuple[SiteKey, ...]:
    """The keys in `folder`, oldest first. Each file `<instant>.key` (UTC) holds the 32 raw bytes of an Ed25519 key."""
    found = []
    for path in sorted(folder.glob("*.key")):
        valid_from = datetime.strptime(path.stem, NAME_FORMAT).replace(tzinfo=UTC)
        found.append(SiteKey(Ed25519PrivateKey.from_private_bytes(path.read_bytes()), valid_from))
    return tuple(found)


def create(folder: Path, valid_from: datetime) -> SiteKey:
    """A new key that holds from the instant `valid_from`, readable by the site's own account only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    path = folder / f"{valid_from.astimezone(UTC).strftime(NAME_FORMAT)}.key"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key would keep the site from starting.
        path.unlink()
        raise
    return SiteKey(key, valid_from)
