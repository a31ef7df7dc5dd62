"""`python -m bench.lone`: how fast one sender after the other is received, waiting for the disk: without what is kept
outside the database, with it, and with it when the place waits for no disk; in turns, so that the ratios count.
A lone sender waits for two disks one after the other, the database's and the place's; many at once share both waits."""

import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

import config
from bench import matter
from bench.site import ROOT, environment
from consult import clock, create_app
from consult.consultations.matter import policy_facts
from consult.db import Database
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard
from consult.submissions.inputs import CommentInput, NewSubmission
from consult.submissions.receiving.service import receive_at_once

ROUNDS, EACH = 12, 60
WAYS = ("nothing kept outside", "kept outside", "kept outside, not waited for")


def measure(folder: Path, entries: int) -> dict[str, tuple[float, float]]:
    """Of each way the submissions in a second, by the median round, and the median of its ratios to the first way; in
    logs that have so many `entries` before."""
    given = environment(folder)
    upgrade = [sys.executable, "-m", "flask", "--app", "consult", "db", "upgrade"]
    subprocess.run(upgrade, cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
    first = matter.begin(given, clock.now())
    slugs = [first.slug, *(matter.another(first, clock.now()).slug for _ in WAYS[1:])]
    app = create_app({**config.settings(given), "DATABASE_SYNCHRONOUS": "FULL"})
    guard = app.extensions["consult.log_guard"]
    guards = (None, guard, Guard(CheckpointStore(guard.store.folder, durable=False)))
    ways = [(WAYS[place], guards[place], slugs[place]) for place in range(len(WAYS))]
    for _name, own, slug in ways:
        _round(app, own, slug, entries)
    rates: list[dict[str, float]] = []
    for number in range(ROUNDS):
        turns = ways[number % 3 :] + ways[: number % 3]
        rates.append({name: EACH / _round(app, own, slug, EACH) for name, own, slug in turns})
    middle = statistics.median
    return {way: (middle(one[way] for one in rates), middle(one[way] / one[WAYS[0]] for one in rates)) for way in WAYS}


def _round(app: Flask, guard: Guard | None, slug: str, count: int) -> float:
    database: Database = app.extensions["consult.database"]
    tools = app.extensions["consult.signer"], app.extensions["consult.codes"]
    database.engine.update_execution_options(**{STORE: guard})
    sent = [
        NewSubmission((CommentInput(f"Ý kiến thứ {number} về khoản này."),), clock.now(), secrets.token_hex(16))
        for number in range(count)
    ]
    begun = time.perf_counter()
    for one in sent:
        with database.engine.connect() as connection:
            facts = policy_facts.by_slug(connection, slug)
            receive_at_once(database, connection, facts, one, clock.now(), *tools)
    return time.perf_counter() - begun


if __name__ == "__main__":
    # Beside the checkout: a folder in memory would not wait for any disk.
    with tempfile.TemporaryDirectory(dir=Path(__file__).resolve().parent) as own:
        measured = measure(Path(own) / "instance", int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    for way, (rate, ratio) in measured.items():
        print(f"{way:32}{rate:6.0f}/s{ratio:8.2f}")
