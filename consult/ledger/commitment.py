"""Salted commitments: the public log fixes what was sent without showing it.

Whoever holds the value and its salt can open a commitment; whoever has neither learns nothing from it. Erasing the salt
and the value leaves the commitment, and so the whole log, checkable, while nobody can test guesses against it any more.
"""

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

from consult.ledger.canonical import canonical

SALT_BYTES = 32


def new_salt(random_bytes: bytes) -> bytes:
    """A salt made of the caller's 32 fresh random bytes (of `secrets.token_bytes`); one for every commitment.

    Raises ValueError for any other length: the fixed length is what makes a commitment's encoding unambiguous.
    """
    if len(random_bytes) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(random_bytes)}")
    return bytes(random_bytes)


def commit(field: str, value: object, salt: bytes) -> str:
    """The commitment to `value` (canonical JSON's subset) under the name `field`, as 64 lower-case hex digits.

    It is SHA-256 over the 32 bytes of salt followed by the canonical JSON of {"field": field, "value": value}. Raises
    ValueError for a salt of another length and NotCanonical for a value outside the subset.
    """
    return sha256(new_salt(salt) + canonical({"field": field, "value": value})).hexdigest()


def opens(commitment: str, field: str, value: object, salt: bytes) -> bool:
    """Whether `value` and `salt` open `commitment` for this field; raises as `commit` does."""
    return hmac.compare_digest(commitment.encode("utf-8"), commit(field, value, salt).encode("ascii"))


def remark_hash(comment: int, response: int, version: int, text: str) -> str:
    """The hex SHA-256 of what a body remarks on an answer: a public act as the answer is, so it has no salt."""
    said = {"comment": comment, "response": response, "version": version, "remark": text}
    return sha256(canonical(said)).hexdigest()


def second_word_hash(comment: int, response: int, version: int, verdict: str, text: str) -> str:
    """The hex SHA-256 of what a body says of an answer, whether it satisfies and why: a public act, without a salt."""
    said = {"comment": comment, "response": response, "version": version, "verdict": verdict, "remark": text}
    return sha256(canonical(said)).hexdigest()


def referral_hash(referral: int, letter: str, reply: str) -> str:
    """The hex SHA-256 of what another body answered, and by which letter: a public act, without a salt."""
    said = {"referral": referral, "letter": letter, "reply": reply}
    return sha256(canonical(said)).hexdigest()


def move_hash(comment: int, place: int, reason: str) -> str:
    """The hex SHA-256 of why a comment was moved to its place number `place`: a public act, so it has no salt."""
    return sha256(canonical({"comment": comment, "place": place, "reason": reason})).hexdigest()


def dialogue_hash(dialogue: int, starts_at: str, place: str) -> str:
    """The hex SHA-256 of when (a moment) and where a dialogue is held, which is public."""
    return sha256(canonical({"dialogue": dialogue, "starts_at": starts_at, "place": place})).hexdigest()


def minutes_hash(dialogue: int, outcomes: Mapping[int, str]) -> str:
    """The hex SHA-256 of what the minutes of a dialogue say of each comment, by its number, which is public."""
    told = [[number, outcomes[number]] for number in sorted(outcomes)]
    return sha256(canonical({"dialogue": dialogue, "outcomes": told})).hexdigest()


def answer_hash(
    comments: Sequence[int], response: int, version: int, disposition: str, text: str, change: str = ""
) -> str:
    """The hex SHA-256 of a published answer: what it says and whom it answers."""
    answer = {
        "comments": sorted(comments),
        "response": response,
        "version": version,
        "disposition": str(disposition),
        "text": text,
        "change": change,
    }
    return sha256(canonical(answer)).hexdigest()
