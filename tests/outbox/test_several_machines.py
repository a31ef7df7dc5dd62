"""Several workers of one site: each event once, and what is done by the hour once for all of them."""

import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from consult.db import Database
from consult.outbox import worker as outbox_worker
from consult.outbox.heartbeats import BEATS_TO_DEATH
from consult.outbox.worker import Worker
from tests.builders import NOW
from tests.database import PostgresDatabases
from tests.house.rooms import CHECKOUT
from tests.outbox.test_worker import put, rows

EVENTS = 300
MACHINE = """
import sys
from pathlib import Path
from consult import clock
from consult.db import Database
from consult.outbox.worker import Worker

def note(session, messages, now):
    for message in messages:
        print(message.payload["number"])

url, folder = sys.argv[1:]
database = Database(url, Path(folder))
worker = Worker(database.session, {"done": (note,)}, batch=7)
sys.stdin.readline()
worker.run_once(clock.now)
"""
"""A machine with a worker of its own, which begins when it is told to."""


@pytest.mark.postgres
def test_two_worker_processes_handle_each_event_once(postgresql_databases: PostgresDatabases, tmp_path: Path) -> None:
    url = postgresql_databases.fresh()
    database = Database(url, tmp_path)
    put(database, count=EVENTS)
    command = [sys.executable, "-c", MACHINE, url, str(tmp_path)]
    with ExitStack() as ended:
        machines = [
            ended.enter_context(
                subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(2)
        ]
        for machine in machines:
            assert machine.stdin is not None
            machine.stdin.write("begin\n")
            machine.stdin.flush()
        said = [machine.communicate(timeout=60)[0].split() for machine in machines]
    assert Counter(number for some in said for number in some) == Counter(str(number) for number in range(EVENTS))
    assert all(message.done_at is not None and message.attempts == 1 for message in rows(database))
    database.engine.dispose()
    postgresql_databases.drop(url)


def test_what_is_done_by_the_hour_is_done_by_the_eldest_and_of_each_machine_by_each(database: Database) -> None:
    done: list[str] = []

    def worker(name: str) -> Worker:
        return Worker(
            database.session,
            {},
            chores=(lambda _session, _now: done.append(f"{name}'s folders"),),
            site_chores=(lambda _session, _now: done.append(f"site by {name}"),),
        )

    one, other = worker("one"), worker("other")
    for turn in (other, one, other):
        turn.beat(NOW)
    for turn in (one, other):
        turn.tidy(NOW)
    assert done == ["one's folders", "site by one", "other's folders"]


def test_when_the_eldest_is_gone_the_next_does_it(database: Database) -> None:
    done: list[str] = []
    one = Worker(database.session, {})
    other = Worker(database.session, {}, site_chores=(lambda _session, _now: done.append("site"),))
    one.beat(NOW)
    other.beat(NOW)
    other.tidy(NOW)
    for _ in range(BEATS_TO_DEATH):
        other.beat(NOW)
    assert done == []
    other.tidy(NOW)
    assert done == ["site"]


def test_who_becomes_the_eldest_does_not_wait_for_the_next_hour(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill: the worker that takes the place of the killed one finds it among the living."""
    monkeypatch.setattr(outbox_worker, "LOOK_EVERY", 0.0)
    done, turns, stop = list[str](), count(), Event()
    killed = Worker(database.session, {})
    next_one = Worker(database.session, {}, site_chores=(lambda _session, _now: done.append("site"),))
    killed.beat(NOW)

    def now() -> datetime:
        turn = next(turns)
        if turn == 20:
            with database.session() as session:
                killed.life.end(session)
        elif turn > 60:
            stop.set()
        return NOW

    next_one.run(now, stop, pause=0.001)
    assert done == ["site"]


def test_what_the_site_is_asked_by_the_hour_is_asked_by_one(app: object) -> None:
    worker: Worker = app.extensions["consult.worker"]  # type: ignore[attr-defined]
    names = {getattr(one, "__qualname__", "") for one in worker.site_chores}
    assert {"WitnessRound.ask", "PlanReminders.remind", "rehash_all", "plan"} <= names
    assert not names & {getattr(one, "__qualname__", "") for one in worker.chores}


def test_what_is_kept_in_a_folder_of_the_machine_is_looked_at_by_each(app: object) -> None:
    worker: Worker = app.extensions["consult.worker"]  # type: ignore[attr-defined]
    assert "CertificateCheck.look" in {getattr(one, "__qualname__", "") for one in worker.chores}
