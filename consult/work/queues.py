"""What waits for a person over all matters of their bodies: how much, of which matter, in a fixed order.

Every number is that of the list to which its line leads. The number of statements does not grow with matters.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import outages, overview
from consult.consultations.models import Consultation
from consult.policy import Action, Actor, decide
from consult.responses.answers import outdated, wording_states
from consult.responses.coordination import found as coordination
from consult.responses.data_requests.models import DataRequest
from consult.responses.data_requests.standing import ended_expression
from consult.responses.desk import left_behind
from consult.responses.desk.listing.case_filters import LEFT, CaseFilters, Handler
from consult.responses.desk.listing.filters import in_hands, unheard
from consult.responses.letters.listing import waiting_in
from consult.responses.models import ResponseTarget
from consult.responses.questions.pauses import terms_of
from consult.responses.referrals import found as referrals
from consult.responses.second_words.waiting import comments_waiting_in, letters_waiting_in
from consult.responses.words import AnswerState
from consult.submissions.comments import visible
from consult.submissions.models import Comment, CommentAct
from consult.submissions.sender import calls, typing_checks
from consult.work import by_term, letters, next_steps, promises
from consult.work.by_term import Terms
from consult.work.waits import Counted, Waiting, comments, counted, handed, handler, ids, lines
from consult.work.words import Queue

Allowed = Mapping[Action, list[Consultation]]


def waiting(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """Everything that waits for `actor` at the instant `now`: by kind, then by matter, the newest first."""
    own = [one.consultation for one in overview.matters(session, actor, now)]
    may = {action: _allowed(actor, action, own, now) for action in _ACTIONS}
    terms = terms_of(session, own)
    return [
        *_to_answer(session, actor, may, terms, now),
        *_to_decide(session, actor, may, terms, now),
        *_to_care_for(session, actor, may, now),
        *_of_others(session, actor, now),
        *promises.waiting(session, actor, now),
    ]


def _to_answer(session: Session, actor: Actor, may: Allowed, terms: Terms, now: datetime) -> list[Waiting]:
    answers, held = may[Action.DRAFT_ANSWER], may[Action.HOLD_DIALOGUE]
    known = [one for one in answers if one in may[Action.SEE_SENDERS]]
    # Who answers and may not know whose letter it is has the comments alone.
    unnamed = [one for one in answers if one not in held]
    return [
        *lines(Queue.SENT_BACK, answers, _sent_back(session, actor, answers, now)),
        *lines(Queue.OUTDATED, answers, _outdated(session, actor, answers, now)),
        *by_term.answers_by_term(session, actor, answers, terms, now),
        *lines(Queue.SECOND_WORDS, held, letters_waiting_in(session, held)),
        *lines(Queue.FINAL_ANSWERS, unnamed, comments_waiting_in(session, unnamed)),
        *lines(Queue.LETTERS, known, waiting_in(session, known)),
        *lines(Queue.REFERRED_LATE, answers, referrals.late_in(session, ids(answers), clock.local_day(now))),
    ]


def _to_decide(session: Session, actor: Actor, may: Allowed, terms: Terms, now: datetime) -> list[Waiting]:
    approves, publishes, confirms = (
        may[one] for one in (Action.APPROVE_ANSWER, Action.PUBLISH_ANSWERS, Action.CONFIRM_ACT)
    )
    owed = outages.owed_in(session, may[Action.EXTEND_MATTER], now)
    return [
        *lines(Queue.TO_APPROVE, approves, _answers(session, approves, AnswerState.DRAFTED)),
        *by_term.to_approve_by_term(session, approves, terms, now),
        *by_term.late_to_publish(session, publishes, terms, now),
        *lines(Queue.TO_PUBLISH, publishes, _answers(session, publishes, AnswerState.APPROVED)),
        *lines(Queue.REPLY_TO_RELEASE, publishes, referrals.to_release_in(session, ids(publishes), actor.user_id)),
        *lines(Queue.TO_CONFIRM, confirms, _proposals(session, actor, confirms)),
        *next_steps.to_conclude(session, may[Action.CONCLUDE], now),
        *next_steps.drafts(session, may, now),
        *lines(Queue.AFTER_OUTAGE, may[Action.EXTEND_MATTER], {one: len(periods) for one, periods in owed.items()}),
    ]


def _to_care_for(session: Session, actor: Actor, may: Allowed, now: datetime) -> list[Waiting]:
    answers, triages, cares = (may[one] for one in (Action.DRAFT_ANSWER, Action.TRIAGE, Action.CARE_FOR_DATA))
    mails, assigns, papers = may[Action.SEE_MAILS], may[Action.ASSIGN], may[Action.RECORD_PAPER]
    return [
        *lines(Queue.HANDED_OVER, answers, _handed_over(session, actor, answers, now), True),
        *lines(Queue.UNASSIGNED, assigns, _in_hands(session, assigns, CaseFilters(unit="none"), now)),
        *lines(Queue.LEFT_BEHIND, assigns, _left_behind(session, assigns, now)),
        *lines(Queue.TO_TRANSCRIBE, may[Action.TRANSCRIBE], _unheard(session, may[Action.TRANSCRIBE])),
        *next_steps.to_check(session, triages),
        *lines(Queue.TYPED_WRONG, papers, typing_checks.how_many_wait(session, ids(papers)) if papers else {}),
        *lines(Queue.SET_APART, triages, _set_apart(session, triages)),
        *lines(Queue.DATA_REQUESTS, cares, _asked_of_data(session, cares)),
        *lines(Queue.TO_CALL, mails, calls.counts_of(session, ids(mails))),
    ]


def _of_others(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """Letters to sign, and what another body asked a word about."""
    signed = letters.to_sign(session, actor, now)
    asked = Counter(consultation for consultation, _request in coordination.asked_of(session, actor))
    return [
        *(Waiting(Queue.TO_SIGN, one.consultation, 1, draft_id=one.draft.id) for one in signed),
        *(Waiting(Queue.WORDS_ASKED, consultation, count) for consultation, count in asked.items()),
    ]


_ACTIONS = (
    Action.DRAFT_ANSWER, Action.APPROVE_ANSWER, Action.PUBLISH_ANSWERS, Action.CONFIRM_ACT, Action.ASSIGN,
    Action.TRANSCRIBE, Action.SEE_MAILS, Action.SEE_SENDERS, Action.CARE_FOR_DATA, Action.EXTEND_MATTER,
    Action.HOLD_DIALOGUE, Action.TRIAGE, Action.CONCLUDE, Action.EDIT_MATTER, Action.PUBLISH_MATTER,
    Action.REVISE_MATTER, Action.PUBLISH_REVISION, Action.RECORD_PAPER,
)  # fmt: skip


def _allowed(actor: Actor, action: Action, matters: Iterable[Consultation], now: datetime) -> list[Consultation]:
    return [one for one in matters if decide(actor, action, one, now) is None]


def _sent_back(session: Session, actor: Actor, matters: Sequence[Consultation], now: datetime) -> Counted:
    """The comments whose answer came back to who wrote its wording, or to who takes their place for a time."""
    few = wording_states.once_sent_back(ids(matters)), wording_states.waits()
    wordings = wording_states.of_matters(ids(matters), *few).subquery()
    mine = (
        wordings.c.state == AnswerState.SENT_BACK.value,
        wordings.c.written_by_id.in_(handler(session, actor, now).people),
    )
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
    return counted(session, statement, matters)


def _outdated(session: Session, actor: Actor, matters: Sequence[Consultation], now: datetime) -> Counted:
    """The comments that changed since this person, or whose place they take, wrote the answer."""
    old = outdated.comments(ids(matters), handler(session, actor, now).people).subquery()
    statement = select(old.c.consultation_id, func.count(old.c.comment_id.distinct())).group_by(old.c.consultation_id)
    return counted(session, statement, matters)


def _answers(session: Session, matters: Sequence[Consultation], state: AnswerState) -> Counted:
    wordings = wording_states.of_matters(ids(matters), wording_states.stands_as(state)).subquery()
    statement = select(wordings.c.consultation_id, func.count())
    return counted(session, statement.group_by(wordings.c.consultation_id), matters)


def _proposals(session: Session, actor: Actor, matters: Sequence[Consultation]) -> Counted:
    """What another person proposed."""
    statement = select(CommentAct.consultation_id, func.count()).where(
        CommentAct.consultation_id.in_(ids(matters)),
        CommentAct.effective_at.is_(None),
        CommentAct.refused_at.is_(None),
        CommentAct.by_id != actor.user_id,
    )
    return counted(session, statement.group_by(CommentAct.consultation_id), matters)


def _handed_over(session: Session, actor: Actor, matters: Sequence[Consultation], now: datetime) -> Counted:
    """What others handed over with a reason to this person or their units, and no answer was begun."""
    begun = select(ResponseTarget.comment_id).where(ResponseTarget.consultation_id.in_(ids(matters)))
    mine = in_hands(CaseFilters(mine=True, handed=True), handler(session, actor, now))
    return counted(session, handed(comments(matters)).where(*mine, Comment.id.not_in(begun)), matters)


def _in_hands(session: Session, matters: Sequence[Consultation], filters: CaseFilters, now: datetime) -> Counted:
    statement = handed(comments(matters)).where(*in_hands(filters, Handler(None, now=now)))
    return counted(session, statement, matters)


def _left_behind(session: Session, matters: Sequence[Consultation], now: datetime) -> Counted:
    if not left_behind.anybody(session, ids(matters), now):
        return {}
    return _in_hands(session, matters, CaseFilters(person=LEFT), now)


def _unheard(session: Session, matters: Sequence[Consultation]) -> Counted:
    return counted(session, comments(matters, *unheard()), matters)


def _set_apart(session: Session, matters: Sequence[Consultation]) -> Counted:
    """What was set apart until it is decided what it is."""
    once = visible.once_set_apart(ids(matters))
    statement = (
        select(Comment.consultation_id, func.count())
        .where(Comment.consultation_id.in_(ids(matters)), Comment.id.in_(once), *visible.set_aside())
        .group_by(Comment.consultation_id)
    )
    return counted(session, statement, matters)


def _asked_of_data(session: Session, matters: Sequence[Consultation]) -> Counted:
    """What people asked of the data they left, about which something is still owed."""
    waiting = select(DataRequest.consultation_id, func.count()).where(
        DataRequest.consultation_id.in_(ids(matters)), ~ended_expression()
    )
    return counted(session, waiting.group_by(DataRequest.consultation_id), matters)
