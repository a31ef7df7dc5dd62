"""What one programme leaves open goes on in the next one, with a trace in both, and ends where it was promised."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import local_day
from consult.errors import Invalid, Refused
from consult.files.store import FileStore
from consult.outbox.models import OutboxMessage
from consult.programme import promises
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.words import Ending
from consult.programme.year import successions, taking_over, tasks
from consult.programme.year.models import TakenOver
from consult.transparency.verification.programme.service import verify_programme
from tests.builders import NOW
from tests.programme.scene import TODAY, Parties, make_parties
from tests.responses.desk_builder import SIGNER

YEAR = TODAY.year


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def two(parties: Parties) -> tuple[Programme, Promise, Programme]:
    """A programme that ends this year with something open, and the one that begins this year."""
    before = parties.programme(valid_to=date(YEAR, 12, 31))
    owed = parties.recommended(parties.round(before))
    return before, owed, parties.programme(title="Chương trình sau", valid_from=date(YEAR, 1, 1), number="09/CTrPH")


def take(parties: Parties, after: Programme, owed: Promise) -> None:
    """Takes it over until the end of the year."""
    due = date(YEAR, 12, 20)
    successions.take_over(parties.session, after, YEAR, {owed.id}, due, parties.writer, NOW)


def test_what_is_left_open_is_offered_once(session: Session, parties: Parties) -> None:
    before, owed, after = two(parties)
    assert list(taking_over.left_open(session, after, local_day(NOW))) == [owed]
    assert list(taking_over.left_open(session, before, local_day(NOW))) == []
    take(parties, after, owed)
    assert list(taking_over.left_open(session, after, local_day(NOW))) == []
    with pytest.raises(Invalid) as wrong:
        successions.take_over(session, after, YEAR, {owed.id}, date(YEAR + 1, 1, 1), parties.writer, NOW)
    assert wrong.value.errors == {"chosen": "required", "taken_due_on": "not_of_this_year"}


def test_what_another_programme_took_over_is_refused_in_words(session: Session, parties: Parties) -> None:
    _before, owed, after = two(parties)
    third = parties.programme(title="Chương trình thứ ba", valid_from=date(YEAR, 1, 1), number="10/CTrPH")
    take(parties, after, owed)
    with pytest.raises(Refused, match="taken_over_already"):
        take(parties, third, owed)


def test_two_that_take_it_over_at_once_do_not_fail(session: Session, parties: Parties) -> None:
    _before, owed, after = two(parties)
    one, two_ = (parties.task(after, public=False, text=text) for text in ("Một", "Hai"))
    taking_over.keep(session, [one], [owed])
    with pytest.raises(Refused, match="taken_over_already"), session.begin_nested():
        taking_over.keep(session, [two_], [owed])


def test_it_ends_where_it_was_promised_once_the_plan_is_public(
    session: Session, parties: Parties, tmp_path: Path
) -> None:
    before, owed, after = two(parties)
    take(parties, after, owed)
    assert (owed.ended_on, taking_over.trace_of(session, owed)) == (None, (None, None))
    for actor in (parties.signer, parties.leader):
        tasks.agree(session, after, YEAR, actor, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "promises_taken_over")).all()
    for _ in range(2):
        taking_over.after_agreed(session, told, NOW)
    session.refresh(owed)
    assert (owed.ending, owed.ended_on) == (Ending.TAKEN_OVER, TODAY)
    _nothing, later = taking_over.trace_of(session, owed)
    assert later is not None and (later.text, later.by_id, later.due_on) == (owed.text, owed.by_id, date(YEAR, 12, 20))
    assert taking_over.trace_of(session, later) == (owed, None)
    for one in (before, after):
        assert list(verify_programme(session, one, FileStore(tmp_path), SIGNER))
    with pytest.raises(Refused, match="plan_public"):
        take(parties, after, owed)


def agree(parties: Parties, after: Programme) -> None:
    """Both parties agree to the plan, and the worker has what it takes over ended."""
    for actor in (parties.signer, parties.leader):
        tasks.agree(parties.session, after, YEAR, actor, NOW)
    told = select(OutboxMessage).where(OutboxMessage.event == "promises_taken_over")
    taking_over.after_agreed(parties.session, parties.session.scalars(told).all(), NOW)


def test_what_was_adjusted_before_it_was_taken_over_is_that_of_the_log(
    session: Session, parties: Parties, tmp_path: Path
) -> None:
    before, _owed, after = two(parties)
    task = parties.task(before)
    new = parties.new_task(output="3 lớp", reason="Thêm người")
    tasks.change(session, before, YEAR, task.promise.number, new, parties.writer, NOW)
    take(parties, after, task.promise)
    agree(parties, after)
    assert task.promise.ending is Ending.TAKEN_OVER
    assert list(verify_programme(session, before, FileStore(tmp_path), SIGNER))


def test_what_was_done_meanwhile_is_taken_over_by_no_plan(session: Session, parties: Parties) -> None:
    _before, owed, after = two(parties)
    take(parties, after, owed)
    said = promises.say(session, owed, "done", "Xong", TODAY, parties.of_commune, NOW)
    promises.release(session, owed, said.number, parties.signer, NOW)
    with pytest.raises(Refused, match="taken_over_ended"):
        tasks.agree(session, after, YEAR, parties.signer, NOW)


def test_a_task_that_is_taken_out_before_leaves_it_open_again(session: Session, parties: Parties) -> None:
    _before, owed, after = two(parties)
    take(parties, after, owed)
    number = session.scalars(select(Promise.number).where(Promise.consultation_id == after.consultation_id)).one()
    tasks.remove(session, after, YEAR, number, "", parties.writer, NOW)
    assert session.scalar(select(func.count()).select_from(TakenOver)) == 0
    assert list(taking_over.left_open(session, after, local_day(NOW))) == [owed]
