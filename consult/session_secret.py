"""The session secret, and what the site signs with it: form tickets, invitations, what travels through a page.

A secret that was changed may be named for a while longer: what it signed stays good, new things bear the newest.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from itsdangerous import Signer, URLSafeSerializer


@dataclass(frozen=True)
class Secrets:
    """The session secret, and those that were it before and are still good; what is signed bears the newest."""

    newest: str = field(repr=False)
    older: tuple[str, ...] = field(default=(), repr=False)

    @property
    def oldest_first(self) -> tuple[str, ...]:
        """All of them as itsdangerous takes them: the last one signs."""
        return (*reversed(self.older), self.newest)

    def serializer(self, purpose: str) -> URLSafeSerializer:
        """Signs values for one purpose, and reads only what was signed for it."""
        return URLSafeSerializer(list(self.oldest_first), salt=f"consult.{purpose}")

    def sealer(self, purpose: str) -> MultiFernet:
        """Encrypts for one purpose what somebody carries about in an address and must not be readable there."""
        return _sealer((self.newest, *self.older), purpose)

    def signer(self, purpose: str) -> Signer:
        """The same for a plain text, made so often that deriving its keys anew each time would be seen."""
        return _signer(self.oldest_first, purpose)


def secrets_of(settings: Mapping[str, Any]) -> Secrets:
    """The secrets of a site's settings."""
    return Secrets(settings["SECRET_KEY"], tuple(settings.get("SECRET_KEY_FALLBACKS") or ()))


@lru_cache(maxsize=8)
def _sealer(secrets: Sequence[str], purpose: str) -> MultiFernet:
    keys = [hmac.digest(one.encode(), f"consult.{purpose}".encode(), "sha256") for one in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


@lru_cache(maxsize=8)
def _signer(secrets: Sequence[str], purpose: str) -> Signer:
    keys = [Signer(one, salt=f"consult.{purpose}", digest_method=hashlib.sha256).derive_key() for one in secrets]
    return Signer(keys, key_derivation="none", digest_method=hashlib.sha256)
