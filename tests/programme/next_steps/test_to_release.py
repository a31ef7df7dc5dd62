"""What one person wrote waits for another one who signs for the body, until it is public."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.policy import Actor
from consult.programme.campaigns import planning
from consult.programme.commendations import deciding, erasing
from consult.programme.indicators import definitions
from consult.programme.inspections import service as inspections
from consult.programme.materials import library
from consult.programme.next_steps.words import NextStep
from consult.programme.practices import acts, criteria
from consult.programme.rounds import steps
from consult.programme.sightings import cases
from consult.programme.surveys import opening
from consult.programme.surveys.publishing import results
from consult.programme.training import attendance, courses
from consult.programme.words import StepKind
from tests.builders import NOW
from tests.programme.campaigns.scene import Cleaning
from tests.programme.commendations.scene import Praise
from tests.programme.indicators.scene import Measured
from tests.programme.inspections.scene import recorded as inspected
from tests.programme.materials.scene import Library
from tests.programme.next_steps.told import told
from tests.programme.practices.scene import Models
from tests.programme.scene import TODAY, Parties, make_parties
from tests.programme.sightings.scene import make_seen
from tests.programme.surveys.scene import all_say, make_surveyed
from tests.programme.training.scene import School


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and their people."""
    return make_parties(session)


def waits(parties: Parties, kind: NextStep, signs: Actor, *others: Actor) -> None:
    """It waits for who signs, and neither for these others nor for a body that has nothing to do with it."""
    assert kind in told(parties.session, signs)
    for actor in (*others, parties.writer, parties.officer, parties.head_of_commune):
        assert kind not in told(parties.session, actor), actor


def test_a_step_of_a_round_waits_for_who_leads_it(session: Session, parties: Parties) -> None:
    one = parties.round(parties.programme())
    number = parties.step(one, StepKind.PLAN, released=False)
    session.expire_all()
    waits(parties, NextStep.ROUND_STEP, parties.signer, parties.leader)
    steps.release(session, one, number, parties.signer, NOW)
    assert NextStep.ROUND_STEP not in told(session, parties.signer)


def test_an_inspection_waits_for_who_inspected(session: Session, parties: Parties) -> None:
    one = inspected(parties, parties.programme(), public=False)
    session.flush()
    waits(parties, NextStep.INSPECTION, parties.leader, parties.signer)
    inspections.release(session, one, parties.leader, NOW)
    assert NextStep.INSPECTION not in told(session, parties.leader)


def test_models_criteria_and_scores(session: Session, parties: Parties) -> None:
    models = Models(parties)
    one = models.made(public=False)
    for signs in (parties.signer, parties.leader):
        waits(parties, NextStep.PRACTICE, signs)
    acts.release(session, one, 1, parties.signer, NOW)
    models.checklist(public=False)
    assert told(session, parties.signer) == {NextStep.CRITERIA}
    assert told(session, parties.leader) == set(), "the criteria are the Front's"
    criteria.release_criteria(session, models.programme, TODAY.year, parties.signer, NOW)
    models.scored("60", "40", public=False)
    waits(parties, NextStep.AREA_SCORE, parties.signer, parties.leader)


def test_a_publication_and_a_course(session: Session, parties: Parties) -> None:
    own = Library(parties)
    one = own.put_in(public=False)
    waits(parties, NextStep.MATERIAL, parties.leader)
    library.release(session, one, 1, parties.leader, NOW)
    school = School(parties, own.programme)
    course = school.planned(public=False)
    waits(parties, NextStep.COURSE, parties.signer)
    courses.invite(session, course, parties.signer, NOW)
    assert told(session, parties.leader) == set()
    later = NOW + timedelta(days=9)
    attendance.record(session, course, (), (), "", "", parties.officer, later)
    assert told(session, parties.signer, later) == {NextStep.COURSE_RESULTS}
    assert told(session, parties.officer, later) == set()


def test_a_campaign_and_what_was_counted(session: Session, parties: Parties) -> None:
    cleaning = Cleaning(parties)
    one = cleaning.planned(public=False)
    waits(parties, NextStep.CAMPAIGN, parties.leader, cleaning.of_parish)
    planning.release(session, one, parties.leader, NOW)
    cleaning.entered(one, public=False)
    waits(parties, NextStep.CAMPAIGN_RESULT, parties.signer, cleaning.of_parish)


def test_a_survey_and_its_results(session: Session, parties: Parties, tmp_path: Path) -> None:
    made = make_surveyed(session, FileStore(tmp_path), parties)
    one = made.survey([1000], opened=False)
    session.expire_all()
    waits(parties, NextStep.SURVEY_TO_OPEN, parties.leader, parties.signer)
    opening.open_(session, one, parties.leader, NOW)
    one.ends_on = TODAY
    made.enter(one, made.areas[0], all_say(4, 12))
    one.ends_on = TODAY - timedelta(days=1)
    session.flush()
    results.freeze(session, one, made.files, parties.officer, NOW)
    waits(parties, NextStep.SURVEY_RESULTS, parties.leader, parties.signer)


def test_values_wait_for_the_state_and_for_who_entered_them(
    session: Session, parties: Parties, tmp_path: Path
) -> None:  # fmt: skip
    measured = Measured(parties, FileStore(tmp_path))
    measured.measures(public=False)
    waits(parties, NextStep.INDICATORS, parties.leader, parties.signer)
    definitions.release_list(session, measured.programme, measured.year, parties.leader, NOW)
    found = measured.entered(public=False)
    waits(parties, NextStep.INDICATOR_VALUES, parties.leader, parties.signer, measured.signer)
    waits(parties, NextStep.INDICATOR_OWN_VALUES, measured.signer, parties.leader, measured.writer)
    measured.confirm(found, measured.signer, "Sai số")
    assert NextStep.INDICATOR_OWN_VALUES not in told(session, measured.signer)
    for actor in (measured.writer, measured.signer):
        assert NextStep.INDICATOR_SENT_BACK in told(session, actor)
    measured.entered(public=False)
    assert NextStep.INDICATOR_SENT_BACK not in told(session, measured.writer), "it was entered anew"


def test_a_commendation_until_it_is_erased(session: Session, parties: Parties) -> None:
    praise = Praise(parties)
    one = praise.decided()
    waits(parties, NextStep.COMMENDATION, parties.leader)
    deciding.release(session, one, parties.leader, NOW)
    assert told(session, parties.signer) == set()
    erasing.ask(session, one, parties.signer, NOW)
    waits(parties, NextStep.COMMENDATION_ERASURE, parties.leader, parties.signer)


def test_a_case_waits_for_who_follows_it(session: Session) -> None:
    seen = make_seen(session)
    case = seen.case(public=False)
    assert told(session, seen.desk.leader) == {NextStep.CASE}
    assert told(session, seen.desk.officer) == told(session, seen.head) == set()
    cases.release(session, case, seen.desk.leader, NOW)
    assert told(session, seen.desk.leader) == set()
