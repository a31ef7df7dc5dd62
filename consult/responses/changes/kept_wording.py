"""Whether a draft says what was proposed for a clause of the one before: word by word, and how certain that is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consult.submissions.receiving import clause_wording
from consult.text import one_line

CONTEXT = 2
"""Words on either side of a change by which it is known again."""
TELLING = 4
"""Words that are hardly in two places by chance."""


class Kept(StrEnum):
    """What became of a wording."""

    KEPT = "kept"
    PARTLY = "partly"
    ELSEWHERE = "elsewhere"
    OTHERWISE = "otherwise"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One change that a wording asks for: the words that come, none for what only goes, with those around them."""

    added: str
    around: str


def judged(before: str, proposed: str, after: str) -> tuple[Kept, bool]:
    """What became of `proposed` in a clause that said `before` and says `after`, and whether that is certain. Numbers
    in front do not count."""
    old, wanted, new = (_flat(clause_wording.without_number(words)) for words in (before, proposed, after))
    if new == wanted:
        return Kept.KEPT, True
    if new == old:
        return Kept.UNCHANGED, True
    asked = list(changes_of(before, proposed))
    there = [change.around in new and change.around not in old for change in asked]
    if asked and all(there):
        return Kept.KEPT, True
    loosely = [is_telling(change.added) and change.added in new and change.added not in old for change in asked]
    met = [one or other for one, other in zip(there, loosely, strict=True)]
    if asked and all(met):
        return Kept.KEPT, False
    return (Kept.PARTLY if any(met) else Kept.OTHERWISE), False


def changes_of(before: str, proposed: str) -> Iterator[Change]:
    """What a wording asks for, change by change; nothing where too little of the clause is left in it."""
    pieces = clause_wording.redline(clause_wording.without_number(before), clause_wording.without_number(proposed))
    runs: list[tuple[bool, str]] = []
    for piece in pieces:
        same, text = piece.op == "same", "" if piece.op == "removed" else piece.text
        if runs and runs[-1][0] == same:
            runs[-1] = same, runs[-1][1] + text
        else:
            runs.append((same, text))
    for at, (same, text) in enumerate(runs):
        if not same:
            ahead = _last(runs[at - 1][1]) if at else ""
            behind = _first(runs[at + 1][1]) if at + 1 < len(runs) else ""
            yield Change(_flat(text), _flat(ahead + text + behind))


def is_telling(words: str) -> bool:
    """Whether words are so many that they are known again anywhere."""
    return len(words.split()) >= TELLING


def _last(text: str) -> str:
    """The end of a text, to the first of so many words from it."""
    words = text.split(" ")
    return " ".join(words[-CONTEXT - 1 :])


def _first(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: CONTEXT + 1])


def _flat(text: str) -> str:
    return one_line(text).lower()
