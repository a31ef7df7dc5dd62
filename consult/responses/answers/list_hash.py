"""One hash over many answers in the versions that were read: what stands on the paper that a leader signs."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from consult.ledger.canonical import canonical
from consult.responses.answers.answer_state import Answer

Entry = tuple[int, int, str]
"""The number of an answer, of its version, and the hash of that version."""


def entries(found: Iterable[Answer]) -> list[Entry]:
    """What a list says of these answers as they stand, by number."""
    return sorted((one.response.number, one.latest.version, one.latest.hash) for one in found)


def written(consultation_id: UUID, listed: Iterable[Sequence[int | str]]) -> bytes:
    """The matter and the entries of a list in the canonical form of the log: what the hash is over."""
    return canonical({"matter": str(consultation_id), "answers": [list(one) for one in listed]})


def over(consultation_id: UUID, listed: Iterable[Sequence[int | str]]) -> str:
    """Hex SHA-256 over a list as it is written."""
    return sha256(written(consultation_id, listed)).hexdigest()
