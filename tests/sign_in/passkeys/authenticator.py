"""A passkey of its own, made of a key and a counter: what a telephone does, without one."""

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url as written

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """One key of one site: `verifies` is whether its holder shows it who they are, `origin` what the browser says."""

    def __init__(self, origin: str = "http://localhost", verifies: bool = True) -> None:
        self.origin, self.verifies, self.count = origin, verifies, 0
        self.key, self.id, self.owner = generate_private_key(SECP256R1()), secrets.token_bytes(32), b""

    def make(self, options: dict[str, Any]) -> str:
        """What a browser answers to the options of a new key."""
        self.owner = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        new = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], ATTESTED) + new
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = {"attestationObject": written(attested), "clientDataJSON": written(self._told("create", options))}
        return self._answer(told)

    def show(self, options: dict[str, Any], owner: bytes | None = None) -> str:
        """What a browser answers when it is asked to show the key; it counts."""
        self.count += 1
        data, told = self._data(options["rpId"]), self._told("get", options)
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ECDSA(SHA256()))
        return self._answer(
            {
                "authenticatorData": written(data),
                "clientDataJSON": written(told),
                "signature": written(signature),
                "userHandle": written(self.owner if owner is None else owner),
            }
        )

    def _told(self, what: str, options: dict[str, Any]) -> bytes:
        told = {"type": f"webauthn.{what}", "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**told, "crossOrigin": False}).encode()

    def _data(self, site: str, more: int = 0) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, response: dict[str, str]) -> str:
        own = {"id": written(self.id), "rawId": written(self.id), "type": "public-key"}
        return json.dumps({**own, "response": response, "clientExtensionResults": {}})
