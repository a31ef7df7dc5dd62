"""The pages of a matter with very many comments beside those of one with few, in the same rounds on the same server."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bench import volume
from bench.generators import Generators, Measured, get
from bench.matter import Bench, another
from consult.search.handlers import IndexHandlers

MANY = 200_000
MOST_GROWTH = 1.1
"""The p99 of a page with very many comments is to be at most so many times that of the same page with few."""


@dataclass
class Pair:
    """One page of both matters: what each round measured."""

    few: Measured = field(default_factory=Measured)
    many: Measured = field(default_factory=Measured)
    growths: list[float] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """The middle one of the rounds' ratios of both p99."""
        return statistics.median(self.growths)


def begin(made: Bench, now: datetime) -> Bench:
    """A matter with very many comments beside the one there is, both in the search index."""
    great = another(made, now)
    volume.fill(great, MANY, now)
    with made.app.extensions["consult.database"].session() as session:
        IndexHandlers(made.app.extensions["consult.search"]).rebuild(session, now)
    return great


def measure(
    load: Generators, few: str, many: str, words: Sequence[str], rounds: int, seconds: float
) -> dict[str, Pair]:
    """Every page of the matter `few` and of the matter `many` (slugs) in turn, round after round."""
    pairs = {name: Pair() for name in _pages(few, words)}
    for _ in range(rounds):
        for name, requests in _pages(few, words).items():
            pair, one, other = pairs[name], Measured(), Measured()
            load.repeat(one, requests, seconds)
            load.repeat(other, _pages(many, words)[name], seconds)
            pair.growths.append(other.percentile(0.99) / one.percentile(0.99))
            _join(pair.few, one)
            _join(pair.many, other)
    return pairs


def table(pairs: Mapping[str, Pair], comments: int) -> str:
    """What was measured, as lines of text."""
    head = f"{'':24}{comments:>10,} comments: p50, p99{MANY:>16,}: p50, p99 ms{'p99 ratio':>12}   wanted"
    lines = [head]
    for name, pair in pairs.items():
        figures = "".join(f"{one.percentile(share):>14.2f}" for one in (pair.few, pair.many) for share in (0.5, 0.99))
        lines.append(f"{name:24}{figures}{pair.growth:>16.2f}   ≤ {MOST_GROWTH}")
    return "\n".join(lines)


def verdicts(pairs: Mapping[str, Pair]) -> list[str]:
    """What grew too much, in words; empty when nothing did."""
    return [
        f"{name}: p99 with {MANY:,} comments is {pair.growth:.2f} times that with few, at most {MOST_GROWTH} is wanted"
        for name, pair in pairs.items()
        if pair.growth > MOST_GROWTH
    ]


def _pages(slug: str, words: Sequence[str]) -> dict[str, list[str]]:
    start = f"/lay-y-kien/{slug}"
    return {
        "reading page": [get(f"{start}/du-thao/1/")],
        "comment list": [get(f"{start}/y-kien/")],
        "comment list of a clause": [get(f"{start}/y-kien/?tai=du-thao/1/d{article}") for article in range(1, 7)],
        "search": [get(f"/tim-kiem/?q={word}&dot={slug}") for word in words],
    }


def _join(whole: Measured, part: Measured) -> None:
    whole.seconds += part.seconds
    whole.times += part.times
    whole.rates += part.rates
    whole.wrong.update(part.wrong)
