"""What else somebody may have meant: words of the index that are one slip of the finger away from those typed, or that
other keys, another ear or a missing space made of them."""

import re
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from consult.search.engines.seam import Search
from consult.search.engines.tokens import Terms, tokens

LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
LONGEST = 15
SHORTEST = 3
MOST = 3
LONGEST_KEYS = 12
LONGEST_RUN = 24
LONGEST_SYLLABLE = 7
MOST_RUN_TOGETHER = 4
TONE_KEYS = "sfrxj"
SOUNDS = (("ch", "tr"), ("gi", "d"), ("gi", "r"), ("ngh", "ng"), ("gh", "g"), ("ph", "f"), ("c", "k"), ("l", "n"))
"""Beginnings that sound alike somewhere, and are written one for the other."""

_DOUBLED = re.compile(r"([aeod])\1")
_HORNED = re.compile(r"(?<=[uoa])w")
KEPT_FOR = timedelta(minutes=10)


class Vocabulary:
    """The words of the index, the most frequent first, as they were read last; shared by the threads of a process."""

    def __init__(self) -> None:
        self.ranks: dict[str, int] = {}
        self.read_at: datetime | None = None
        self.lock = threading.Lock()

    def similar(self, engine: Search, typed: str, words: Terms, now: datetime) -> list[str]:
        """What was typed with the words that nothing holds replaced by ones like them, the likeliest first. None when
        nothing is like one of them."""
        ranks = self.ranks_now(engine, now)
        found = {word: _near(word, ranks) for word in {term.folded for term in words.terms} - ranks.keys()}
        if not found or not all(found.values()):
            return []
        most = min(MOST, max(len(some) for some in found.values()))
        return [_replaced(typed, {word: some[min(turn, len(some) - 1)] for word, some in found.items()})
                for turn in range(most)]  # fmt: skip

    def ranks_now(self, engine: Search, now: datetime) -> dict[str, int]:
        """The words, each with its place among the most frequent."""
        if self.read_at is None or not self.read_at <= now < self.read_at + KEPT_FOR:
            with self.lock:
                self.ranks = {word: rank for rank, word in enumerate(engine.vocabulary())}
                self.read_at = now
        return self.ranks


def _near(word: str, ranks: dict[str, int]) -> Sequence[str]:
    """What may have been meant: the letters of a keyboard that makes accents, words run together, slips."""
    unmade = [one for one in _unmade(word) if one in ranks]
    apart = _apart(word, ranks)
    near = {one for one in _slips(word) if one in ranks} if SHORTEST <= len(word) <= LONGEST else set()
    slips = sorted(near, key=ranks.__getitem__)
    return list(dict.fromkeys([*unmade, *([apart] if apart else []), *slips]))


def _unmade(word: str) -> Iterator[str]:
    """The word behind keys that would have made its accents: truowngf (Telex) and tru7o7ng2 (VNI) for truong."""
    if len(word) > LONGEST_KEYS:
        return
    without = re.sub(r"(?<=[a-z])[0-9]", "", word)
    bare = [without] if without != word else []
    bare += [word] + [
        word[:place] + word[place + 1 :] for place in range(len(word) - 1, 0, -1) if word[place] in TONE_KEYS
    ]
    for one in bare:
        said = _DOUBLED.sub(r"\1", one)
        said = _HORNED.sub("", said).replace("w", "u")
        if said != word:
            yield said


def _apart(word: str, ranks: dict[str, int]) -> str:
    """The fewest known words that make this one when they are run together; empty when there are none."""
    if not SHORTEST < len(word) <= LONGEST_RUN:
        return ""
    best: list[tuple[int, int, str] | None] = [(0, 0, "")]
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(max(0, end - LONGEST_SYLLABLE), end - 1):
            before, last = best[start], word[start:end]
            if before is not None and last in ranks and last.isalpha():
                ways.append((before[0] + 1, before[1] + ranks[last], f"{before[2]} {last}".strip()))
        best.append(min(ways, default=None))
    whole = best[-1]
    return whole[2] if whole is not None and whole[0] <= MOST_RUN_TOGETHER else ""


def _slips(word: str) -> Iterator[str]:
    """Every text from which `word` comes by one letter too many, too few, another, or two that changed places."""
    for position in range(len(word) + 1):
        before, after = word[:position], word[position:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
    for one, other in SOUNDS:
        for start in (one, other):
            if word.startswith(start):
                yield (other if start == one else one) + word[len(start) :]


def _replaced(typed: str, instead: dict[str, str]) -> str:
    said, at = "", 0
    for token in tokens(typed):
        if token.folded in instead and token.start >= at:
            said += typed[at : token.start] + instead[token.folded]
            at = token.end
    return said + typed[at:]
