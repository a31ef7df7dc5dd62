"""A second signature of the site under its checkpoints, which also holds against quantum computers: ML-DSA-44 (C2SP
tlog-cosignature, signature type 6), made with a key that follows from the Ed25519 key.

It stands under the checkpoints that pages and programs are given, not under that of each receipt: it is 2,420 bytes,
and the site log brings every log under it within minutes. Its time is 0: the site says what it signs, not that it is
the newest.
"""

import struct
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consult.ledger.checkpoint import (
    KEY_ID_BYTES,
    SIGNATURE_START,
    Checkpoint,
    key_name,
    to_base64,
)

TYPE = b"\x06"
LABEL = b"subtree/v1\n\0"
SEED_BYTES = 32
FOR = b"consult ledger ml-dsa-44"


@lru_cache(maxsize=16)
def key_of(private_key: Ed25519PrivateKey) -> MLDSA44PrivateKey:
    """The key that follows from a key of the site, so that there is no second file to keep or to lose."""
    seed = HKDF(SHA256(), SEED_BYTES, None, FOR).derive(private_key.private_bytes_raw())
    return MLDSA44PrivateKey.from_seed_bytes(seed)


def vkey(name: str, public_key: MLDSA44PublicKey) -> str:
    """The published form of a key under a name: name+hex id+base64 of the algorithm byte and the 1,312 bytes."""
    public = public_key.public_bytes_raw()
    return f"{key_name(name)}+{_key_id(name, public).hex()}+{to_base64(TYPE + public)}"


def line_of(checkpoint: Checkpoint, private_key: MLDSA44PrivateKey) -> str:
    """The signature line of the site, whose key bears the name of the log."""
    name, public = key_name(checkpoint.origin), private_key.public_key().public_bytes_raw()
    signature = bytes(8) + private_key.sign(_message(name, 0, checkpoint))
    return f"{SIGNATURE_START}{name} {to_base64(_key_id(name, public) + signature)}"


def _message(name: str, at: int, checkpoint: Checkpoint) -> bytes:
    """The structure `cosigned_message` of the specification, of a whole tree."""
    named = [struct.pack(">B", len(one)) + one for one in (name.encode(), checkpoint.origin.encode())]
    return b"".join(
        (LABEL, named[0], struct.pack(">Q", at), named[1], struct.pack(">QQ", 0, checkpoint.size), checkpoint.root)
    )


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + TYPE + public).digest()[:KEY_ID_BYTES]
