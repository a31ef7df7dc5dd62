"""What browsers are asked to make and to show, and whether what came back is right (WebAuthn). The package is loaded
when it is first asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consult.errors import Invalid
from consult.sign_in.passkeys.relying_party import RelyingParty

LONGEST_ANSWER = 16 * 1024
"""Signs of an answer; without an attestation it has about 1,500."""


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
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes, structs

    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=user[0].bytes,
        user_name=user[1],
        user_display_name=user[2],
        challenge=base64url_to_bytes(word),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(base64url_to_bytes(one)) for one in have],
    )
    return options_to_json(options)


def request(party: RelyingParty, word: str, known: Sequence[str]) -> dict[str, Any]:
    """What a browser is asked to show, as JSON: one of the keys that are `known`, or whichever it has; then who holds
    it must show the device that it is theirs (user verification)."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers import base64url_to_bytes, structs

    options = generate_authentication_options(
        rp_id=party.id,
        challenge=base64url_to_bytes(word),
        allow_credentials=[structs.PublicKeyCredentialDescriptor(base64url_to_bytes(one)) for one in known],
        user_verification=structs.UserVerificationRequirement("preferred" if known else "required"),
    )
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def made(party: RelyingParty, answer: str, word: str) -> Made:
    """The key that a browser says was made. Raises Invalid({"passkey": "passkey_failed"})."""
    from webauthn import verify_registration_response
    from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_registration_response(
            credential=_bounded(answer),
            expected_challenge=base64url_to_bytes(word),
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    key = bytes_to_base64url(found.credential_public_key)
    return Made(bytes_to_base64url(found.credential_id), key, found.sign_count)


def shown(party: RelyingParty, answer: str, word: str, known: Known, alone: bool) -> int:
    """The new counter of a key that was shown; `alone` when nothing else was, so that its holder must have shown the
    device who they are. Raises Invalid({"passkey": "passkey_failed"}), also for a counter that did not go up: somebody
    has a copy."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_authentication_response(
            credential=_bounded(answer),
            expected_challenge=base64url_to_bytes(word),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(known.public_key),
            credential_current_sign_count=known.sign_count,
            require_user_verification=alone,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    return int(found.new_sign_count)


def credential_of(answer: str) -> tuple[str, str]:
    """Which key an answer says it is of, and whose (base64url; empty where it does not say). Raises
    Invalid({"passkey": "passkey_failed"})."""
    told = _bounded(answer)
    response = told.get("response")
    owner = response.get("userHandle") if isinstance(response, dict) else ""
    return str(told.get("id") or ""), str(owner or "")


def _bounded(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError) as bad:
        raise Invalid({"passkey": "passkey_failed"}) from bad
    if not isinstance(told, dict):
        raise Invalid({"passkey": "passkey_failed"})
    return told
