"""What browsers are asked to make and to show, and whether what came back is right (WebAuthn). The package is loaded
when it is first asked for."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from consult.errors import Invalid
from consult.sign_in.passkeys.relying_party import RelyingParty

LONGEST_ANSWER = 16 * 1024
"""Signs of an answer; without an attestation it has about 1,500."""
MOST_COUNTED = 2**31 - 1
"""What a column holds of a counter, which has 32 bits: of what is beyond, a copy is not told any more."""
_BASE64URL = re.compile("[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Made:
    """A key that a device made: its id, its public half (both base64url) and its counter."""

    credential_id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True)
class Known:
    """A kept key: what it is checked by."""

    public_key: str
    sign_count: int


def creation(party: RelyingParty, user: tuple[UUID, str, str], word: str, have: Sequence[str]) -> str:
    """What a browser is asked to make, as JSON: for a `user` (id, mail, name), answering `word`, on none of the devices
    that `have` a key of theirs already."""
    webauthn = _package()
    structs, read = webauthn.helpers.structs, webauthn.helpers.base64url_to_bytes
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=user[0].bytes,
        user_name=user[1],
        user_display_name=user[2],
        challenge=read(word),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(read(one)) for one in have],
    )
    asked: str = webauthn.options_to_json(options)
    return asked


def request(party: RelyingParty, word: str, known: Sequence[str]) -> dict[str, Any]:
    """What a browser is asked to show, as JSON: one of the keys that are `known`, or whichever it has; then who holds
    it must show the device that it is theirs (user verification)."""
    webauthn = _package()
    structs, read = webauthn.helpers.structs, webauthn.helpers.base64url_to_bytes
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=read(word),
        allow_credentials=[structs.PublicKeyCredentialDescriptor(read(one)) for one in known],
        user_verification=structs.UserVerificationRequirement("preferred" if known else "required"),
    )
    asked: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return asked


def made(party: RelyingParty, answer: str, word: str) -> Made:
    """The key that a browser says was made. Raises Invalid({"passkey": "passkey_failed"})."""
    webauthn = _package()
    read, written = webauthn.helpers.base64url_to_bytes, webauthn.helpers.bytes_to_base64url
    try:
        found = webauthn.verify_registration_response(
            credential=_bounded(answer),
            expected_challenge=read(word),
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except (webauthn.helpers.exceptions.WebAuthnException, ValueError, KeyError, TypeError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    return Made(written(found.credential_id), written(found.credential_public_key), _kept(found.sign_count))


def shown(party: RelyingParty, answer: str, word: str, known: Known, alone: bool) -> int:
    """The new counter of a key that was shown; `alone` when nothing else was, so that its holder must have shown the
    device who they are. Raises Invalid({"passkey": "passkey_failed"}), also for a counter that did not go up: somebody
    has a copy."""
    webauthn = _package()
    read = webauthn.helpers.base64url_to_bytes
    try:
        found = webauthn.verify_authentication_response(
            credential=_bounded(answer),
            expected_challenge=read(word),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=read(known.public_key),
            credential_current_sign_count=known.sign_count,
            require_user_verification=alone,
        )
    except (webauthn.helpers.exceptions.WebAuthnException, ValueError, KeyError, TypeError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    return _kept(found.new_sign_count)


def credential_of(answer: str) -> tuple[str, str]:
    """Which key an answer says it is of, and whose (base64url; empty where it does not say whose). Raises
    Invalid({"passkey": "passkey_failed"}), also for an id that no database could be asked for."""
    told = _bounded(answer)
    response, key = told.get("response"), str(told.get("id") or "")
    owner = response.get("userHandle") if isinstance(response, dict) else ""
    if not _BASE64URL.fullmatch(key):
        raise Invalid({"passkey": "passkey_failed"})
    return key, str(owner or "")


def _kept(count: int) -> int:
    return min(int(count), MOST_COUNTED)


def _package() -> Any:
    """`webauthn`, loaded when it is first needed: a site may do without."""
    import_module("webauthn.helpers.exceptions")
    return import_module("webauthn")


def _bounded(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    if not isinstance(told, dict):
        raise Invalid({"passkey": "passkey_failed"})
    return told
