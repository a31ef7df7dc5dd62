"""What waits for a person over all matters of their bodies: how much, of which matter, in a fixed order.

Every number is that of the list to which its line leads. The number of statements does not grow with matters.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import overview
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.policy import Action, Actor, decide
from consult.relationships import along
from consult.responses.answers import wording_states
from consult.responses.coordination import found as coordination
from consult.responses.desk.listing.filters import CaseFilters, Handler, in_hands, of_term, unheard
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.letters.listing import waiting_in
from consult.responses.models import Assignment, ResponseTarget
from consult.responses.questions.pauses import terms_of
from consult.responses.words import AnswerState
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.models import Comment, CommentAct
from consult.submissions.sender import calls
from consult.work import letters
from consult.work.words import Queue

Counted = Mapping[UUID, int]
OVERSEES = (Role.LEADER, Role.PUBLISHER)
"""Who looks after what is late of everybody, not only of themselves."""


@dataclass(frozen=True)
class Waiting:
    """So much of one kind waits in one matter; `mine` where only what is in one's own hands counts, `draft_id` names
    the letter where it is one."""

    queue: Queue
    consultation: Consultation
    count: int
    mine: bool = False
    draft_id: UUID | None = None


def waiting(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """Everything that waits for `actor` at the instant `now`: by kind, then by matter, the newest first."""
    matters = [one.consultation for one in overview.matters(session, actor, now)]
    may = {action: _allowed(actor, action, matters, now) for action in _ACTIONS}
    found: list[Waiting] = []
    found += _lines(Queue.SENT_BACK, may[Action.DRAFT_ANSWER], _sent_back(session, actor, may[Action.DRAFT_ANSWER]))
    found += _by_term(session, actor, may[Action.DRAFT_ANSWER], now)
    answered = [one for one in may[Action.DRAFT_ANSWER] if one in may[Action.SEE_SENDERS]]
    found += _lines(Queue.LETTERS, answered, waiting_in(session, answered))
    found += _lines(Queue.TO_APPROVE, may[Action.APPROVE_ANSWER],
                    _answers(session, may[Action.APPROVE_ANSWER], AnswerState.DRAFTED))  # fmt: skip
    found += _lines(Queue.TO_PUBLISH, may[Action.PUBLISH_ANSWERS],
                    _answers(session, may[Action.PUBLISH_ANSWERS], AnswerState.APPROVED))  # fmt: skip
    found += _lines(Queue.TO_CONFIRM, may[Action.CONFIRM_ACT], _proposals(session, actor, may[Action.CONFIRM_ACT]))
    found += _lines(Queue.UNASSIGNED, may[Action.ASSIGN], _unassigned(session, may[Action.ASSIGN]))
    found += _lines(Queue.TO_TRANSCRIBE, may[Action.TRANSCRIBE], _unheard(session, may[Action.TRANSCRIBE]))
    found += _lines(Queue.TO_CALL, may[Action.SEE_MAILS], calls.counts_of(session, _ids(may[Action.SEE_MAILS])))
    found += [
        Waiting(Queue.TO_SIGN, one.consultation, 1, draft_id=one.draft.id)
        for one in letters.to_sign(session, actor, now)
    ]
    asked = Counter(consultation for consultation, _request in coordination.asked_of(session, actor))
    found += [Waiting(Queue.WORDS_ASKED, consultation, count) for consultation, count in asked.items()]
    return found


_ACTIONS = (
    Action.DRAFT_ANSWER, Action.APPROVE_ANSWER, Action.PUBLISH_ANSWERS, Action.CONFIRM_ACT, Action.ASSIGN,
    Action.TRANSCRIBE, Action.SEE_MAILS, Action.SEE_SENDERS,
)  # fmt: skip


def _allowed(actor: Actor, action: Action, matters: Iterable[Consultation], now: datetime) -> list[Consultation]:
    return [one for one in matters if decide(actor, action, one, now) is None]


def _ids(matters: Iterable[Consultation]) -> list[UUID]:
    return [one.id for one in matters]


def _lines(queue: Queue, matters: Iterable[Consultation], counted: Counted, mine: bool = False) -> list[Waiting]:
    return [Waiting(queue, one, counted[one.id], mine) for one in matters if counted.get(one.id)]


def _sent_back(session: Session, actor: Actor, matters: Sequence[Consultation]) -> Counted:
    """The comments whose answer came back to who wrote its wording."""
    wordings = wording_states.of_matters(_ids(matters)).subquery()
    mine = (wordings.c.state == AnswerState.SENT_BACK.value, wordings.c.written_by_id == actor.user_id)
    statement = (
        select(ResponseTarget.consultation_id, func.count())
        .join(
            wordings,
            and_(
                wordings.c.consultation_id == ResponseTarget.consultation_id,
                wordings.c.response_id == ResponseTarget.response_id,
            ),
        )
        .where(*mine)
        .group_by(ResponseTarget.consultation_id)
    )
    return _counted(session, statement, matters)


def _answers(session: Session, matters: Sequence[Consultation], state: AnswerState) -> Counted:
    wordings = wording_states.of_matters(_ids(matters)).subquery()
    statement = select(wordings.c.consultation_id, func.count()).where(wordings.c.state == state.value)
    return _counted(session, statement.group_by(wordings.c.consultation_id), matters)


def _by_term(session: Session, actor: Actor, matters: Sequence[Consultation], now: datetime) -> list[Waiting]:
    """What is late, and what is due within days: in one's own hands, and of everybody for who oversees."""
    overseen = [one for one in matters if actor.holds(*OVERSEES, organisation=one.answering_id)]
    own = [one for one in matters if one not in overseen]
    found: list[Waiting] = []
    for queue, filters in ((Queue.LATE, CaseFilters(overdue=True)), (Queue.DUE_SOON, CaseFilters(soon=True))):
        for group, mine in ((overseen, False), (own, True)):
            counted = _due(session, actor, group, filters, mine, now)
            found += _lines(queue, group, counted, mine)
    return found


