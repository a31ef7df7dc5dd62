"""The public acts of a coordination programme and of its rounds of supervision, as its log writes them.

Nobody's private words are in them: all of them are public, so the hashes have no salt.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from consult.ledger.canonical import canonical
from consult.ledger.entries import Act, code


def hash_of(told: Mapping[str, Any]) -> str:
    """The hex SHA-256 of the canonical JSON of what is public of a thing."""
    return sha256(canonical(dict(told))).hexdigest()


def programme_agreed(title: str, hash_of_facts: str, hash_of_file: str) -> Act:
    """Both parties agreed: the programme is public. `hash_of_file` is that of the signed paper, None without one."""
    return Act("programme_agreed", {"title": title, "hash": hash_of_facts, "file": hash_of_file or None})


def plan_agreed(year: int, promises: Iterable[int]) -> Act:
    """Both parties agreed on the plan of a year, whose tasks are the promises of these numbers."""
    return Act("plan_agreed", {"year": year, "promises": sorted(promises)})


def promise_made(number: int, kind: str, due: date, hash_of_facts: str) -> Act:
    """A recommendation or a task is public from now on, due at the end of a day."""
    fields = {"promise": number, "promise_kind": code(kind), "due": due.isoformat(), "hash": hash_of_facts}
    return Act("promise_made", fields)


def promise_changed(number: int, hash_of_facts: str, reason: str) -> Act:
    """A task of a public plan was adjusted, for a public reason."""
    return Act("promise_changed", {"promise": number, "hash": hash_of_facts, "reason": reason})


def promise_said(number: int, act: int, said: str, hash_of_act: str) -> Act:
    """Who owes it answered, or who follows it noted how it goes."""
    return Act("promise_said", {"promise": number, "act": act, "said": code(said), "hash": hash_of_act})


def promise_moved(number: int, act: int, was: date, due: date, hash_of_act: str) -> Act:
    """It is due on another day, for a public reason; the day before stays to be read."""
    days = {"was": was.isoformat(), "due": due.isoformat()}
    return Act("promise_moved", {"promise": number, "act": act, **days, "hash": hash_of_act})


def promise_ended(number: int, ending: str, day: date, hash_of_words: str) -> Act:
    """It was carried out, or taken out of a public plan."""
    fields = {"promise": number, "ending": code(ending), "day": day.isoformat(), "hash": hash_of_words}
    return Act("promise_ended", fields)


def round_step(number: int, step: int, kind: str, day: date, hash_of_step: str) -> Act:
    """A step of a round of supervision is public from now on."""
    fields = {"round": number, "step": step, "step_kind": code(kind), "day": day.isoformat(), "hash": hash_of_step}
    return Act("round_step", fields)


def case_joined(number: int, comments: Iterable[int]) -> Act:
    """Which sightings belong to a public case (the promise of this number) from now on: all of them."""
    return Act("case_joined", {"promise": number, "comments": sorted(comments)})


def case_reopened(number: int, was: date, due: date) -> Act:
    """Somebody who reported it said that what was ended on the day `was` is not solved: it is due again."""
    return Act("case_reopened", {"promise": number, "was": was.isoformat(), "due": due.isoformat()})
