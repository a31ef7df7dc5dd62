"""The keys of links that stand for no account (a branch of a collection, a village of a survey, a sitting of a course):
made from the site's key for receipts, so that a sheet can be printed again, and kept as hashes. 20 letters and digits
that are not taken for one another are 99 bits: nobody guesses one."""

import hmac
from uuid import UUID

from consult.submissions.inputs import Codes
from consult.submissions.receiving.lookup_codes import same

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 20
GROUP = 4


def make(of: str, key_id: UUID, number: int, codes: Codes) -> str:
    """The `number`th key of the thing with this id, by the newest key of the site; `of` says what kind of thing it is:
    the key of one kind is none of another. Raises LookupError where the site has no key."""
    return _made(codes.newest, of, key_id, number)


def made_before(of: str, key_id: UUID, number: int, hashed: str, codes: Codes) -> str:
    """The same key once more, by the hash that was kept. Raises LookupError when the site's key of that time is
    gone."""
    for held in codes.keys:
        key = _made(held, of, key_id, number)
        if same(_hash(held, of, key), hashed):
            return key
    raise LookupError("the key that this was made with is gone")


def shown(key: str) -> str:
    """A key as people copy it: in groups of four."""
    return "-".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def typed(text: str) -> str:
    """What somebody typed or scanned, without what stands between the groups; empty when it is no key."""
    signs = "".join(sign for sign in text[:200].lower() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""


def key_hash(of: str, key: str, codes: Codes) -> str:
    """What is kept of a new key."""
    return _hash(codes.newest, of, key)


def key_hashes(of: str, key: str, codes: Codes) -> list[str]:
    """What may be kept of a key, whenever it was made."""
    return [_hash(held, of, key) for held in codes.keys]


def _made(held: bytes, of: str, key_id: UUID, number: int) -> str:
    rest = int.from_bytes(hmac.digest(held, f"consult\0{of}\0{key_id}\0{number}".encode(), "sha256"))
    signs = []
    for _place in range(LENGTH):
        rest, place = divmod(rest, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def _hash(held: bytes, of: str, key: str) -> str:
    return hmac.digest(held, f"consult\0{of} key\0{key}".encode(), "sha256").hex()
