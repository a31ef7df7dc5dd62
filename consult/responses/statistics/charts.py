"""Numbers as shapes of a drawing, in its own units: the words and numbers stand in the table beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 400.0
HEIGHT = 120.0
MOST_COLUMNS = 92
GAP = 0.2


@dataclass(frozen=True)
class Column:
    """One upright bar."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Columns:
    """All bars from the first day to the last, each of `step` days; the highest is `most`."""

    bars: list[Column]
    step: int
    most: int


def columns(days: Sequence[tuple[date, int]]) -> Columns:
    """One bar for each day between the first and the last, or for as many days as keep them at most MOST_COLUMNS."""
    if not days:
        return Columns([], 1, 0)
    first, last = days[0][0], days[-1][0]
    step = -(-((last - first) + timedelta(days=1)).days // MOST_COLUMNS)
    sums = [0] * (((last - first).days // step) + 1)
    for day, count in days:
        sums[(day - first).days // step] += count
    most, width = max(sums), WIDTH / len(sums)
    bars = [
        Column(
            x=round(place * width + width * GAP / 2, 2),
            y=round(HEIGHT - HEIGHT * count / most, 2),
            width=round(width * (1 - GAP), 2),
            height=round(HEIGHT * count / most, 2),
        )
        for place, count in enumerate(sums)
        if count
    ]
    return Columns(bars, step, most)