def _due(
    session: Session, actor: Actor, matters: Sequence[Consultation], filters: CaseFilters, mine: bool, now: datetime
) -> Counted:
    terms, today = terms_of(session, matters), clock.local_day(now)
    of_each = [
        and_(Comment.consultation_id == one.id, *of_term(filters, terms.get(one.id), today))
        for one in matters
        if terms.get(one.id) is not None
    ]
    if not of_each:
        return {}
    statement = _comments(matters).join(Comment.submission).where(or_(*of_each))
    if mine:
        statement = _handed(statement).where(*in_hands(CaseFilters(mine=True), _handler(actor)))
    return _counted(session, statement, matters)


def _handler(actor: Actor) -> Handler:
    return Handler(actor.user_id, frozenset(seat.unit_id for seat in actor.seats if seat.unit_id is not None))


def _proposals(session: Session, actor: Actor, matters: Sequence[Consultation]) -> Counted:
    """What another person proposed."""
    statement = select(CommentAct.consultation_id, func.count()).where(
        CommentAct.consultation_id.in_(_ids(matters)),
        CommentAct.effective_at.is_(None),
        CommentAct.refused_at.is_(None),
        CommentAct.by_id != actor.user_id,
    )
    return _counted(session, statement.group_by(CommentAct.consultation_id), matters)


def _unassigned(session: Session, matters: Sequence[Consultation]) -> Counted:
    statement = _handed(_comments(matters)).where(*in_hands(CaseFilters(unit="none"), Handler(None)))
    return _counted(session, statement, matters)


def _unheard(session: Session, matters: Sequence[Consultation]) -> Counted:
    return _counted(session, _comments(matters).where(*unheard()), matters)


def _comments(matters: Iterable[Consultation]) -> Any:
    """How many comments of each matter wait for an answer."""
    awaiting: ColumnElement[bool] = outcome_expression() == Outcome.AWAITING
    return (
        select(Comment.consultation_id, func.count())
        .where(Comment.consultation_id.in_(_ids(matters)), awaiting)
        .group_by(Comment.consultation_id)
    )


def _handed(statement: Any) -> Any:
    return statement.outerjoin(Assignment, along(Assignment.comment) & latest_assignment())


def _counted(session: Session, statement: Any, matters: Collection[Consultation]) -> Counted:
    if not matters:
        return {}
    return {consultation_id: number for consultation_id, number in session.execute(statement)}
