"""Who writes waits for a turn, and never so many at once that nobody is left who reads. On both kinds of database."""

import errno
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from typing import Any

import pytest
from sqlalchemy import func, select

import config
from consult import postgresql, writer_queue
from consult.consultations.matter.queries import by_slug
from consult.db import Database, writing
from consult.group_commit import GroupCommit
from consult.storage_faults import unavailable
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.writer_queue import WriterQueue
from tests.house.rooms import CHECKOUT
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new

THREADS = 4
LONG = 60
"""Seconds after which a test is stuck."""
Answers = Queue[str | BaseException]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A standstill is noticed soon; the few wait for as long as a test takes."""
    monkeypatch.setattr(writer_queue, "STANDSTILL", 0.05)
    monkeypatch.setattr(writer_queue, "LONGEST", LONG)
    monkeypatch.setattr(postgresql, "STANDSTILL", 0.05)


def start(act: Callable[[], object], answers: Answers) -> threading.Thread:
    """Runs `act` in a thread: "done", or what it raised, comes as an answer."""

    def run() -> None:
        try:
            act()
            answers.put("done")
        except BaseException as failure:
            answers.put(failure)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def reason(answer: str | BaseException) -> str:
    assert isinstance(answer, BaseException), answer
    found = unavailable(answer)
    assert found is not None, answer
    return found.reason


def test_a_few_wait_and_the_others_are_told_while_the_lock_is_held(database: Database) -> None:
    with database.session() as session:
        matter(session)
    answers: Answers = Queue()
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with database.session() as own, writing(own, by_slug(own, "phan-loai").id):
            held.set()
            over.wait(LONG)

    def send(number: int) -> None:
        with database.session() as own:
            receive(own, by_slug(own, "phan-loai"), new(comment("Ý"), word=str(number)), MIDWAY, SIGNER, CODES)

    holding = start(hold, answers)
    held.wait(LONG)
    sending = [start(lambda number=number: send(number), answers) for number in range(THREADS)]  # type: ignore[misc]
    told = [answers.get(timeout=LONG) for _ in range(THREADS - 1)]
    assert {reason(one) for one in told} == {"busy"}
    over.set()
    assert [answers.get(timeout=LONG) for _ in range(2)] == ["done", "done"]
    for thread in (holding, *sending):
        thread.join(LONG)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_queue_that_moves_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_queue, "STANDSTILL", 5.0)
    waiting, lock, answers = WriterQueue(THREADS), threading.Lock(), Queue[str | BaseException]()

    def write() -> None:
        for _ in range(200):
            with waiting.waiting() as wait:
                wait.take(lock)
                lock.release()

    threads = [start(write, answers) for _ in range(3 * THREADS)]
    assert [answers.get(timeout=LONG) for _ in threads] == ["done"] * len(threads)
    for thread in threads:
        thread.join(LONG)
    assert waiting.patient == 0


def test_inside_a_wait_nobody_waits_a_second_time() -> None:
    waiting = WriterQueue(THREADS)
    with waiting.waiting() as outer, waiting.waiting() as inner:
        assert inner is outer and waiting.patient == 1
    assert waiting.patient == 0


class Commits:
    """A group commit whose transaction goes on when it is told to: before the batch is taken, and before it is written.
    With `fails` no transaction of several is committed."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.begun, self.take, self.taken, self.go = (threading.Event() for _ in range(4))
        self.committed: list[str] = []
        self.group: GroupCommit[list[str], str] = GroupCommit(self._transaction, self._write, WriterQueue(3))

    @contextmanager
    def _transaction(self) -> Iterator[list[str]]:
        self.begun.set()
        self.take.wait(LONG)
        written: list[str] = []
        yield written
        if self.fails and len(written) > 1:
            raise OSError("for all of them")
        self.committed += written

    def _write(self, written: list[str], items: Sequence[str]) -> None:
        self.taken.set()
        self.go.wait(LONG)
        written += items

    def submit(self, item: str, answers: Answers) -> threading.Thread:
        """Submits an item in a thread of its own."""
        return start(lambda: self.group.submit(item), answers)

    def release(self) -> None:
        """Lets everything go on."""
        self.take.set()
        self.go.set()


def test_an_item_that_gave_up_is_out_of_the_queue() -> None:
    commits, answers = Commits(), Queue[str | BaseException]()
    first = commits.submit("first", answers)
    commits.begun.wait(LONG)
    second = commits.submit("second", answers)
    assert reason(answers.get(timeout=LONG)) == "busy"
    commits.release()
    assert answers.get(timeout=LONG) == "done"
    for thread in (first, second):
        thread.join(LONG)
    assert commits.committed == ["first"]


@pytest.mark.parametrize("fails", [False, True])
def test_an_item_that_another_has_taken_waits_for_what_becomes_of_it(
    fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second gives up when the first has taken it into its batch: it is committed, or refused as that fails, never
    both."""
    commits = Commits(fails)
    answers, own = Queue[str | BaseException](), Queue[str | BaseException]()
    gave_up, take_back = threading.Event(), commits.group._take_back

    def too_late(mine: Any) -> bool:
        commits.take.set()
        commits.taken.wait(LONG)
        gave_up.set()
        return take_back(mine)

    monkeypatch.setattr(commits.group, "_take_back", too_late)
    first = commits.submit("first", answers)
    commits.begun.wait(LONG)
    second = commits.submit("second", own)
    assert gave_up.wait(LONG)
    assert own.empty()
    commits.go.set()
    assert answers.get(timeout=LONG) == "done"
    answer = own.get(timeout=LONG)
    for thread in (first, second):
        thread.join(LONG)
    assert commits.committed == (["first"] if fails else ["first", "second"])
    assert reason(answer) == "busy" if fails else answer == "done"


def test_what_is_nobodys_fault_is_told_to_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that cannot begin: each hears why, as if it had been alone, and nothing is left in the queue."""
    monkeypatch.setattr(writer_queue, "STANDSTILL", float(LONG))
    answers, go = Queue[str | BaseException](), threading.Event()

    @contextmanager
    def begin() -> Iterator[None]:
        go.wait(LONG)
        raise OSError(errno.ENOSPC, "no room")
        yield

    group: GroupCommit[None, str] = GroupCommit(begin, lambda _none, _items: None, WriterQueue(3))
    threads = [start(lambda name=name: group.submit(name), answers) for name in "abc"]  # type: ignore[misc]
    go.set()
    assert {reason(answers.get(timeout=LONG)) for _ in threads} == {"storage_unavailable"}
    for thread in threads:
        thread.join(LONG)
    assert not group.queue and not group.turn.locked()


def test_the_units_start_as_many_threads_as_the_site_counts_on() -> None:
    assert config.settings({"CONSULT_ENV": "test"})["THREADS"] == writer_queue.THREADS
    for path in ("deploy/consult-web.service", "consult/administration/site/commands.py"):
        [threads] = re.findall(r"--threads[= ](\d+)", (CHECKOUT / path).read_text(encoding="utf-8"))
        assert int(threads) == writer_queue.THREADS
