"""Days that the law counts backwards: how long before its submission a draft must be with the Front."""

from dataclasses import dataclass
from datetime import date

from consult.consultations.matter.calendar import days_before
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure

FRONT_DAYS_UNKNOWN = "front_days_unknown"
FRONT_LESS_THAN_15_DAYS = "front_less_than_15_days"


@dataclass(frozen=True)
class FrontDays:
    """The two days between which the law gives the Front its time: when the draft reached it, and when it was
    (`submitted`) or is to be submitted to the issuing authority. `wanted` days should lie between them."""

    sent_on: date | None
    submission_on: date | None
    submitted: bool
    wanted: int

    @property
    def between(self) -> int | None:
        """How many days lie between the two; None while one of them is not known."""
        if self.sent_on is None or self.submission_on is None:
            return None
        return (self.submission_on - self.sent_on).days

    @property
    def short(self) -> bool:
        """Whether that is less than the law asks for: told plainly, and stopping nothing."""
        if self.sent_on is None or self.submission_on is None:
            return False
        return self.sent_on > days_before(self.submission_on, self.wanted)

    @property
    def warning(self) -> str | None:
        """The code of what should be looked at, if anything."""
        if self.between is None:
            return FRONT_DAYS_UNKNOWN
        return FRONT_LESS_THAN_15_DAYS if self.short else None


def front_days(consultation: Consultation) -> FrontDays | None:
    """Both days of a matter that a critique may be asked for; None for one that is none of the Front's (a report on
    which an investor consults), or whose rules ask for no days.

    Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13, Điều 36 khoản 1: at least 15 days before it is submitted to the
    issuing authority. Counted backwards in calendar days, never rolled.
    """
    rules = consultation.profile_rules or consultation.profile.rules
    rule = rules["rules"].get("front_lead_days")
    if rule is None or consultation.procedure is not Procedure.COMMENT:
        return None
    submitted = consultation.submitted_on
    day = submitted or consultation.planned_submission_on
    return FrontDays(consultation.sent_to_front_on, day, submitted is not None, rule["days"])
