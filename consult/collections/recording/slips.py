"""The look-up code of an opinion that was gathered: on the tear-off of a printed form, or on a slip made afterwards.

They are look-up codes of the site as all others, under a short key that no matter has, and kept as hashes; one that was
made for an opinion can be made again from its id, one of a tear-off from the serial number of its form.
"""

import hmac
from uuid import UUID

from consult.collections.models import CollectedOpinion
from consult.submissions.inputs import Codes
from consult.submissions.receiving import lookup_codes

SHORT_KEY = "000"
"""Matters have 001 and more."""


def of_form(collection_id: UUID, serial: str, codes: Codes) -> str:
    """The code for the tear-off of the printed form with this serial number (its digits only)."""
    return lookup_codes.make(SHORT_KEY, collection_id, f"form {serial}", codes)[0]


def hash_for(opinion: CollectedOpinion, code: str, codes: Codes) -> str:
    """What is kept of the code on its tear-off, or of one made for it when it has none."""
    made = code or lookup_codes.make(SHORT_KEY, opinion.collection_id, opinion.id.hex, codes)[0]
    return lookup_codes.code_hash(made, codes)


def code_of(opinion: CollectedOpinion, codes: Codes) -> str:
    """The code that was made for an opinion, once more; empty for one of a tear-off, which its sender has alone."""
    try:
        return lookup_codes.made_before(SHORT_KEY, opinion.collection_id, opinion.id.hex, opinion.code_hash, codes)[0]
    except LookupError:
        return ""


def secret_of(code: str, codes: Codes) -> str:
    """The secret number that stands beside a look-up code: with both one reads what was typed. It is made from the code
    with the site's key for receipts, and kept nowhere."""
    return _secret(codes.newest, code)


def is_secret_of(code: str, typed: str, codes: Codes) -> bool:
    """Whether these digits are the secret number of a code, by whichever key of the site it was printed."""
    return any([lookup_codes.same(_secret(key, code), typed) for key in codes.keys])


def _secret(key: bytes, code: str) -> str:
    made = hmac.digest(key, f"consult\0secret of a slip\0{code}".encode(), "sha256")
    return str(int.from_bytes(made[:8]) % 10**lookup_codes.SECRET_DIGITS).zfill(lookup_codes.SECRET_DIGITS)
