"""`python -m bench.grouping [SIZE]`: how quickly like opinions are found, how well, and what one more takes.

By itself it also puts a matter of SIZE comments (100,000) into a database and has the worker follow them; `make bench`
shows the first table alone.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from bench import volume
from bench.campaigns import Sent, submissions
from bench.matter import begin
from bench.site import ROOT, environment
from consult.consultations.matter import queries
from consult.similar.arriving.following import follow
from consult.similar.grouping.batch import grouped
from consult.similar.grouping.families import Families
from consult.similar.grouping.reading import read
from consult.submissions.models import Comment

SIZE, QUALITY = 100_000, 3_000
RATE, PRECISION, BOTH, ONE_MORE = 5_000, 0.99, 0.97, 5.0
"""Rows a second, B³ precision and F, and milliseconds for one more comment, as they are wanted."""


def main() -> int:
    """Prints both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.grouping", description=__doc__)
    parser.add_argument("size", nargs="?", type=int, default=SIZE)
    size = parser.parse_args().size
    print("\n".join(table(size)))
    print("\n".join(stored(size)))
    return 0


def table(size: int) -> list[str]:
    """The grouping of so many rows in this process, without a database, and how good that of QUALITY rows is."""
    sent = submissions(size)
    began = time.process_time()
    grouped(one.text for one in sent)
    rate = size / (time.process_time() - began)
    families = Families()
    for one in sent[: size - 200]:
        families.place(one.text, read(one.text))
    times = []
    for one in sent[size - 200 :]:
        started = time.process_time()
        families.place(one.text, read(one.text))
        times.append(1000 * (time.process_time() - started))
    precision, both = quality(submissions(QUALITY))
    return [
        f"like opinions, {size:,} rows of campaigns in one process (CPU)",
        f"{'rows a second':34}{rate:>10,.0f}   wanted ≥ {RATE:,}",
        f"{'memory at most, texts included, MB':34}{_megabytes():>10,.0f}",
        f"{'one more, median and worst, ms':34}{statistics.median(times):>10.2f}{max(times):>8.2f}   ≤ {ONE_MORE}",
        f"{f'B³ precision and F, {QUALITY:,} rows':34}{precision:>10.4f}{both:>8.4f}   wanted ≥ {PRECISION} and {BOTH}",
    ]


def quality(sent: Sequence[Sent]) -> tuple[float, float]:
    """B³ precision and F of the groups beside the known truth."""
    pairs = Counter(zip((one.truth for one in sent), (place.group for place in grouped(one.text for one in sent)),
                        strict=True))  # fmt: skip
    true: Counter[str] = Counter()
    made: Counter[int] = Counter()
    for (truth, group), many in pairs.items():
        true[truth] += many
        made[group] += many
    precision = sum(many * many / made[group] for (_truth, group), many in pairs.items()) / len(sent)
    recall = sum(many * many / true[truth] for (truth, _group), many in pairs.items()) / len(sent)
    return precision, 2 * precision * recall / (precision + recall)


def stored(size: int) -> list[str]:
    """So many comments in a database, all followed by the worker; then one more at a time."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="consult-grouping-") as name:
        given = environment(Path(name))
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"],
            cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        made = begin(given, now)
        volume.fill(made, size + 50, now)
        with made.app.extensions["consult.database"].session() as session:
            matter = queries.by_slug(session, made.slug)
            numbers = list(session.scalars(select(Comment.number).where(Comment.consultation_id == matter.id)))
            began = time.process_time()
            follow(session, matter.id, numbers[:size])
            every = 1000 * (time.process_time() - began) / size
            times = []
            for number in numbers[size:]:
                started = time.perf_counter()
                follow(session, matter.id, [number])
                times.append(1000 * (time.perf_counter() - started))
    return [
        f"the same in a database, {size:,} comments of the same few phrases about many clauses",
        f"{'each, while all are followed, ms':34}{every:>10.2f}",
        f"{'one more, median and worst, ms':34}{statistics.median(times):>10.2f}{max(times):>8.2f}   ≤ {ONE_MORE}",
    ]


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
