"""The secret that sessions, forms and links are signed with, as the settings give it."""

import os
from pathlib import Path
from typing import Any

from consult.command_line.setting_values import Misconfigured

SECRET_LENGTH = 32


def secrets(given: dict[str, str], production: bool, instance: Path) -> dict[str, Any]:
    """The session secret, and the earlier ones that what they signed is still taken with. Where none is given, one that
    `instance` keeps; not in production. Raises Misconfigured."""
    secret, older = _secret(given, production, instance), given.get("CONSULT_SECRET_KEY_OLD", "")
    fallbacks = older.replace(",", " ").split()
    if production and any(len(one) < SECRET_LENGTH for one in fallbacks):
        raise Misconfigured("short_secret", name="CONSULT_SECRET_KEY_OLD", least=SECRET_LENGTH)
    return {
        "SECRET_KEY": secret,
        "SECRET_KEY_FALLBACKS": fallbacks,
        "WTF_CSRF_SECRET_KEY": [*reversed(fallbacks), secret],
    }


def _secret(given: dict[str, str], production: bool, instance: Path) -> str:
    secret = given.get("CONSULT_SECRET_KEY", "")
    if secret:
        if production and len(secret) < SECRET_LENGTH:
            raise Misconfigured("short_secret", name="CONSULT_SECRET_KEY", least=SECRET_LENGTH)
        return secret
    if production:
        raise Misconfigured("no_secret", name="CONSULT_SECRET_KEY")
    return _kept_secret(instance / "secret-key")


def _kept_secret(path: Path) -> str:
    """A secret made once for this folder: development needs no setting, and sign-ins survive a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text()
