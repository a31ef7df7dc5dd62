"""What waits by a day: late, due soon, past an internal term, and approved answers that should be public."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.matter.internal_terms import Step
from consult.consultations.models import Consultation
from consult.people.models import Unit
from consult.people.words import Role
from consult.policy import Actor
from consult.responses.answers import wording_states
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import in_hands, not_done, of_step, of_term
from consult.responses.models import Assignment
from consult.responses.words import AnswerState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.models import Comment, Submission
from consult.work.waits import Counted, UnitLate, Waiting, comments, counted, handed, handler, ids, lines
from consult.work.words import Queue

OVERSEES = (Role.LEADER, Role.PUBLISHER)
"""Who looks after what is late of everybody, not only of themselves."""
BY_DAY = (
    (Queue.LATE, CaseFilters(overdue=True)), (Queue.DUE_SOON, CaseFilters(soon=True)),
    (Queue.TO_DRAFT, CaseFilters(step=Step.DRAFT)),
)  # fmt: skip

Terms = Mapping[UUID, AnswerTerm]


def answers_by_term(
    session: Session, actor: Actor, matters: Sequence[Consultation], terms: Terms, now: datetime
) -> list[Waiting]:
    """What is late, due within days, or to be drafted by an internal term: in one's own hands, and of everybody for who
    oversees. Of what is late also by how many days, and for who oversees in whose hands."""
    overseen = [one for one in matters if actor.holds(*OVERSEES, organisation=one.answering_id)]
    own, today = [one for one in matters if one not in overseen], clock.local_day(now)
    who, found = handler(session, actor, now), list[Waiting]()
    for queue, filters in BY_DAY:
        for group, mine in ((overseen, None), (own, who)):
            told = lines(queue, group, _due(session, group, filters, mine, terms, today), mine is not None)
            found += _with_days(session, told, mine, terms, today) if queue is Queue.LATE and told else told
    return found


def to_approve_by_term(session: Session, matters: Sequence[Consultation], terms: Terms, now: datetime) -> list[Waiting]:
    """What is drafted, and should be approved by an internal term."""
    filters, today = CaseFilters(step=Step.APPROVE), clock.local_day(now)
    of_each = _of_each(matters, filters, terms, today)
    if not of_each:
        return []
    statement = comments(matters, or_(*of_each), *not_done(filters.step, ids(matters))).join(Comment.submission)
    return lines(Queue.TO_APPROVE_NOW, matters, counted(session, statement, matters))


def late_to_publish(session: Session, matters: Sequence[Consultation], terms: Terms, now: datetime) -> list[Waiting]:
    """The answers that were approved and should be public by now."""
    approved, today = wording_states.stands_as(AnswerState.APPROVED), clock.local_day(now)
    wordings = wording_states.of_matters(ids(matters), approved).subquery()
    of_each = [
        and_(wordings.c.consultation_id == one.id, wordings.c.decided_at < term.publish.late_before(today))
        for one in matters
        if (term := terms.get(one.id)) is not None and term.publish is not None
    ]
    if not of_each:
        return []
    late = select(wordings.c.consultation_id, func.count()).where(or_(*of_each))
    statement = late.group_by(wordings.c.consultation_id)
    return lines(Queue.PUBLISH_LATE, matters, counted(session, statement, matters))


def _due(
    session: Session, matters: Sequence[Consultation], filters: CaseFilters, mine: Handler | None, terms: Terms,
    today: date,
) -> Counted:  # fmt: skip
    of_each = _of_each(matters, filters, terms, today)
    if not of_each:
        return {}
    statement = comments(matters, or_(*of_each), *not_done(filters.step, ids(matters))).join(Comment.submission)
    if mine is not None:
        statement = handed(statement).where(*in_hands(CaseFilters(mine=True), mine))
    return counted(session, statement, matters)


def _of_each(matters: Sequence[Consultation], filters: CaseFilters, terms: Terms, today: date) -> list[Any]:
    return [
        and_(
            Comment.consultation_id == one.id,
            *of_term(filters, terms.get(one.id), today),
            *of_step(filters, terms.get(one.id), today),
        )
        for one in matters
        if terms.get(one.id) is not None
    ]


def _with_days(
    session: Session, told: Sequence[Waiting], mine: Handler | None, terms: Terms, today: date
) -> list[Waiting]:
    """The same with the days, in one statement. A comment whose sender was waited for has a term of its own and counts,
    but not for the longest."""
    matters = [one.consultation for one in told]
    found: dict[UUID, dict[str, UnitLate]] = {}
    for matter_id, unit, kind, count, first in session.execute(_late(matters, mine, terms, today)):
        days = terms[matter_id].overdue(kind, first, today) if first is not None else 0
        before = found.setdefault(matter_id, {}).get(unit or "", UnitLate(unit or "", 0, 0))
        found[matter_id][before.unit] = UnitLate(before.unit, before.count + count, max(before.longest, days))
    return [_line_with(one, list(found.get(one.consultation.id, {}).values())) for one in told]


def _line_with(line: Waiting, units: Sequence[UnitLate]) -> Waiting:
    longest = max((one.longest for one in units), default=0)
    ordered = tuple(sorted(units, key=lambda one: (-one.longest, one.unit)))
    return replace(line, longest=longest, units=() if line.mine else ordered)


_LATE = (Comment.consultation_id, Unit.name, Submission.kind)


def _late(matters: Sequence[Consultation], mine: Handler | None, terms: Terms, today: date) -> Any:
    """How much is late by matter, unit and kind, and when the first of each came."""
    paused = [
        and_(Comment.consultation_id == one.id, Comment.number.in_(list(terms[one.id].pauses)))
        for one in matters
        if terms[one.id].pauses
    ]
    first = case((or_(*paused), None), else_=Comment.received_at) if paused else Comment.received_at
    late = or_(*_of_each(matters, CaseFilters(overdue=True), terms, today))
    statement = (
        handed(select(*_LATE, func.count(), func.min(first)).select_from(Comment))
        .join(Comment.submission)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(Comment.consultation_id.in_(ids(matters)), outcome_is(Outcome.AWAITING), late)
    )
    if mine is not None:
        statement = statement.where(*in_hands(CaseFilters(mine=True), mine))
    return statement.group_by(Comment.consultation_id, Unit.name, Submission.kind)
