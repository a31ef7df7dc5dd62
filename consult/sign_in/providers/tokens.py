"""ID tokens: who a provider says it is, taken only when all of it is right (OpenID Connect Core, 3.1.3.7)."""

from datetime import datetime
from importlib import import_module
from typing import Any

from consult.errors import Refused
from consult.sign_in.providers.discovery import Directory
from consult.sign_in.providers.settings import Provider

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures that only the provider can make: none by a secret that both sides have, and never none at all."""
SKEW = 60
"""Seconds that its clock may differ from ours."""
OLDEST = 600
"""Seconds since a token was made: it comes straight from the provider."""
LONGEST, LONGEST_SUBJECT = 16 * 1024, 255


def subject_of(provider: Provider, directory: Directory, answer: dict[str, Any], nonce: str, now: datetime) -> str:
    """Whom the ID token in the answer of the token endpoint names, for this client and this very sign-in.

    Raises Refused("provider_wrong_answer"), Refused("provider_level") when they did not show who they are by a level
    that the settings ask for, and Unreachable.
    """
    token = _signed(provider, directory, str(answer.get("id_token") or "")[:LONGEST])
    claims = token.claims
    _check(provider, token, answer, nonce, now)
    if provider.levels and claims.get("acr") not in provider.levels:
        raise Refused("provider_level")
    subject = claims.get(provider.subject_claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("provider_wrong_answer")
    return subject


def _signed(provider: Provider, directory: Directory, written: str) -> Any:
    """The token, when one of the provider's keys signed it; keys that are there since a moment ago count too."""
    jwt, jwk, failures = (import_module(f"joserfc.{name}") for name in ("jwt", "jwk", "errors"))
    for anew in (False, True):
        try:
            keys = jwk.KeySet.import_key_set(directory.keys(provider, anew))
            return jwt.decode(written, keys, algorithms=ALGORITHMS)
        except (failures.JoseError, ValueError, TypeError, KeyError) as bad:
            failed = bad
    raise Refused("provider_wrong_answer") from failed


def _check(provider: Provider, token: Any, answer: dict[str, Any], nonce: str, now: datetime) -> None:
    kinds, failures = import_module("authlib.oidc.core"), import_module("joserfc.errors")
    told = {"nonce": nonce, "client_id": provider.client_id, "access_token": answer.get("access_token")}
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        kinds.CodeIDToken(token.claims, token.header, wanted, told).validate(int(now.timestamp()), SKEW)
        old = now.timestamp() - float(token.claims["iat"]) > OLDEST + SKEW
    except (failures.JoseError, ValueError, TypeError, KeyError) as bad:
        raise Refused("provider_wrong_answer") from bad
    if old:
        raise Refused("provider_wrong_answer")
