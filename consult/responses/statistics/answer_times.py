"""How long answers took, which were in time, and what is overdue: of a matter, and of the bodies that answer."""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, bindparam, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.responses.answers.due_state import overdue_expression
from consult.responses.statistics.cached_clock import kept_clock
from consult.responses.statistics.cached_counts import MANY, MOST_MATTERS, received
from consult.responses.statistics.local_days import LocalDay
from consult.responses.statistics.publish_times import published_late
from consult.submissions.comments.act_counts import ending_acts
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is, still_answered
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.words import CommentActKind, SubmissionKind

WAITING = (Outcome.AWAITING, Outcome.PASSED_ON)
"""What was passed on looks like what waits (`visible.outside_outcome`), here as on its own page."""


@dataclass(frozen=True)
class AnswerTimes:
    """How many answers were `in_time` and `late` (neither where no term is set), how many took how many `days`, and
    what is `overdue`: how many comments by the day until which they should have been answered. `published_late`: the
    answers that were public later after their approval than the rule has it."""

    in_time: int = 0
    late: int = 0
    days: Counter[int] = field(default_factory=Counter)
    overdue: Counter[date] = field(default_factory=Counter)
    published_late: int = 0

    @property
    def answered(self) -> int:
        """How many answers there are."""
        return self.days.total()

    @property
    def counted(self) -> int:
        """How many comments were counted for it."""
        return self.answered + self.overdue.total()

    @property
    def median(self) -> float | None:
        """The days of the answer in the middle, of two in the middle their mean; None while there is none."""
        total = self.answered
        if not total:
            return None
        return (self._day_at((total - 1) // 2) + self._day_at(total // 2)) / 2

    def __add__(self, other: "AnswerTimes") -> "AnswerTimes":
        return AnswerTimes(
            self.in_time + other.in_time,
            self.late + other.late,
            self.days + other.days,
            self.overdue + other.overdue,
            self.published_late + other.published_late,
        )

    def _day_at(self, place: int) -> int:
        for days, count in sorted(self.days.items()):
            place -= count
            if place < 0:
                return days
        raise IndexError


@dataclass(frozen=True)
class BodyTimes:
    """A body that answers, how many of its matters are public, and its answers in all of them."""

    body: Organisation
    matters: int
    times: AnswerTimes

    @property
    def anything(self) -> bool:
        """Whether it answered anything yet, or anything is overdue."""
        return bool(self.times.answered or self.times.overdue)


@dataclass(frozen=True)
class _Counted:
    """What was counted of a matter: `true_of` which version of its content on which day, and `from_` what; of few
    answers nobody asks that."""

    true_of: tuple[int, date]
    from_: tuple[Any, ...]
    times: AnswerTimes


class CachedTimes:
    """The times of the matters asked for last, counted once for each version of their content and each day; where there
    are `many`, only where anything came or ended since."""

    def __init__(self, many: int = MANY) -> None:
        self.many = many
        self.lock = Lock()
        self.counted: OrderedDict[UUID, _Counted] = OrderedDict()

    def of(self, session: Session, matters: Sequence[Consultation], today: date) -> dict[UUID, AnswerTimes]:
        """The times of each of these matters by its id, as of a local day: seven statements at most for each that
        changed."""
        return {one.id: self.one(session, one, today) for one in matters}

    def one(self, session: Session, matter: Consultation, today: date) -> AnswerTimes:
        """The times of one matter."""
        with self.lock:
            kept = self.counted.get(matter.id)
        if kept is None or kept.true_of != (matter.content_version, today):
            kept = self._count(session, matter, today, kept)
            with self.lock:
                self.counted[matter.id] = kept
                while len(self.counted) > MOST_MATTERS:
                    self.counted.popitem(last=False)
        return kept.times

    def _count(self, session: Session, matter: Consultation, today: date, before: _Counted | None) -> _Counted:
        true_of, term = (matter.content_version, today), kept_clock.of(session, matter, today).term
        if before is None or before.times.counted < self.many:
            return _Counted(true_of, (), times_of(session, matter, term, today))
        came, ended = received(session, matter.id), ending_acts(session, matter.id)
        from_ = came, ended, today, term, _counts_overdue(matter, term)
        if before.from_ != from_:
            return _Counted(true_of, from_, times_of(session, matter, term, today))
        late = published_late(session, matter, term.publish if term is not None else None)
        return _Counted(true_of, from_, replace(before.times, published_late=late))


def times_of(session: Session, matter: Consultation, term: AnswerTerm | None, today: date) -> AnswerTimes:
    """The times of one matter as of a local day, in two statements. What came, and was answered, on the same days is
    one line of the first: there are some hundreds of days, and may be a hundred thousand comments."""
    late, days, overdue = 0, Counter[int](), Counter[date]()
    for number, kind, came, answered, count in session.execute(_by_days(matter, term, today), {"matter": matter.id}):
        received = date.fromisoformat(came)
        due = term.due_of(kind, received, number) if term is not None else None
        if answered is None:
            overdue.update({due: count} if due is not None else {})
            continue
        answered_on = date.fromisoformat(answered)
        days[(answered_on - received).days] += count
        late += count if due is not None and due < answered_on else 0
    publish = published_late(session, matter, term.publish if term is not None else None)
    return AnswerTimes(days.total() - late if term is not None else 0, late, days, overdue, publish)


def bodies(session: Session, now: datetime) -> list[BodyTimes]:
    """The bodies that owe answers in public matters, by name."""
    found = public_matters(session, now)
    times = kept_times.of(session, found, clock.local_day(now))
    by_body: dict[UUID, BodyTimes] = {}
    for matter in found:
        so_far = by_body.get(matter.answering_id, BodyTimes(matter.answering, 0, AnswerTimes()))
        whole = so_far.times + times[matter.id]
        by_body[matter.answering_id] = BodyTimes(matter.answering, so_far.matters + 1, whole)
    return sorted(by_body.values(), key=lambda one: one.body.name)


def public_matters(session: Session, now: datetime) -> Sequence[Consultation]:
    """Every matter that is public, with the body that answers. One statement."""
    wanted = select(Consultation).where(Consultation.published_at.is_not(None), Consultation.published_at <= now)
    return session.scalars(wanted.options(joinedload(Consultation.answering))).all()


def first_published(session: Session, now: datetime) -> datetime | None:
    """When the first matter was published that is public; None while there is none."""
    return session.scalar(select(func.min(Consultation.published_at)).where(Consultation.published_at <= now))


def _by_days(matter: Consultation, term: AnswerTerm | None, today: date) -> Select[Any]:
    """How many comments of a kind came on one local day and were answered on another, or wait though they are overdue;
    those whose sender was waited for by themselves, with their number."""
    overdue = [_overdue(term, today)] if _counts_overdue(matter, term) else []
    each = union_all(_answered(term), *overdue).subquery()
    return select(*each.c, func.count()).group_by(*each.c)


def _counts_overdue(matter: Consultation, term: AnswerTerm | None) -> bool:
    return term is not None and matter.concluded_at is None and matter.withdrawn_at is None


def _facts(term: AnswerTerm | None, kind: Any, answered: ColumnElement[str]) -> Select[Any]:
    waited = list(term.pauses) if term is not None else []
    number: ColumnElement[Any] = case((Comment.number.in_(waited), Comment.number)) if waited else null()
    columns = number.label("number"), kind.label("kind"), LocalDay(Comment.received_at).label("came"), answered
    return select(*columns).select_from(Comment).where(_of(Comment))


def _answered(term: AnswerTerm | None) -> Select[Any]:
    """Each comment that was answered: on which days it came, and its first answer was there."""
    first = (
        select(CommentAct.comment_id, func.min(CommentAct.effective_at).label("at"))
        .where(CommentAct.kind == CommentActKind.ANSWERED, CommentAct.effective_at.is_not(None), _of(CommentAct))
        .group_by(CommentAct.comment_id)
        .subquery()
    )
    found = _facts(term, _kind(), LocalDay(first.c.at).label("answered"))
    return found.join(first, first.c.comment_id == Comment.id).where(still_answered(bindparam("matter")))


@cache
def _kind() -> ColumnElement[Any]:
    """The kind of what a Comment was sent in, as far as a term asks for it: critiques are few, and looked for once."""
    critiques = select(Submission.id).where(_of(Submission), Submission.kind == SubmissionKind.CRITIQUE)
    kinds = {kind: literal(kind, Submission.kind.type) for kind in (SubmissionKind.CRITIQUE, SubmissionKind.COMMENT)}
    among = Comment.submission_id.in_(critiques)
    return case((among, kinds[SubmissionKind.CRITIQUE]), else_=kinds[SubmissionKind.COMMENT])


def _of(table: Any) -> Any:
    return table.consultation_id == bindparam("matter")


def _overdue(term: AnswerTerm | None, today: date) -> Select[Any]:
    """What waits and should have been answered by then, without a day of an answer."""
    found = _facts(term, Submission.kind, cast(null(), String).label("answered")).join(Comment.submission)
    return found.where(overdue_expression(term, today), outcome_is(*WAITING))


kept_times = CachedTimes()
