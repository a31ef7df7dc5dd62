"""What one person wrote under a programme, and another one who signs for the body makes public."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, exists, or_, select

from consult.people.models import Organisation
from consult.programme.campaigns.models import Campaign, CampaignResult, CampaignVersion
from consult.programme.commendations.models import Commendation, CommendationConsent
from consult.programme.commendations.proposing import still_to_be_published
from consult.programme.head_models import OF_THE_STATE, FurtherParty, Programme
from consult.programme.indicators.models import IndicatorList, IndicatorValue
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.materials.models import Material, MaterialVersion
from consult.programme.next_steps.whose import Whose, parties, row
from consult.programme.next_steps.words import NextStep
from consult.programme.practices.criteria_models import AreaScore, Criteria
from consult.programme.practices.models import Practice, PracticeAct
from consult.programme.promise_models import Promise
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.sightings.models import SightingCase
from consult.programme.surveys.models import QuestionSet, Survey, SurveyArea
from consult.programme.training.models import Course
from consult.relationships import along


def rows(whose: Whose) -> Iterator[Select[Any]]:
    """For who signs for the body and did not write it."""
    yield from _of_bodies(whose)
    yield from _of_parties(whose)
    yield from _of_courses(whose)
    yield from _of_communes(whose)
    yield from _of_commendations(whose)
    yield _cases(whose)


def _of_bodies(whose: Whose) -> Iterator[Select[Any]]:
    """What one body makes public: who leads a round, who inspected, who makes a survey."""
    step, version = RoundStep, InspectionVersion
    lead = Round.lead_id.in_(whose.signing), step.released_at.is_(None)
    yield row(
        NextStep.ROUND_STEP, step, Round.number, Round.subject, None, *lead,
        whose.others_wrote(step.recorded_by_id, Round.lead_id.in_(whose.alone)),
    ).join(step.round)  # fmt: skip
    inspects = Inspection.body_id.in_(whose.signing), version.released_at.is_(None)
    yield row(
        NextStep.INSPECTION, version, Inspection.number, version.subject, None, *inspects,
        whose.others_wrote(version.recorded_by_id, Inspection.body_id.in_(whose.alone)),
    ).join(version.inspection)  # fmt: skip
    alone, own = Survey.body_id.in_(whose.alone), Survey.body_id.in_(whose.signing)
    ready = exists().where(along(QuestionSet.survey)), exists().where(along(SurveyArea.survey))
    yield row(
        NextStep.SURVEY_TO_OPEN, Survey, Survey.number, Survey.title, Survey.starts_on, own,
        Survey.opened_at.is_(None), whose.others_wrote(Survey.recorded_by_id, alone), *ready,
    )  # fmt: skip
    yield row(
        NextStep.SURVEY_RESULTS, Survey, Survey.number, Survey.title, None, own, Survey.frozen_at.is_not(None),
        Survey.released_at.is_(None), whose.others_wrote(Survey.frozen_by_id, alone),
    )  # fmt: skip


def _of_parties(whose: Whose) -> Iterator[Select[Any]]:
    """What any party makes public, or the Front's alone: models, the criteria of areas, publications, campaigns."""
    act, version = PracticeAct, MaterialVersion
    yield row(
        NextStep.PRACTICE, act, Practice.number, Practice.title, None, *_written(act, whose)
    ).join(act.practice)  # fmt: skip
    front = select(Programme.consultation_id).where(
        Programme.first_party_id.in_(whose.signing), Programme.public_at.is_not(None)
    )
    yield row(
        NextStep.CRITERIA, Criteria, Criteria.year, "", None, *_written(Criteria, whose),
        Criteria.consultation_id.in_(front),
    )  # fmt: skip
    yield row(
        NextStep.AREA_SCORE, AreaScore, Criteria.year, AreaScore.village, None, *_written(AreaScore, whose),
        AreaScore.consultation_id.in_(front),
    ).join(AreaScore.criteria)  # fmt: skip
    yield row(
        NextStep.MATERIAL, version, Material.number, Material.title, None, *_written(version, whose)
    ).join(version.material)  # fmt: skip
    facts, result = CampaignVersion, CampaignResult
    yield row(
        NextStep.CAMPAIGN, facts, Campaign.number, Campaign.title, Campaign.starts_on, *_written(facts, whose)
    ).join(facts.campaign)  # fmt: skip
    yield row(
        NextStep.CAMPAIGN_RESULT, result, Campaign.number, Campaign.title, None, *_written(result, whose)
    ).join(result.campaign)  # fmt: skip


