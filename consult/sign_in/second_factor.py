"""The second factor: six digits that change every thirty seconds (TOTP, RFC 6238).

The secret is kept encrypted with a key of the site's key ring: who reads the database without that ring cannot make
codes. That key may be changed: what an earlier one sealed still opens, and is sealed anew when it is next used.
"""

import base64
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 30
DRIFT = 1
"""How many steps a telephone's clock may be off, either way."""

QUIET_ZONE = 4


class SecretBox:
    """Seals second-factor secrets with the newest of the site's keys, and opens them with whichever sealed them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = [Fernet(base64.urlsafe_b64encode(key)) for key in keys]

    def seal(self, user_id: UUID, secret: str) -> str:
        """`secret` encrypted for one person: it opens for nobody else. Raises LookupError when the site has no key."""
        if not self._ciphers:
            raise LookupError("no key for second factors is there")
        return self._ciphers[0].encrypt(f"{user_id}:{secret}".encode()).decode()

    def open(self, user_id: UUID, sealed: str) -> str | None:
        """The secret in `sealed`; None when it is not this person's or was sealed with a key that is not there."""
        place = self.key_of(sealed)
        if place is None:
            return None
        owner, _, secret = self._ciphers[place].decrypt(sealed.encode()).decode().partition(":")
        return secret if owner == str(user_id) else None

    def key_of(self, sealed: str) -> int | None:
        """Which of the keys sealed this, by its place among them; None when it was none of them."""
        for place, cipher in enumerate(self._ciphers):
            try:
                cipher.decrypt(sealed.encode("utf-8", "replace"))
            except InvalidToken:
                continue
            return place
        return None


def taken_over(session_secret: str) -> bytes:
    """The key by which second factors were sealed before the site had a key ring: made of its session secret."""
    return HKDF(SHA256(), 32, salt=None, info=b"consult.second-factor").derive(session_secret.encode())


@dataclass(frozen=True)
class Enrolment:
    """What a person needs to set up a telephone: the secret as text, and the same as a QR code's drawing."""

    secret: str
    sealed: str
    side: int
    path: str


def new_secret() -> str:
    """A fresh secret (160 bits, base32)."""
    return pyotp.random_base32()


def enrolment(vault: SecretBox, user_id: UUID, mail: str, site: str, secret: str) -> Enrolment:
    """How `secret` is shown to its owner; nothing is kept until a code of it came back."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=mail, issuer_name=site)
    rows = segno.make(uri, error="m", micro=False).matrix
    dark = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    ]
    return Enrolment(secret, vault.seal(user_id, secret), len(rows) + 2 * QUIET_ZONE, "".join(dark))


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The time step that `code` belongs to, or None when it is wrong, too old, or not later than the step `last`
    used: a code that was seen over a shoulder cannot be used a second time."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in code if sign.isdecimal())
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        fresh = last is None or step > last
        if pyotp.utils.strings_equal(totp.at(step * STEP), digits) and fresh:
            return step
    return None
