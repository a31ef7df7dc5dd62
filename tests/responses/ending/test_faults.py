"""A fault at any call of the database while a matter is concluded or a signed copy kept: all of it is done, or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers.conclusion import conclude
from consult.responses.ending import signed_copies
from consult.responses.ending.models import SignedCopy
from consult.responses.ending.words import SignedPaper
from tests.files import made
from tests.responses.desk_builder import Desk
from tests.responses.ending.scene import answered, ended

STEP = 3
"""Every third call is tried."""


class Fault(Exception):
    """What the database fails with."""


@contextmanager
def failing_at(session: Session, place: int) -> Iterator[None]:
    """The call of this number fails."""
    calls, bind = [0], session.get_bind()

    def count(*_told: object) -> None:
        calls[0] += 1
        if calls[0] == place:
            raise Fault

    event.listen(bind, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(bind, "before_cursor_execute", count)


def state(desk: Desk) -> tuple[int, ...]:
    """What both acts change."""
    session = desk.session
    session.rollback()
    tables = (LedgerEntry, OutboxMessage, SignedCopy)
    counts = [
        session.scalar(select(func.count()).where(table.consultation_id == desk.matter.id)) or 0 for table in tables
    ]
    matter = session.get_one(Consultation, desk.matter.id, populate_existing=True)
    return (*counts, matter.content_version, int(matter.concluded_at is not None))


def tried(desk: Desk, act: Callable[[], object]) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Does it with a fault at one call after the other until none is left: how many failed, and before and after."""
    before, failed = state(desk), 0
    for place in range(1, 600, STEP):
        try:
            with failing_at(desk.session, place):
                act()
        except Fault:
            failed += 1
            assert state(desk) == before, place
        else:
            return failed, before, state(desk)
    raise AssertionError("it never ended")


def test_a_matter_is_concluded_wholly_or_not_at_all(desk: Desk) -> None:
    answered(desk)
    failed, before, after = tried(desk, lambda: conclude(desk.session, desk.matter, desk.publisher, clock.now()))
    assert failed > 3 and (after[0], after[1], after[-1]) == (before[0] + 1, before[1] + 1, 1)


def test_a_signed_copy_is_kept_wholly_or_not_at_all(app: Flask, desk: Desk) -> None:
    ended(desk)
    files: FileStore = app.extensions["consult.files"]
    file = signed_copies.KeptFile(files.put(made.pdf()), "a.pdf", 9)
    day, now = clock.local_day(clock.now()), clock.now()
    failed, before, after = tried(
        desk,
        lambda: signed_copies.keep(
            desk.session, desk.matter, SignedPaper.REPORT, "1/BC", day, file, desk.publisher, now
        ),
    )
    assert failed > 1 and after[:3] == (before[0] + 1, before[1] + 1, before[2] + 1)
