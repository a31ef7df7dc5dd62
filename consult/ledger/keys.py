"""The site's signing keys: those of its key ring that are for the ledger."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.keys.ring import Key, KeyRing, Purpose
from consult.ledger.checkpoint import SiteKey


def of(keys: KeyRing) -> tuple[SiteKey, ...]:
    """The signing keys in a key ring, oldest first."""
    return tuple(_site_key(key) for key in reversed(keys.of(Purpose.LEDGER)))


def _site_key(key: Key) -> SiteKey:
    """An Ed25519 private key is any 32 bytes."""
    return SiteKey(Ed25519PrivateKey.from_private_bytes(key.secret), key.since)
