"""What the rules of a matter say of those asked in writing: until when, whom to remind, whose silence may count."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import Holidays
from consult.consultations.models import Consultation
from consult.consultations.words import Audience, Procedure
from consult.people.models import Organisation
from consult.people.words import OrganisationKind

REMINDER_DAYS = 3
"""Days before the day to reply, for matters whose rules were copied before they said anything of it: the province's own
term, as that of the profiles."""

NEVER = frozenset({OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY})
"""Bodies whose silence is nobody's agreement, whatever a profile says."""


def rules_of(consultation: Consultation) -> Mapping[str, Any]:
    """The rules copied onto a published matter, those of its profile while it is being prepared."""
    return consultation.profile_rules or consultation.profile.rules


def silence_may_count(consultation: Consultation, body: Organisation) -> bool:
    """Whether the law takes the silence of this body for agreement: in the statutory consultation on an EIA, one of the
    kinds that Nghị định số 08/2022/NĐ-CP, Điều 26 khoản 1 điểm b has asked in writing (data of the profile)."""
    if consultation.procedure is not Procedure.EIA_STATUTORY or body.kind in NEVER:
        return False
    asked = rules_of(consultation)["silence_is_consent"].get("asked_in_writing", ())
    return any(one["kind"] == body.kind and one["level"] in (None, body.level) for one in asked)


def silence_possible(consultation: Consultation) -> bool:
    """Whether anybody's silence may count in this matter."""
    asked = rules_of(consultation)["silence_is_consent"].get("asked_in_writing", ())
    return consultation.procedure is Procedure.EIA_STATUTORY and bool(asked)


def reply_by(consultation: Consultation, begun: date, holidays: Holidays) -> date | None:
    """The day until which a body should reply for which the term begins on `begun`; None when the rules say nothing."""
    for rule in rules_of(consultation)["periods"]:
        if rule["audience"] == Audience.INVITED:
            unit, roll = calendar.DayUnit(rule["unit"]), calendar.Roll(rule["roll"])
            return calendar.last_day(begun, rule["days"], unit, holidays, roll)
    return None


def counted_from_receipt(consultation: Consultation) -> bool:
    """Whether the term begins when the letter is received, and not on its day."""
    return any(
        rule["audience"] == Audience.INVITED and rule.get("counted_from") == "receipt_of_letter"
        for rule in rules_of(consultation)["periods"]
    )


def reminded_on(consultation: Consultation, reply_by: date) -> date:
    """The day on which those who have not replied are reminded."""
    rule = rules_of(consultation).get("rules", {}).get("reply_reminder_days")
    return calendar.days_before(reply_by, rule["days"] if rule else REMINDER_DAYS)
