"""What else somebody may have meant: words of the index that are one slip of the finger away from those typed."""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from consult.search.engines.seam import Search
from consult.search.engines.tokens import Terms, tokens

LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
LONGEST = 15
SHORTEST = 3
MOST = 3
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
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    return sorted({one for one in _slips(word) if one in ranks}, key=ranks.__getitem__)


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


def _replaced(typed: str, instead: dict[str, str]) -> str:
    said, at = "", 0
    for token in tokens(typed):
        if token.folded in instead and token.start >= at:
            said += typed[at : token.start] + instead[token.folded]
            at = token.end
    return said + typed[at:]
