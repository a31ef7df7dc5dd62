"""The site's signing keys: those of its key ring that are for the ledger."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.keys import ring
from consult.keys.ring import Key, KeyRing, Purpose
from consult.ledger.checkpoint import SiteKey


def of(keys: KeyRing) -> tuple[SiteKey, ...]:
    """The signing keys in a key ring, oldest first."""
    return tuple(_site_key(key) for key in reversed(keys.of(Purpose.LEDGER)))


def load(folder: Path) -> tuple[SiteKey, ...]:
    """The signing keys in `folder`, oldest first. Raises BadKey."""
    return of(ring.load(folder))


def create(folder: Path, valid_from: datetime) -> SiteKey:
    """A new key that holds from the instant `valid_from`, readable by the site's own account only."""
    return _site_key(ring.add(folder, Purpose.LEDGER, valid_from))


def _site_key(key: Key) -> SiteKey:
    """An Ed25519 private key is any 32 bytes."""
    return SiteKey(Ed25519PrivateKey.from_private_bytes(key.secret), key.since)
