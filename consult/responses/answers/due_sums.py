"""How the day is counted until which something has to be answered: every step, for whoever wants to count again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar, calendar_changes
from consult.consultations.matter.answer_terms import RECEIVED, AnswerTerm, extensions_of, rule_of
from consult.consultations.matter.calendar import SATURDAY, WORKED_KINDS, DayUnit, Roll
from consult.consultations.matter.term_kinds import TermKind
from consult.consultations.models import Consultation, Holiday, HolidayChange, Period, PeriodExtension
from consult.consultations.words import Audience
from consult.responses.questions.pauses import term_of
from consult.submissions.words import SubmissionKind

PERIOD_END = "period_end"
PERIOD_EXTENDED, ANSWER_EXTENDED, SENDER_ASKED = "period_extended", "answer_extended", "sender_asked"
CALENDAR_CHANGED = "calendar_changed"


@dataclass(frozen=True)
class Move:
    """A later day than was told before: `code` says what moved it, for a public reason (a question to the sender has
    none), at an instant. The calendar may also make it an earlier one."""

    code: str
    before: date
    after: date
    reason: str
    at: datetime


@dataclass(frozen=True)
class DueSum:
    """The day `due`, and how it is counted: `days` of `unit` after the day `start` of an event (`begins`), in which
    `weekend` days are not worked, nor those in `off`; `worked` are weekend days that are. Counting leads to `nominal`,
    and what is not worked to `counted`. `basis`, `citation` and `label` name the rule, `kind` says what sort of term it
    is."""

    due: date
    begins: str
    start: date
    days: int
    unit: DayUnit
    nominal: date
    counted: date
    weekend: int
    off: Sequence[Holiday]
    worked: Sequence[Holiday]
    basis: str
    citation: str
    label: str
    moves: Sequence[Move]
    kind: TermKind

    @property
    def end(self) -> datetime:
        """24:00 of the day, as an exclusive end."""
        return calendar.end_of(self.due)

    def days_over(self, moment: datetime) -> int:
        """By how many days it is over at an instant; 0 until its end."""
        return max(0, (clock.local_day(moment) - self.due).days)


def sum_of(
    session: Session, consultation: Consultation, kind: SubmissionKind, received_at: datetime, number: int | None = None
) -> DueSum | None:
    """The sum for a comment of this kind that came at this instant, `number` if it is one that is there; None where the
    rules set no term, or the public period has no end. At most seven statements."""
    term, rule = term_of(session, consultation), rule_of(consultation)
    start = term.start(kind, clock.local_day(received_at)) if term is not None else None
    if term is None or rule is None or start is None:
        return None
    nominal, counted = term.counted(start, Roll.NONE), term.counted(start)
    listed = _listed(session, start, counted)
    return DueSum(
        due=term.end(start, number),
        begins=PERIOD_END if kind is not SubmissionKind.CRITIQUE and start == term.last_public_day else RECEIVED,
        start=start,
        days=term.days,
        unit=term.unit,
        nominal=nominal,
        counted=counted,
        weekend=_weekend(start, counted, listed),
        off=[one for one in listed if one.kind not in WORKED_KINDS and one.day.weekday() < SATURDAY],
        worked=[one for one in listed if one.kind in WORKED_KINDS],
        basis=rule["basis"],
        citation=rule["citation"] or "",
        label=rule["label"] or "",
        moves=_moves(session, consultation, term, start, number),
        kind=term.kind_of_term,
    )


def _listed(session: Session, start: date, end: date) -> Sequence[Holiday]:
    """What the table of holidays says of the days after `start` up to `end`."""
    wanted = select(Holiday).where(Holiday.day > start, Holiday.day <= end)
    return session.scalars(wanted.order_by(Holiday.day)).all()


def _weekend(start: date, end: date, listed: Sequence[Holiday]) -> int:
    """How many Saturdays and Sundays lie after `start` up to `end` that are not worked."""
    worked = {one.day for one in listed if one.kind in WORKED_KINDS}
    days = (start + timedelta(days=one) for one in range(1, (end - start).days + 1))
    return sum(1 for day in days if day.weekday() >= SATURDAY and day not in worked)


def _moves(
    session: Session, consultation: Consultation, term: AnswerTerm, start: date, number: int | None
) -> list[Move]:
    """What moved the day: the public period that ended later, the calendar that was changed, answering that was
    extended, and how long the sender was waited for; each sort with the oldest first."""
    moves = []
    if start == term.last_public_day:
        for one in _period_extensions(session, consultation):
            before, after = (calendar.last_day_of(end) for end in (one.previous_closes_at, one.closes_at))
            moves.append(Move(PERIOD_EXTENDED, term.counted(before), term.counted(after), one.reason, one.at))
    moves += _by_calendar(session, consultation, term, start)
    reasons = [row.reason for row in extensions_of(session, [consultation.id]).get(consultation.id, [])]
    told = {id(one): (ANSWER_EXTENDED, reason) for one, reason in zip(term.moved, reasons, strict=True)}
    for step, before, after in term.steps(start, number):
        code, reason = told.get(id(step), (SENDER_ASKED, ""))
        moves.append(Move(code, before, after, reason, clock.start_of_day(step.on)))
    return moves


def _by_calendar(session: Session, consultation: Consultation, term: AnswerTerm, start: date) -> list[Move]:
    """What was changed in the table of holidays since the matter is public, as far as it moved this day."""
    if consultation.published_at is None:
        return []
    changes = calendar_changes.changes_since(session, consultation.published_at)
    return [
        Move(CALENDAR_CHANGED, before, after, _why(change), change.at)
        for change, before, after in calendar_changes.steps(term, start, changes)
    ]


def _why(change: HolidayChange) -> str:
    """The day, what it is called, and the document that says so."""
    said = change.after or change.before or {}
    words = [said.get("name", ""), said.get("source", "")]
    return f"{change.day:%d/%m/%Y}: {'; '.join(one for one in words if one)}"


def _period_extensions(session: Session, consultation: Consultation) -> Sequence[PeriodExtension]:
    of_public = select(Period.id).where(Period.consultation_id == consultation.id, Period.audience == Audience.PUBLIC)
    wanted = select(PeriodExtension).where(
        PeriodExtension.consultation_id == consultation.id, PeriodExtension.period_id.in_(of_public)
    )
    return session.scalars(wanted.order_by(PeriodExtension.at, PeriodExtension.id)).all()
