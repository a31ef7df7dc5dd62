"""Which words of a text are other than those of its forebear."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from consult.comparison.results import Piece

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def word_differences(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of words that both texts share, and those that only one has, in order.

    Joined, the pieces `same` and `removed` are exactly `old`, and `same` and `added` are exactly `new`.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for op, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(before[start:end])))
            continue
        if end > start:
            pieces.append(Piece("removed", "".join(before[start:end])))
        if last > first:
            pieces.append(Piece("added", "".join(after[first:last])))
    return tuple(pieces)
