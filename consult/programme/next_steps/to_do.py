"""What a body is to do under a programme itself, mostly until a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select

from consult.people.models import Organisation
from consult.programme.commendations.models import Commendation, CommendationConsent
from consult.programme.commendations.proposing import still_to_be_published
from consult.programme.head_models import Programme
from consult.programme.indicators.models import IndicatorValue
from consult.programme.materials.models import MaterialOrder
from consult.programme.next_steps.whose import Whose, parties, row
from consult.programme.next_steps.words import NextStep
from consult.programme.surveys.models import QuestionSet, Survey, SurveyAnswer, SurveyArea
from consult.programme.training.models import Course, SignedIn, Sitting
from consult.relationships import along, under_name

AHEAD = timedelta(days=14)
"""From how long before its day on somebody is told of what has one."""
_LATER = under_name(IndicatorValue, "later")


def rows(whose: Whose, areas: frozenset[UUID], today: date) -> Iterator[Select[Any]]:
    """For who works for the body, on a local day; `areas` are the communes for which they type papers of surveys."""
    yield from _orders(whose)
    yield from _surveys(whose, areas, today)
    yield from _courses(whose, today)
    yield from _commendations(whose)
    yield _sent_back(whose)


def _orders(whose: Whose) -> Iterator[Select[Any]]:
    """Orders of publications, by who keeps the library: to be answered, and to be delivered."""
    one = MaterialOrder
    keeps = select(Programme.consultation_id).where(Programme.second_party_id.in_(whose.bodies))
    asked = one.consultation_id.in_(keeps), one.delivered_on.is_(None)
    order = row(NextStep.ORDER_TO_ANSWER, one, one.number, Organisation.name, one.needed_on, *asked)
    yield order.where(one.answered_at.is_(None)).join(one.body)
    promised = row(NextStep.ORDER_TO_DELIVER, one, one.number, Organisation.name, one.needed_on, *asked)
    yield promised.where(one.confirmed.is_(True)).join(one.body)


def _surveys(whose: Whose, areas: frozenset[UUID], today: date) -> Iterator[Select[Any]]:
    """Surveys to be prepared before their first day, papers until the last one, and results after it."""
    one, own = Survey, Survey.body_id.in_(whose.bodies)
    lacks = or_(~exists().where(along(QuestionSet.survey)), ~exists().where(along(SurveyArea.survey)))
    soon = one.starts_on <= today + AHEAD
    yield row(NextStep.SURVEY_TO_PREPARE, one, one.number, one.title, one.starts_on, own).where(
        one.opened_at.is_(None), lacks, soon
    )
    over = one.opened_at.is_not(None), one.frozen_at.is_(None), one.ends_on < today
    yield row(NextStep.SURVEY_TO_FREEZE, one, one.number, one.title, None, own, *over)
    part = SurveyArea
    came = (
        select(func.count())
        .select_from(SurveyAnswer)
        .where(along(SurveyAnswer.survey), SurveyAnswer.area_id == part.area_id)
        .correlate_except(SurveyAnswer)
        .scalar_subquery()
    )
    running = one.opened_at.is_not(None), one.frozen_at.is_(None), one.starts_on <= today
    ending = one.ends_on >= today, one.ends_on <= today + AHEAD
    papers = row(NextStep.SURVEY_PAPERS, one, one.number, one.title, one.ends_on, *running, *ending)
    lacking = exists().where(along(part.survey), part.area_id.in_(areas), came < part.planned)
    yield papers.where(lacking)


def _courses(whose: Whose, today: date) -> Iterator[Select[Any]]:
    """The sheet of a course that is over, and who signed in there under a name that is not on the list."""
    one, ours = Course, Course.consultation_id.in_(parties(whose.bodies))
    held = ours, one.released_at.is_not(None), one.results_at.is_(None)
    over = one.held_at.is_(None), one.ends_on < today
    yield row(NextStep.COURSE_SHEET, one, one.number, one.title, None, *held, *over)
    unknown = exists().where(along(Sitting.course), along(SignedIn.sitting), SignedIn.participant_id.is_(None))
    yield row(NextStep.COURSE_NAMES, one, one.number, one.title, None, *held, unknown)


def _commendations(whose: Whose) -> Iterator[Select[Any]]:
    """Proposals to be checked by another person than who wrote them, to be decided, and to be agreed to by who is
    named."""
    one, ours = Commendation, Commendation.consultation_id.in_(parties(whose.bodies))
    open_ = ours, *still_to_be_published()
    other = whose.others_wrote(one.recorded_by_id, one.proposer_id.in_(whose.alone))
    unchecked = one.checked_at.is_(None), one.decided_at.is_(None), other
    yield row(NextStep.COMMENDATION_TO_CHECK, one, one.number, "", None, *open_, *unchecked)
    undecided = one.checked_at.is_not(None), one.decided_at.is_(None)
    yield row(NextStep.COMMENDATION_TO_DECIDE, one, one.number, "", None, *open_, *undecided)
    consent = exists().where(along(one.consents), CommendationConsent.withdrawn_at.is_(None))
    unasked = one.decided_at.is_not(None), one.withdrawn_at.is_(None), ~consent
    asks = or_(ours, one.proposer_id.in_(whose.bodies)), *still_to_be_published()
    yield row(NextStep.COMMENDATION_CONSENT, one, one.number, "", None, *asks, *unasked)


def _sent_back(whose: Whose) -> Select[Any]:
    """Values that were refused and not entered anew, by the body that entered them."""
    one = IndicatorValue
    same = along(one.of_indicator.of_type(_LATER)), _LATER.year == one.year, _LATER.area_id == one.area_id
    anew = exists().where(*same, _LATER.number > one.number)
    own = one.body_id.in_(whose.bodies), one.refused_at.is_not(None), ~anew
    return row(NextStep.INDICATOR_SENT_BACK, one, one.year, "", None, *own)
