"""What a comparison of two revisions says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Match:
    """A provision of the old revision and its partner in the new one.

    `old` and `new` are paths. `kind` is one of the codes of `MatchKind`; `similarity` is between 0 and 1, by words,
    and 1.0 only when the words are equal.
    """

    old: str | None
    new: str | None
    kind: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that became of the provisions: every path of either tree is in `matches`, `added` or `removed`.

    `matches` holds pairs only. A provision that was split stands in one match for each heir, a merged one in one match
    for each forebear; everything is in the order of reading.
    """

    matches: tuple[Match, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both have, or that only the new one (`added`) or only the old one (`removed`) has."""

    op: Literal["same", "added", "removed"]
    text: str
