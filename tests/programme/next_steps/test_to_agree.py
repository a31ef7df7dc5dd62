"""What waits for the agreement of a party is told to who signs for it, until they agreed."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.people.words import Role
from consult.programme.exchanges import preparing
from consult.programme.next_steps.words import NextStep
from consult.programme.reporting import reports
from consult.programme.words import ReportKind
from consult.programme.year import programmes, tasks
from tests.builders import NOW, make_actor
from tests.programme.exchanges.test_exchanges import QUARTER, WRITTEN
from tests.programme.next_steps.told import told
from tests.programme.scene import TODAY, Parties, make_parties


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def test_a_programme_and_the_plan_of_a_year(session: Session, parties: Parties) -> None:
    one = parties.programme(public=False)
    for signs in (parties.signer, parties.leader):
        assert told(session, signs) == {NextStep.PROGRAMME}
    assert told(session, parties.writer) == told(session, parties.head_of_commune) == set()
    programmes.agree(session, one, parties.signer, NOW)
    assert (told(session, parties.signer), told(session, parties.leader)) == (set(), {NextStep.PROGRAMME})
    programmes.agree(session, one, parties.leader, NOW)
    parties.task(one, public=False)
    assert told(session, parties.leader) == {NextStep.YEAR_PLAN}
    tasks.agree(session, one, TODAY.year, parties.leader, NOW)
    assert (told(session, parties.leader), told(session, parties.signer)) == (set(), {NextStep.YEAR_PLAN})


def test_who_agreed_for_one_party_is_asked_for_no_other(session: Session, parties: Parties) -> None:
    one = parties.programme(public=False)
    both = make_actor(session, parties.front, Role.SENDER)
    joined = make_actor(session, parties.department, Role.LEADER)
    double = type(both)(both.user_id, both.name, (*both.seats, *joined.seats))
    assert told(session, double) == {NextStep.PROGRAMME}
    programmes.agree(session, one, double, NOW)
    assert told(session, double) == set()


def test_minutes_and_a_report_once_they_are_written(session: Session, parties: Parties, tmp_path: Path) -> None:
    one = parties.programme()
    made = preparing.prepare(session, one, *QUARTER, parties.writer, NOW)
    assert told(session, parties.signer) == set()
    preparing.write(session, made, WRITTEN, parties.writer, NOW)
    assert told(session, parties.signer) == {NextStep.EXCHANGE}
    for signs in (parties.signer, parties.leader):
        preparing.agree(session, made, signs, NOW)
    report = reports.begin(session, one, ReportKind.HALF, TODAY.year, parties.writer, NOW)
    session.flush()
    assert told(session, parties.leader) == set()
    numbers = reports.frozen(session, FileStore(tmp_path), report, parties.writer, NOW)
    reports.write(session, report, {}, parties.writer, NOW, numbers)
    assert told(session, parties.leader) == {NextStep.REPORT}
    reports.agree(session, report, parties.leader, NOW)
    assert (told(session, parties.leader), told(session, parties.signer)) == (set(), {NextStep.REPORT})
