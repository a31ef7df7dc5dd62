"""Breakdowns of people: what is under five is not told, nor anything from which it could be worked out.

Whoever reads a breakdown knows its total and takes the numbers told from it; what is left is the sum of the rest.
Where that would give somebody away, the smallest numbers told are left out too, and at the last the whole breakdown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5
"""The smallest number of people that is told in a breakdown."""


@dataclass(frozen=True)
class Cell:
    """One line of a breakdown: `count` is None when it is not told, `few` says that this is because it is under
    LEAST."""

    count: int | None
    few: bool = False


def suppressed(counts: Sequence[int]) -> list[Cell] | None:
    """The counts as they may be told beside their total; None when nothing of them may.

    A reader knows of each number under LEAST that it lies between 1 and LEAST - 1, of each other one left out that it
    is at least LEAST, and the sum of both. At least two values have to remain possible for each number under LEAST.
    """
    few = [place for place, count in enumerate(counts) if 0 < count < LEAST]
    others = sorted((place for place, count in enumerate(counts) if count >= LEAST), key=lambda place: counts[place])
    for more in range(len(others) + 1):
        if safe([counts[place] for place in few], [counts[place] for place in others[:more]]):
            hidden = {*few, *others[:more]}
            return [Cell(None, place in few) if place in hidden else Cell(count) for place, count in enumerate(counts)]
    return None


def safe(few: Sequence[int], others: Sequence[int]) -> bool:
    """Whether, of hidden numbers whose sum is known, each of the `few` could have another value than it has."""
    if not few:
        return not others
    above = sum(count - 1 for count in few) + sum(count - LEAST for count in others)
    below = sum(LEAST - 1 - count for count in few)
    # The others have no upper bound: they may have taken whatever the few lack.
    return above > 0 and len(few) + len(others) > 1 and (below > 0 or bool(others))
