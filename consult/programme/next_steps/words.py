"""What may wait under a programme, as codes."""

from enum import StrEnum


class StepGroup(StrEnum):
    """What is asked of a body: to agree, to make public what another person wrote, or to do something."""

    AGREE = "agree"
    RELEASE = "release"
    DO = "do"


class NextStep(StrEnum):
    """One kind of thing that waits."""

    PROGRAMME = "programme"
    YEAR_PLAN = "year_plan"
    EXCHANGE = "exchange"
    REPORT = "report"
    ROUND_STEP = "round_step"
    INSPECTION = "inspection"
    PRACTICE = "practice"
    CRITERIA = "criteria"
    AREA_SCORE = "area_score"
    MATERIAL = "material"
    COURSE = "course"
    COURSE_RESULTS = "course_results"
    CAMPAIGN = "campaign"
    CAMPAIGN_RESULT = "campaign_result"
    SURVEY_TO_OPEN = "survey_to_open"
    SURVEY_RESULTS = "survey_results"
    INDICATORS = "indicators"
    INDICATOR_VALUES = "indicator_values"
    INDICATOR_OWN_VALUES = "indicator_own_values"
    COMMENDATION = "commendation"
    COMMENDATION_ERASURE = "commendation_erasure"
    CASE = "case"
    ORDER_TO_ANSWER = "order_to_answer"
    ORDER_TO_DELIVER = "order_to_deliver"
    ROUND_PLAN = "round_plan"
    ROUND_OWN_REPORT = "round_own_report"
    ROUND_REPORT = "round_report"
    SURVEY_TO_PREPARE = "survey_to_prepare"
    SURVEY_PAPERS = "survey_papers"
    SURVEY_TO_FREEZE = "survey_to_freeze"
    COURSE_TO_NAME = "course_to_name"
    COURSE_SHEET = "course_sheet"
    COURSE_NAMES = "course_names"
    COMMENDATION_TO_CHECK = "commendation_to_check"
    COMMENDATION_TO_DECIDE = "commendation_to_decide"
    COMMENDATION_CONSENT = "commendation_consent"
    INDICATOR_SENT_BACK = "indicator_sent_back"


_AGREED = (NextStep.PROGRAMME, NextStep.YEAR_PLAN, NextStep.EXCHANGE, NextStep.REPORT)
_DONE = tuple(NextStep)[tuple(NextStep).index(NextStep.ORDER_TO_ANSWER) :]


def group_of(kind: NextStep) -> StepGroup:
    """What is asked where this waits."""
    if kind in _AGREED:
        return StepGroup.AGREE
    return StepGroup.DO if kind in _DONE else StepGroup.RELEASE
