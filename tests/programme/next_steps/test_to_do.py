"""What a body is to do waits for it from some days before its day, and until it is done."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.programme.commendations import checking, deciding
from consult.programme.materials import orders
from consult.programme.next_steps import service
from consult.programme.next_steps.words import NextStep
from consult.programme.rounds import steps
from consult.programme.rounds.steps import NewStep
from consult.programme.surveys import planning
from consult.programme.surveys.publishing import results
from consult.programme.training import signing_in
from consult.programme.words import StepKind
from tests.builders import NOW
from tests.programme.commendations.scene import FORMS, Praise
from tests.programme.materials.scene import Library
from tests.programme.next_steps.told import told
from tests.programme.scene import TODAY, Parties, make_parties
from tests.programme.surveys.scene import all_say, make_surveyed
from tests.programme.training.scene import School
from tests.programme.training.test_signing_in import at, sat

DAY = timedelta(days=1)


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def test_an_order_waits_for_who_keeps_the_library_until_it_is_delivered(session: Session, parties: Parties) -> None:
    own = Library(parties)
    order = own.ordered(own.put_in())
    for actor in (parties.officer, parties.leader):
        assert told(session, actor) == {NextStep.ORDER_TO_ANSWER}
    assert told(session, parties.of_commune) == told(session, parties.signer) == set()
    [step] = service.waiting(session, parties.officer, NOW)
    assert (step.due_on, step.name) == (order.needed_on, parties.commune.name)
    orders.answer(session, order, True, "", parties.officer, NOW)
    assert told(session, parties.officer) == {NextStep.ORDER_TO_DELIVER}
    orders.deliver(session, order, TODAY, "200", "", parties.officer, NOW)
    assert told(session, parties.officer) == set()


def test_the_steps_of_a_round_by_its_terms(session: Session, parties: Parties) -> None:
    begins = TODAY + 29 * DAY
    one = parties.round(parties.programme(), starts_on=begins, ends_on=begins + 5 * DAY)
    assert told(session, parties.writer) == {NextStep.ROUND_PLAN}, "its day is in fourteen days"
    assert told(session, parties.writer, NOW - DAY) == set()
    parties.step(one, StepKind.PLAN, day=TODAY)
    session.expire_all()
    assert told(session, parties.writer) == set()
    own = begins - 7 * DAY
    assert told(session, parties.of_commune, NOW + 8 * DAY) == {NextStep.ROUND_OWN_REPORT}
    [step] = service.waiting(session, parties.of_commune, NOW + 40 * DAY)
    assert step.due_on == own, "it waits when it is late, too"
    report = NewStep(StepKind.OWN_REPORT, day=TODAY, text="Báo cáo của xã")
    steps.record(session, one, report, parties.of_commune, NOW)
    session.expire_all()
    assert told(session, parties.of_commune, NOW + 40 * DAY) == set()
    assert NextStep.ROUND_REPORT in told(session, parties.writer, NOW + 40 * DAY)


def test_a_round_that_reported_waits_for_nothing_more(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    assert told(session, parties.writer) == {NextStep.ROUND_PLAN, NextStep.ROUND_REPORT}
    parties.step(one, StepKind.REPORT, day=TODAY)
    session.expire_all()
    for actor in (parties.writer, parties.of_commune):
        assert told(session, actor) == set()


def test_a_survey_is_prepared_before_its_first_day(session: Session, parties: Parties, tmp_path: Path) -> None:
    made = make_surveyed(session, FileStore(tmp_path), parties)
    new = made.new(starts_on=TODAY + 14 * DAY, ends_on=TODAY + 90 * DAY)
    planning.begin(session, made.programme, new, parties.officer, NOW)
    assert told(session, parties.officer) == {NextStep.SURVEY_TO_PREPARE} and told(session, parties.writer) == set()
    assert told(session, parties.officer, NOW - DAY) == set()


def test_a_survey_is_typed_and_reckoned(session: Session, parties: Parties, tmp_path: Path) -> None:
    made = make_surveyed(session, FileStore(tmp_path), parties)
    one = made.survey([1000], starts_on=TODAY - DAY, ends_on=TODAY + 14 * DAY)
    _body, typist = made.front_of(made.areas[0])
    session.expire_all()
    assert told(session, typist) == {NextStep.SURVEY_PAPERS} and told(session, parties.of_commune) == set()
    assert told(session, typist, NOW + 15 * DAY) == set(), "the last day is over"
    assert told(session, parties.officer, NOW + 15 * DAY) == {NextStep.SURVEY_TO_FREEZE}
    made.enter(one, made.areas[0], all_say(4, 12))
    assert told(session, typist) == set(), "as many came as were planned"
    results.freeze(session, one, made.files, parties.officer, NOW + 15 * DAY)
    assert told(session, parties.officer, NOW + 15 * DAY) == set()


def test_whom_an_invited_body_sends_and_the_sheet_after_the_course(session: Session, parties: Parties) -> None:
    school = School(parties)
    one = school.planned()
    assert told(session, parties.of_commune) == {NextStep.COURSE_TO_NAME}
    assert told(session, parties.of_commune, NOW - 8 * DAY) == set()
    school.signed_up(one)
    assert told(session, parties.of_commune) == set()
    assert told(session, parties.officer, NOW + 8 * DAY) == set()
    assert told(session, parties.officer, NOW + 9 * DAY) == {NextStep.COURSE_SHEET}


def test_who_signed_in_and_is_not_on_the_list(session: Session, parties: Parties) -> None:
    school = School(parties)
    one, sitting = sat(school)
    signing_in.sign_in(session, sitting, "Ai đó", "", at(school, 8))
    assert told(session, parties.officer) == {NextStep.COURSE_NAMES} and one.results_at is None


def test_a_proposal_is_checked_decided_and_agreed_to(session: Session, parties: Parties) -> None:
    praise = Praise(parties)
    one = praise.proposed()
    for actor in (parties.writer, parties.officer):
        assert told(session, actor) == {NextStep.COMMENDATION_TO_CHECK}
    checking.check(session, one, "Đã hỏi xã.", parties.officer, NOW)
    assert told(session, parties.officer) == {NextStep.COMMENDATION_TO_DECIDE}
    deciding.decide(session, one, praise.decision(), FORMS, parties.officer, NOW)
    for actor in (parties.officer, parties.of_commune):
        assert told(session, actor) == {NextStep.COMMENDATION_CONSENT}
    praise.agrees(one)
    assert told(session, parties.of_commune) == told(session, parties.officer) == set()
