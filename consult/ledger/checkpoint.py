"""Checkpoints: a log's size and root in a note signed with Ed25519 (C2SP tlog-checkpoint over C2SP signed-note).

The key's name in a signature is the log's origin, so one site key appears under another name, and another key id, in
every consultation's log. After a rotation the site goes on publishing the old verifier keys: a note is good when a
published key has signed it, and a published key's bad signature spoils it.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consult.ledger.merkle import HASH_BYTES

ED25519 = b"\x01"
KEY_ID_BYTES = 4
PUBLIC_KEY_BYTES = 32
LONGEST_NOTE = 20_000
SIGNATURE_START = "\u2014 "


class BadCheckpoint(ValueError):
    """The note or key is malformed, or not signed by a key that is trusted; the message says which."""


@dataclass(frozen=True)
class Checkpoint:
    """What a log commits to: its origin line, how many entries it has, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class VerifierKey:
    """A public key as signed notes know it: the key's name, its 4-byte id, and the 32 bytes of the Ed25519 key."""

    name: str
    key_id: bytes
    public_key: bytes

    def __str__(self) -> str:
        """The published form (vkey): name+hex id+base64 of the algorithm byte and the key."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(ED25519 + self.public_key)}"


@dataclass(frozen=True)
class SiteKey:
    """A signing key and the instant (UTC) from which the site signs with it."""

    private_key: Ed25519PrivateKey
    valid_from: datetime


def origin_of(log_name: str, consultation_id: str) -> str:
    """The origin line of a consultation's log: a name fixed for the site, independent of its host, and the id."""
    return key_name(f"{log_name}/{consultation_id}")


def verifier_key(name: str, public_key: Ed25519PublicKey) -> VerifierKey:
    """The verifier key to publish for `public_key` under `name`, which is the origin of a log."""
    public_bytes = public_key.public_bytes_raw()
    return VerifierKey(key_name(name), _key_id(name, public_bytes), public_bytes)


def parse_verifier_key(text: str) -> VerifierKey:
    """Read the published form; raises BadCheckpoint when it is malformed or its id is not that of its key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    decoded = from_base64(encoded, "the verifier key")
    if decoded[:1] != ED25519 or len(decoded) != 1 + PUBLIC_KEY_BYTES:
        raise BadCheckpoint("the verifier key is not an Ed25519 key")
    key = VerifierKey(key_name(name), _key_id(name, decoded[1:]), decoded[1:])
    if str(key) != text or key.key_id.hex() != key_id:
        raise BadCheckpoint("the verifier key's id does not belong to its name and key")
    return key


def current_key(keys: Iterable[SiteKey], now: datetime) -> SiteKey:
    """The key the site signs with at `now` (UTC): the latest that is already valid. Raises LookupError for none."""
    valid = [key for key in keys if key.valid_from <= now]
    if not valid:
        raise LookupError("no signing key is valid yet")
    return max(valid, key=lambda key: key.valid_from)


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The note text that is signed: origin, size and base64 root, each on a line of its own."""
    return f"{key_name(checkpoint.origin)}\n{checkpoint.size}\n{to_base64(checkpoint.root)}\n"


def sign_checkpoint(checkpoint: Checkpoint, private_key: Ed25519PrivateKey) -> str:
    """The signed note of a checkpoint, ready to publish. The key's name is the checkpoint's origin."""
    text = checkpoint_text(checkpoint)
    key = _verifier_of(checkpoint.origin, private_key)
    signature = private_key.sign(text.encode("utf-8"))
    return f"{text}\n{SIGNATURE_START}{key.name} {to_base64(key.key_id + signature)}\n"


@lru_cache(maxsize=256)
def _verifier_of(name: str, private_key: Ed25519PrivateKey) -> VerifierKey:
    """Kept, since every receipt of a log is signed with the same key."""
    return verifier_key(name, private_key.public_key())


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note text (not the signatures); extension lines are allowed and ignored. Raises BadCheckpoint."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BadCheckpoint("a checkpoint has at least three lines, none of them empty")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit() and len(size) < 20 and str(int(size)) == size):
        raise BadCheckpoint("the size is not a plain decimal number")
    decoded = from_base64(root, "the root")
    if len(decoded) != HASH_BYTES:
        raise BadCheckpoint(f"the root does not have {HASH_BYTES} bytes")
    return Checkpoint(origin, int(size), decoded)


def verify_checkpoint(note: str, keys: Sequence[VerifierKey], origin: str) -> Checkpoint:
    """The checkpoint of a signed note that one of `keys` has signed for the log `origin`.

    Raises BadCheckpoint when the note is malformed, belongs to another log, carries no signature of these keys, or
    carries one of them that does not verify. Signatures by other keys (of witnesses, say) are ignored.
    """
    text, signatures = _taken_apart(note)
    signed = False
    for name, key_id, signature in signatures:
        for key in keys:
            if (key.name, key.key_id) == (name, key_id):
                _require_signature(key, signature, text)
                signed = True
    if not signed:
        raise BadCheckpoint("no published key has signed the checkpoint")
    checkpoint = parse_checkpoint(text)
    if checkpoint.origin != origin:
        raise BadCheckpoint("the checkpoint belongs to another log")
    return checkpoint


def _taken_apart(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a note and its signatures as (key name, key id, signature)."""
    if len(note) > LONGEST_NOTE or any(character < " " and character != "\n" for character in note):
        raise BadCheckpoint("the note is too long or holds control characters")
    text, separator, block = note.rpartition("\n\n")
    if not separator or not block.endswith("\n"):
        raise BadCheckpoint("the note has no signatures")
    return text + "\n", [_signature_of(line) for line in block[:-1].split("\n")]


def _signature_of(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(SIGNATURE_START).partition(" ")
    decoded = from_base64(encoded, "a signature")
    if not line.startswith(SIGNATURE_START) or len(decoded) <= KEY_ID_BYTES:
        raise BadCheckpoint("a signature line is malformed")
    return key_name(name), decoded[:KEY_ID_BYTES], decoded[KEY_ID_BYTES:]


def _require_signature(key: VerifierKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, ValueError) as error:
        raise BadCheckpoint(f"the signature by {key.name} is not good") from error


def _key_id(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode("utf-8") + b"\n" + ED25519 + public_key).digest()[:KEY_ID_BYTES]


@lru_cache(maxsize=256)
def key_name(name: str) -> str:
    """The name of a key, after looking that it may be one. Raises BadCheckpoint."""
    if not name or "+" in name or any(character.isspace() or character < " " for character in name):
        raise BadCheckpoint("a key's name has at least one character, no white space and no plus")
    return name


def to_base64(data: bytes) -> str:
    """Bytes as plain base64."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, what: str) -> bytes:
    """The bytes of plain base64; raises BadCheckpoint, which says of `what`, for anything else."""
    try:
        decoded = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise BadCheckpoint(f"{what} is not base64") from error
    # A second spelling of the same bytes (spare bits set) is refused, so that a note has exactly one form.
    if to_base64(decoded) != text:
        raise BadCheckpoint(f"{what} is not plain base64")
    return decoded
