"""The keys of branches: made from the site's key for receipts, so that a sheet can be printed again, and kept as
hashes. 20 letters and digits that are not taken for one another are 99 bits: nobody guesses one."""

import hmac
from uuid import UUID

from consult.collections.models import Branch
from consult.submissions.inputs import Codes
from consult.submissions.receiving.lookup_codes import same

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 20
GROUP = 4


def make(branch_id: UUID, number: int, codes: Codes) -> str:
    """The `number`th key of a branch, by the newest key of the site."""
    return _made(codes.newest, branch_id, number)


def of_branch(branch: Branch, codes: Codes) -> str:
    """The key that a branch has, once more. Raises LookupError when the site's key of that time is gone."""
    for held in codes.keys:
        key = _made(held, branch.id, branch.key_number)
        if same(_hash(held, key), branch.key_hash):
            return key
    raise LookupError("the key that this was made with is gone")


def shown(key: str) -> str:
    """A key as people copy it: in groups of four."""
    return "-".join(key[start : start + GROUP] for start in range(0, len(key), GROUP))


def typed(text: str) -> str:
    """What somebody typed or scanned, without what stands between the groups; empty when it is no key."""
    signs = "".join(sign for sign in text[:200].lower() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""


def key_hash(key: str, codes: Codes) -> str:
    """What is kept of a new key."""
    return _hash(codes.newest, key)


def key_hashes(key: str, codes: Codes) -> list[str]:
    """What may be kept of a key, whenever it was made."""
    return [_hash(held, key) for held in codes.keys]


def _made(held: bytes, branch_id: UUID, number: int) -> str:
    rest = int.from_bytes(hmac.digest(held, f"consult\0branch\0{branch_id}\0{number}".encode(), "sha256"))
    signs = []
    for _place in range(LENGTH):
        rest, place = divmod(rest, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def _hash(held: bytes, key: str) -> str:
    return hmac.digest(held, f"consult\0branch key\0{key}".encode(), "sha256").hex()
