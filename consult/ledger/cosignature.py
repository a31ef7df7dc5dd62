"""Cosignatures: what a witness signs under a checkpoint (C2SP tlog-cosignature, cosignature/v1 with Ed25519)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consult.ledger.checkpoint import (
    KEY_ID_BYTES,
    PUBLIC_KEY_BYTES,
    SIGNATURE_START,
    BadCheckpoint,
    from_base64,
    key_name,
    to_base64,
)

COSIGNATURE = b"\x04"
MOMENT_BYTES = 8
SIGNATURE_BYTES = 64
LATEST = 2**33
"""Seconds since 1970 that no honest clock says."""


@dataclass(frozen=True)
class WitnessKey:
    """The public key of a witness, as the site and whoever checks were told it."""

    name: str
    key_id: bytes
    public_key: bytes

    def __str__(self) -> str:
        """The published form (vkey): name+hex id+base64 of the algorithm byte and the key."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(COSIGNATURE + self.public_key)}"


@dataclass(frozen=True)
class Cosigned:
    """One good cosignature: when the witness signed, by its own clock, and the line as it stands under the note."""

    at: datetime
    line: str


def read_witness_key(text: str) -> WitnessKey:
    """A witness key as it is published; raises BadCheckpoint when it is malformed or its id is not its own."""
    name, _, rest = text.partition("+")
    said = from_base64(rest.partition("+")[2], "the witness key")
    if said[:1] != COSIGNATURE or len(said) != 1 + PUBLIC_KEY_BYTES:
        raise BadCheckpoint("the witness key is not an Ed25519 key of a witness")
    own_id = sha256(name.encode() + b"\n" + said).digest()[:KEY_ID_BYTES]
    key = WitnessKey(key_name(name), own_id, said[1:])
    if str(key) != text:
        raise BadCheckpoint("the witness key's id does not belong to its name and key")
    return key


def cosigned_by(key: WitnessKey, note: str, lines: str) -> Cosigned:
    """The cosignature of this witness among signature lines, over the text of a note; lines of other keys are ignored.
    Raises BadCheckpoint when there is none, or it is not good."""
    text = note.rpartition("\n\n")[0] + "\n"
    for line in lines.split("\n"):
        if line.startswith(f"{SIGNATURE_START}{key.name} "):
            # All that stands behind the name: the line is shown and handed on as it is.
            said = from_base64(line.removeprefix(f"{SIGNATURE_START}{key.name} "), "a cosignature")
            if said[:KEY_ID_BYTES] == key.key_id:
                return Cosigned(_checked(key, text, said[KEY_ID_BYTES:]), line)
    raise BadCheckpoint(f"{key.name} has not signed the checkpoint")


def with_lines(note: str, lines: list[str]) -> str:
    """A signed note with further signature lines below its own."""
    return note + "".join(f"{line}\n" for line in lines)


def _checked(key: WitnessKey, text: str, said: bytes) -> datetime:
    """When it was signed; raises BadCheckpoint when the signature is not good."""
    seconds, signature = int.from_bytes(said[:MOMENT_BYTES], "big"), said[MOMENT_BYTES:]
    if len(signature) != SIGNATURE_BYTES or seconds > LATEST:
        raise BadCheckpoint("a cosignature is malformed")
    signed = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, signed)
    except (InvalidSignature, ValueError) as error:
        raise BadCheckpoint(f"the cosignature by {key.name} is not good") from error
    return datetime.fromtimestamp(seconds, UTC)