def _of_courses(whose: Whose) -> Iterator[Select[Any]]:
    """An invitation, and what the sheet of a course says."""
    yield row(
        NextStep.COURSE, Course, Course.number, Course.title, Course.starts_on, *_written(Course, whose)
    )  # fmt: skip
    ours = parties(whose.signing)
    yield row(
        NextStep.COURSE_RESULTS, Course, Course.number, Course.title, None, Course.consultation_id.in_(ours),
        Course.held_at.is_not(None), Course.results_at.is_(None),
        whose.others_wrote(Course.held_by_id, Course.consultation_id.in_(parties(whose.alone))),
    )  # fmt: skip


def _of_communes(whose: Whose) -> Iterator[Select[Any]]:
    """What is measured, by a party of the state; values, by one of them or by the body that entered them."""
    state = _of_the_state(whose.signing)
    yield row(
        NextStep.INDICATORS, IndicatorList, IndicatorList.year, "", None, *_written(IndicatorList, whose),
        IndicatorList.consultation_id.in_(state),
    )  # fmt: skip
    value = IndicatorValue
    waits = value.confirmed_at.is_(None), value.refused_at.is_(None)
    other = whose.others_wrote(value.recorded_by_id, value.body_id.in_(whose.alone))
    all_ = row(NextStep.INDICATOR_VALUES, value, value.year, Organisation.name, None, *waits, other)
    yield all_.join(value.body).where(value.consultation_id.in_(state))
    own = row(NextStep.INDICATOR_OWN_VALUES, value, value.year, Organisation.name, None, *waits, other)
    yield own.join(value.body).where(value.body_id.in_(whose.signing), value.consultation_id.not_in(state))


def _of_commendations(whose: Whose) -> Iterator[Select[Any]]:
    """What was decided and agreed to, by a person who wrote neither; and what is to be erased, by another one than who
    asked for it."""
    one, ours = Commendation, Commendation.consultation_id.in_(parties(whose.signing))
    consent = exists().where(along(one.consents), CommendationConsent.withdrawn_at.is_(None))
    alone = one.consultation_id.in_(parties(whose.alone))
    yield row(
        NextStep.COMMENDATION, one, one.number, "", None, ours, *still_to_be_published(), consent,
        one.decided_at.is_not(None), whose.others_wrote(one.decided_by_id, alone),
        whose.others_wrote(one.recorded_by_id, one.proposer_id.in_(whose.alone)),
    )  # fmt: skip
    yield row(
        NextStep.COMMENDATION_ERASURE, one, one.number, "", None, ours, one.erasure_asked_at.is_not(None),
        one.erased_at.is_(None), one.erasure_asked_by_id != whose.person,
    )  # fmt: skip


def _cases(whose: Whose) -> Select[Any]:
    """Cases that an officer opened, by the body that follows them. One of which no report stands waits for nobody."""
    signed = Promise.keeper_id.in_(whose.signing), Promise.public_at.is_(None)
    return row(
        NextStep.CASE, SightingCase, Promise.number, SightingCase.place, Promise.due_on, *signed,
        SightingCase.unreported_since.is_(None), SightingCase.was_public_at.is_(None),
        whose.others_wrote(Promise.recorded_by_id, Promise.keeper_id.in_(whose.alone)),
    ).join(SightingCase.promise)  # fmt: skip


def _written(entity: Any, whose: Whose) -> list[Any]:
    alone = entity.consultation_id.in_(parties(whose.alone))
    return [
        entity.consultation_id.in_(parties(whose.signing)), entity.released_at.is_(None),
        whose.others_wrote(entity.recorded_by_id, alone),
    ]  # fmt: skip


def _of_the_state(bodies: Any) -> Select[Any]:
    """The programmes of which one of these bodies is a party of the state."""
    state = select(Organisation.id).where(Organisation.id.in_(bodies), Organisation.kind.in_(OF_THE_STATE))
    joined = select(FurtherParty.consultation_id).where(FurtherParty.body_id.in_(state))
    own = or_(Programme.second_party_id.in_(state), Programme.consultation_id.in_(joined))
    return select(Programme.consultation_id).where(own, Programme.public_at.is_not(None))
