"""Providers of identities that staff may sign in through (OpenID Connect): none, unless a file of settings names them.

A profile says what kind of provider it is: how its button is called, and whether it must say by which level somebody
showed who they are. Nothing is known here of an address, a level or a claim of any of them: who operates the site has
those from the provider, with the client's name and secret.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from re import fullmatch
from typing import Any
from urllib.parse import urlsplit

from consult.catalogues import sentence
from consult.command_line.setting_values import Misconfigured

NAME = "CONSULT_IDENTITY_PROVIDERS"
NEEDED = ("issuer", "client_id", "client_secret")
TEXTS = ("profile", *NEEDED, "name_vi", "name_en", "scope", "subject_claim", "client_auth")
CLIENT_AUTH = ("client_secret_basic", "client_secret_post")


@dataclass(frozen=True)
class Provider:
    """One of them. `levels` are the values of `acr` of which the ID token must have one; with them its word stands for
    both factors where `both_factors` says so. `subject_claim` holds what it knows a person by, for ever."""

    key: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    profile: str = "plain"
    name_vi: str = ""
    name_en: str = ""
    scope: str = "openid"
    subject_claim: str = "sub"
    client_auth: str = CLIENT_AUTH[0]
    levels: tuple[str, ...] = ()
    both_factors: bool = False

    def name(self, language: str) -> str:
        """What its button is called."""
        given = (self.name_en if language == "en" else "") or self.name_vi
        return given or sentence(language, f"provider_profile.{self.profile}", {})


@dataclass(frozen=True)
class Profile:
    """What all providers of a kind have in common: whether we have a name for them (the sentence
    `provider_profile.<kind>`), and whether they must say a level."""

    named: bool = True
    must_name_levels: bool = False


PROFILES: Mapping[str, Profile] = {
    "plain": Profile(named=False),
    "vneid": Profile(must_name_levels=True),
    "mat_tran_so": Profile(),
}


def read(path: str, production: bool) -> dict[str, Provider]:
    """The providers that a TOML file describes, each in a table of its own; none where no file is named. Raises
    Misconfigured, which never repeats what may be a secret."""
    if not path:
        return {}
    if find_spec("authlib") is None:
        raise Misconfigured("not_installed", name=NAME, package="authlib")
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        raise Misconfigured("providers_unreadable", name=NAME, path=path) from bad
    return {key: _provider(key, table, production) for key, table in tables.items()}


def _provider(key: str, table: Any, production: bool) -> Provider:
    if not isinstance(table, dict) or not fullmatch("[a-z0-9-]{1,30}", key):
        raise Misconfigured("provider_wrong", name=NAME, provider=key, what=key)
    levels, both = table.get("levels", []), table.get("both_factors", False)
    given = {name: table.get(name, "") for name in TEXTS}
    profile = PROFILES.get(given["profile"] or "plain")
    right = {
        "profile": profile is not None,
        "name_vi": bool(given["name_vi"]) or profile is None or profile.named,
        **{name: bool(given[name]) for name in NEEDED},
        **{name: False for name, value in given.items() if not isinstance(value, str)},
        **{name: False for name in table if name not in (*TEXTS, "levels", "both_factors")},
        "issuer": _is_address(given["issuer"], production),
        "client_auth": given["client_auth"] in ("", *CLIENT_AUTH),
        "levels": _are_words(levels) and bool(levels or not (both or (profile and profile.must_name_levels))),
        "both_factors": isinstance(both, bool),
    }
    for name, is_right in right.items():
        if not is_right:
            raise Misconfigured("provider_wrong", name=NAME, provider=key, what=name)
    texts = {name: value for name, value in given.items() if value}
    return Provider(key, **texts, levels=tuple(levels), both_factors=both)


def _are_words(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) and one for one in given)


def _is_address(given: Any, production: bool) -> bool:
    """Whether an issuer is reached safely: over https, or, while somebody tries things out, on this very machine."""
    try:
        parts = urlsplit(given if isinstance(given, str) else "")
    except ValueError:
        return False
    own = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost") and not production
    return bool(parts.hostname) and not parts.query and not parts.fragment and (parts.scheme == "https" or own)
