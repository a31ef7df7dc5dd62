"""What the bench prints."""

import platform
import statistics
from collections.abc import Mapping, Sequence
from os import cpu_count

from bench.generators import CONNECTIONS, PROCESSES, Measured
from bench.site import THREADS, WORKERS

FLOORS = {
    "reading page": 0.6,
    "comment list": 0.4,
    "search": 0.20,
    "durable submission": 0.16,
    "reading page, made each time": 0.08,
    "comment list, made each time": 0.08,
    "reading page, signed in, made": 0.08,
    "comment list, signed in, made": 0.08,
}
"""Shares of the empty view that the site is to reach."""
CEILINGS = {"reading page, signed in": 4, "reading page, signed in, made": 4, "comment list, made": 3, "search": 3}
"""Statements that a page may take at the most."""
MOST_SPREAD = 3.0
"""The p99 of a submission is to be at most so many times its p50."""


def ratio(measured: Measured, empty: Measured) -> float:
    """The middle one of the rounds' ratios: each round has its own empty view, so that a busy machine matters less."""
    pairs = zip(measured.rates, empty.rates, strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


def rates(empty: Measured, rows: Mapping[str, Measured]) -> str:
    """The table of rates beside the empty view."""
    lines = [f"{'':34}{'answers/s':>10}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'p99/p50':>9}{'others':>8}   wanted"]
    for name, one in {"empty Flask view": empty, **rows}.items():
        p50, p99 = one.percentile(0.5), one.percentile(0.99)
        wrong = sum(one.wrong.values())
        lines.append(
            f"{name:34}{one.rate:>10.0f}{ratio(one, empty):>8.2f}{p50:>9.2f}{p99:>9.2f}{p99 / p50:>9.1f}{wrong:>8}"
            f"   {_wanted(name)}"
        )
    return "\n".join(lines)


def statements(few: int, many: int, before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """The table of statements per page, with few and with many comments."""
    lines = [f"{'SQL statements per page':34}{few:>10,}{many:>10,} comments"]
    for name, count in before.items():
        grown = "   GROWS" if after[name] > count else ""
        most = f"   ≤ {CEILINGS[name]}" if name in CEILINGS else ""
        lines.append(f"{name:34}{count:>10}{after[name]:>10}{most}{grown}")
    return "\n".join(lines)


def heading(comments: int) -> str:
    """What was measured, and how far it may be believed."""
    return (
        f"Consult: 100 provisions, {comments:,} comments; gunicorn, {WORKERS} workers × {THREADS} threads;\n"
        f"SQLite, synchronous=FULL; {PROCESSES} load processes × {CONNECTIONS} connections on the same machine\n"
        f"({cpu_count()} cores, Python {platform.python_version()}).\n"
        "Every ratio is to the empty Flask view of the same round, on the same server, in this one run on this\n"
        "machine; only the ratios say something, and what else runs on the machine shows in all of it."
    )


def verdicts(empty: Measured, rows: Mapping[str, Measured]) -> Sequence[str]:
    """What of these rows is below what is wanted, in words; empty when nothing is."""
    said = [
        f"{name}: {ratio(rows[name], empty):.2f} of the empty view, {floor} is wanted"
        for name, floor in FLOORS.items()
        if name in rows and ratio(rows[name], empty) < floor
    ]
    for sent in (one for name, one in rows.items() if name == "durable submission"):
        spread = sent.percentile(0.99) / sent.percentile(0.5)
        if spread > MOST_SPREAD:
            said.append(f"durable submission: p99 is {spread:.1f} times p50, at most {MOST_SPREAD:.0f} is wanted")
    said += [f"{name}: {dict(one.wrong)} instead of what is wanted" for name, one in rows.items() if one.wrong]
    return said


def _wanted(name: str) -> str:
    return f"≥ {FLOORS[name]}" if name in FLOORS else ""
