"""Where each thing that waits is agreed to, made public or done."""

from typing import Any

from flask import url_for

from consult.programme.next_steps.steps import Step
from consult.programme.next_steps.words import NextStep

_ROUNDS, _SURVEYS, _COURSES = ("rounds.show", "number"), ("surveys.show", "number"), ("training.show", "number")
_CAMPAIGNS, _COMMENDATIONS = ("campaigns.show", "number"), ("commendations.show", "number")
_ORDERS, _CRITERIA = ("materials.orders.show", "number"), ("practices.criteria.show", "year")
PAGES: dict[NextStep, tuple[str, str]] = {
    NextStep.PROGRAMME: ("programmes.show", ""),
    NextStep.YEAR_PLAN: ("programmes.plans.plan", "year"),
    NextStep.EXCHANGE: ("exchanges.show", "number"),
    NextStep.REPORT: ("reports.show", "number"),
    NextStep.ROUND_STEP: _ROUNDS,
    NextStep.INSPECTION: ("inspections.show", "number"),
    NextStep.PRACTICE: ("practices.show", "number"),
    NextStep.CRITERIA: _CRITERIA,
    NextStep.AREA_SCORE: _CRITERIA,
    NextStep.MATERIAL: ("materials.show", "number"),
    NextStep.COURSE: _COURSES,
    NextStep.COURSE_RESULTS: _COURSES,
    NextStep.CAMPAIGN: _CAMPAIGNS,
    NextStep.CAMPAIGN_RESULT: _CAMPAIGNS,
    NextStep.SURVEY_TO_OPEN: _SURVEYS,
    NextStep.SURVEY_RESULTS: _SURVEYS,
    NextStep.INDICATORS: ("indicators.show", "year"),
    NextStep.INDICATOR_VALUES: ("indicators.show", "year"),
    NextStep.INDICATOR_OWN_VALUES: ("indicators.entry.show", "year"),
    NextStep.COMMENDATION: _COMMENDATIONS,
    NextStep.COMMENDATION_ERASURE: _COMMENDATIONS,
    NextStep.CASE: ("cases.show", "number"),
    NextStep.ORDER_TO_ANSWER: _ORDERS,
    NextStep.ORDER_TO_DELIVER: _ORDERS,
    NextStep.ROUND_PLAN: _ROUNDS,
    NextStep.ROUND_OWN_REPORT: _ROUNDS,
    NextStep.ROUND_REPORT: _ROUNDS,
    NextStep.SURVEY_TO_PREPARE: _SURVEYS,
    NextStep.SURVEY_PAPERS: ("survey_entry.communes", "number"),
    NextStep.SURVEY_TO_FREEZE: _SURVEYS,
    NextStep.COURSE_TO_NAME: _COURSES,
    NextStep.COURSE_SHEET: _COURSES,
    NextStep.COURSE_NAMES: _COURSES,
    NextStep.COMMENDATION_TO_CHECK: _COMMENDATIONS,
    NextStep.COMMENDATION_TO_DECIDE: _COMMENDATIONS,
    NextStep.COMMENDATION_CONSENT: _COMMENDATIONS,
    NextStep.INDICATOR_SENT_BACK: ("indicators.entry.show", "year"),
}


def address_of(one: Step, slug: str) -> str:
    """The page of what waits, of the matter at this address."""
    endpoint, argument = PAGES[one.kind]
    values: dict[str, Any] = {argument: one.number} if argument else {}
    return url_for(endpoint, slug=slug, **values)
