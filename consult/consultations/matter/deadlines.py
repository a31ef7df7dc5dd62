"""Days that the law counts backwards: how long before its submission a draft must be with the Front."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.consultations.matter.calendar import days_before

FRONT_LESS_THAN_15_DAYS = "front_less_than_15_days"


def latest_day_to_front(rules: Mapping[str, Any], planned_submission_on: date | None) -> date | None:
    """The last day on which the draft must be sent to the Front; None when no day is planned or no rule asks for it.

    Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13, Điều 36 khoản 1: at least 15 days before it is submitted to the
    issuing authority. Counted backwards in calendar days, never rolled.
    """
    rule = rules["rules"].get("front_lead_days")
    if rule is None or planned_submission_on is None:
        return None
    return days_before(planned_submission_on, rule["days"])


def front_warning(rules: Mapping[str, Any], sent_on: date | None, planned_submission_on: date | None) -> str | None:
    """`front_less_than_15_days` when fewer days lie between the two than the rule asks for, otherwise None."""
    latest = latest_day_to_front(rules, planned_submission_on)
    if latest is None or sent_on is None or sent_on <= latest:
        return None
    return FRONT_LESS_THAN_15_DAYS
