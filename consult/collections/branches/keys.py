"""The keys of branches (`submissions/receiving/link_keys.py`), and what is kept of them."""

from uuid import UUID

from consult.collections.models import Branch
from consult.submissions.inputs import Codes
from consult.submissions.receiving import link_keys

OF = "branch"
shown, typed = link_keys.shown, link_keys.typed


def make(branch_id: UUID, number: int, codes: Codes) -> str:
    """The `number`th key of a branch, by the newest key of the site."""
    return link_keys.make(OF, branch_id, number, codes)


def of_branch(branch: Branch, codes: Codes) -> str:
    """The key that a branch has, once more. Raises LookupError when the site's key of that time is gone."""
    return link_keys.made_before(OF, branch.id, branch.key_number, branch.key_hash, codes)


def key_hash(key: str, codes: Codes) -> str:
    """What is kept of a new key."""
    return link_keys.key_hash(OF, key, codes)


def key_hashes(key: str, codes: Codes) -> list[str]:
    """What may be kept of a key, whenever it was made."""
    return link_keys.key_hashes(OF, key, codes)
