"""What a provider says of itself, and the keys that it signs with: asked when first needed, kept for an hour; keys are
asked for anew when a token names one that is not among them. One that did not answer is left alone for a while: each
who asks holds a thread of the site meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from consult.sign_in.providers import wire
from consult.sign_in.providers.settings import Provider
from consult.sign_in.providers.wire import Unreachable

KEPT = 3600.0
ANEW = 60.0
"""Seconds between two askings for keys that strangers can bring about, by tokens with keys that nobody knows."""
LEFT_ALONE = 10.0
"""Seconds without an asking after one that was not answered."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass
class _Said:
    at: float
    value: dict[str, Any]


@dataclass
class Directory:
    """What was asked of all providers so far."""

    fetch: Callable[[str], dict[str, Any]] = wire.fetched
    clock: Callable[[], float] = monotonic
    _kept: dict[str, _Said] = field(default_factory=dict)
    _failed: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def metadata(self, provider: Provider) -> dict[str, Any]:
        """Its addresses and what it can. Raises Unreachable, also when it says to be another issuer, or has addresses
        that are less safe than its own."""
        url = provider.issuer.rstrip("/") + WELL_KNOWN
        found = self._asked(url, KEPT)
        safe = urlsplit(provider.issuer).scheme
        wrong = [name for name in ENDPOINTS if urlsplit(str(found.get(name, ""))).scheme not in ("https", safe)]
        if found.get("issuer") != provider.issuer or wrong:
            self._leave_alone(url, forget=True)
            raise Unreachable(f"{provider.key} is not what its settings say: {wrong or 'issuer'}")
        return found

    def keys(self, provider: Provider, anew: bool = False) -> dict[str, Any]:
        """The keys it signs with (JWK set); `anew` when one was named that is not among those kept."""
        return self._asked(str(self.metadata(provider)["jwks_uri"]), ANEW if anew else KEPT)

    def _asked(self, url: str, lasts: float) -> dict[str, Any]:
        with self._lock:
            kept, failed = self._kept.get(url), self._failed.get(url)
        if kept is not None and self.clock() - kept.at < lasts:
            return kept.value
        if failed is not None and self.clock() - failed < LEFT_ALONE:
            raise Unreachable("left alone")
        try:
            kept = _Said(self.clock(), self.fetch(url))
        except Unreachable:
            self._leave_alone(url)
            raise
        with self._lock:
            self._kept[url] = kept
        return kept.value

    def _leave_alone(self, url: str, forget: bool = False) -> None:
        with self._lock:
            self._failed[url] = self.clock()
            if forget:
                self._kept.pop(url, None)
