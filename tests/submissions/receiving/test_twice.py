"""Pressing twice at the same instant, in two threads on one database, is one submission with one receipt."""

from threading import Barrier, Thread

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter import policy_facts
from consult.consultations.matter.queries import by_slug
from consult.db import Database
from consult.ledger.models import LedgerEntry
from consult.submissions.inputs import NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive, receive_at_once
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new

THREADS, SENDERS = 4, 5


def test_one_key_from_many_threads_is_one_submission(database: Database) -> None:
    with database.session() as session:
        matter(session)
    receipts: list[Receipt] = []
    barrier = Barrier(THREADS)

    def press() -> None:
        with database.session() as own:
            consultation = by_slug(own, "phan-loai")
            barrier.wait()
            receipts.append(receive(own, consultation, new(comment("Một")), MIDWAY, SIGNER, CODES))

    _together(press, THREADS)
    assert len({(one.code, one.secret, str(one.proof)) for one in receipts}) == 1
    assert sorted(one.repeated for one in receipts) == [False, True, True, True]
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_numbers_and_log_have_no_gap_when_many_send_at_once(database: Database) -> None:
    with database.session() as session:
        matter(session)
    numbers: list[int] = []

    def send(sender: int) -> None:
        for turn in range(SENDERS):
            submission = new(comment(f"Ý {sender}.{turn}"), comment("Hai"), word=f"{sender}-{turn}")
            with database.session() as own:
                way = _with_a_session if turn % 2 else _at_once
                numbers.extend(way(database, own, submission).comment_numbers)

    _together(send, THREADS, numbered=True)
    total = THREADS * SENDERS * 2
    assert sorted(numbers) == list(range(1, total + 1))
    with database.session() as session:
        logged = session.scalars(select(LedgerEntry.comment_number).order_by(LedgerEntry.index)).all()
    assert list(logged) == list(range(1, total + 1))


def _with_a_session(_database: Database, own: Session, submission: NewSubmission) -> Receipt:
    return receive(own, by_slug(own, "phan-loai"), submission, MIDWAY, SIGNER, CODES)


def _at_once(database: Database, _own: Session, submission: NewSubmission) -> Receipt:
    with database.engine.connect() as bare:
        facts = policy_facts.by_slug(bare, "phan-loai")
        return receive_at_once(database, bare, facts, submission, MIDWAY, SIGNER, CODES)


def _together(act: object, threads: int, numbered: bool = False) -> None:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            act(number) if numbered else act()  # type: ignore[operator]
        except BaseException as failure:
            failures.append(failure)

    running = [Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert not failures, failures
