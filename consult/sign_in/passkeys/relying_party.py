"""As whom the site speaks to passkeys: they are bound to its host, and work over https alone (and on one's own machine,
where browsers take `localhost` for safe)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class RelyingParty:
    """The host that keys are bound to, the origin that browsers name, and what people read."""

    id: str
    origin: str
    name: str


def of(settings: Mapping[str, Any]) -> RelyingParty | None:
    """The site as its settings say; None where passkeys cannot work: without https, or without the package."""
    parts = urlsplit(settings["SITE_URL"])
    host = parts.hostname or ""
    if not installed() or not (parts.scheme == "https" or host == "localhost"):
        return None
    return RelyingParty(host, f"{parts.scheme}://{parts.netloc}", settings["SITE_NAME"] or "Consult")


@cache
def installed() -> bool:
    """Whether `webauthn` is there (the extra `passkeys`)."""
    return find_spec("webauthn") is not None
