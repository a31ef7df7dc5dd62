"""Until when a comment should be answered, and by how many days that is over: in Python and in SQL."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.models import Consultation
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind

LONGEST_SEARCH = 400


@dataclass(frozen=True)
class AnswerTerm:
    """How long answering may take by the rules of a matter: an internal term ("theo quy chế phối hợp"), since no law
    sets one. It runs from the end of the public period, for what came later and for critiques from their receipt."""

    days: int
    unit: DayUnit
    roll: Roll
    last_public_day: date | None
    holidays: Holidays

    def due(self, kind: SubmissionKind, received_at: datetime) -> date | None:
        """The local day until which a comment should be answered; None while the public period has no end."""
        start = self._start(kind, clock.local_day(received_at))
        return None if start is None else self._end(start)

    def overdue(self, kind: SubmissionKind, received_at: datetime, on: date) -> int:
        """By how many days the term is over on the local day `on`; 0 when it is not."""
        due = self.due(kind, received_at)
        return max(0, (on - due).days) if due is not None else 0

    def latest_overdue_start(self, on: date) -> date:
        """The latest day such that a term that began on it is over on `on`."""
        start = on
        while self._end(start) >= on and (on - start).days < LONGEST_SEARCH:
            start -= timedelta(days=1)
        return start

    def _end(self, start: date) -> date:
        return calendar.last_day(start, self.days, self.unit, self.holidays, self.roll)

    def _start(self, kind: SubmissionKind, received: date) -> date | None:
        if kind is SubmissionKind.CRITIQUE:
            return received
        return None if self.last_public_day is None else max(received, self.last_public_day)


def term_of(session: Session, consultation: Consultation) -> AnswerTerm | None:
    """The term of the rules that the matter was published with; None when they set none. At most one statement."""
    rules = consultation.profile_rules or {}
    rule = rules.get("rules", {}).get("answer_days")
    if rule is None:
        return None
    end = consultation.closes_at
    return AnswerTerm(
        days=rule["days"],
        unit=DayUnit(rule["unit"]),
        roll=Roll(rule["roll"]),
        last_public_day=calendar.last_day_of(end) if end is not None else None,
        holidays=calendar.holidays(session),
    )


def overdue_expression(term: AnswerTerm | None, on: date) -> ColumnElement[bool]:
    """Whether the term for answering is over on the local day `on`, in a statement on Comment and Submission.

    It does not ask whether there is an answer.
    """
    if term is None:
        return false()
    start = term.latest_overdue_start(on)
    begun = Comment.received_at < calendar.end_of(start)
    public_over = term.last_public_day is not None and term.last_public_day <= start
    others = Submission.kind != SubmissionKind.CRITIQUE if public_over else false()
    return and_(begun, or_(Submission.kind == SubmissionKind.CRITIQUE, others))
