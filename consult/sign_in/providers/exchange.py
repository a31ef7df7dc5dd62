"""The way to a provider and back: where somebody is sent, and what becomes of the code that they bring (authorization
code flow with PKCE, state and nonce; RFC 9700)."""

import base64
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlencode

from consult.errors import Refused
from consult.sign_in import challenges
from consult.sign_in.providers import wire
from consult.sign_in.providers.settings import Provider


@dataclass(frozen=True)
class Leaving:
    """What a browser keeps while it is away at a provider: three random words, when it left, the sign-in that the
    person is bound in (empty: to sign in), where to go afterwards, and in which language."""

    provider: str
    state: str
    nonce: str
    verifier: str
    at: int
    binding: str = ""
    next: str = ""
    language: str = "vi"


def leave(provider: Provider, at: int, binding: str = "", next_address: str = "", language: str = "vi") -> Leaving:
    """New words for a way there and back."""
    state, nonce, verifier = (challenges.word() for _ in range(3))
    return Leaving(provider.key, state, nonce, verifier, at, binding, next_address, language)


def address(provider: Provider, metadata: dict[str, Any], leaving: Leaving, back: str) -> str:
    """Where the browser goes: the provider's page, which sends it `back`."""
    challenge_of = import_module("authlib.oauth2.rfc7636").create_s256_code_challenge
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scope,
        "state": leaving.state,
        "nonce": leaving.nonce,
        "code_challenge": challenge_of(leaving.verifier),
        "code_challenge_method": "S256",
        "ui_locales": leaving.language,
        **({"acr_values": " ".join(provider.levels)} if provider.levels else {}),
    }
    return _with_query(str(metadata["authorization_endpoint"]), query)


def check_issuer(provider: Provider, metadata: dict[str, Any], told: str) -> None:
    """Whether who sent the browser back is who it was sent to (RFC 9207). Raises Refused("provider_wrong_answer"): one
    provider may not pass on what another one said."""
    must = metadata.get("authorization_response_iss_parameter_supported") is True
    if (told or must) and told != provider.issuer:
        raise Refused("provider_wrong_answer")


def tokens(provider: Provider, metadata: dict[str, Any], leaving: Leaving, code: str, back: str) -> dict[str, Any]:
    """What the provider gives for a code. Raises Unreachable, also for a code that was used before."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": leaving.verifier,
        "client_id": provider.client_id,
    }
    headers: dict[str, str] = {}
    if provider.client_auth == "client_secret_post":
        form["client_secret"] = provider.client_secret
    else:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return wire.sent(str(metadata["token_endpoint"]), form, headers)


def sign_out_address(provider: Provider, metadata: dict[str, Any], back: str) -> str:
    """Where the sign-in at the provider itself is ended (RP-initiated logout); empty where it has no such page."""
    end = str(metadata.get("end_session_endpoint") or "")
    query = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    return _with_query(end, query) if end.startswith(("https://", "http://")) else ""


def _with_query(url: str, query: dict[str, str]) -> str:
    return url + ("&" if "?" in url else "?") + urlencode(query)
