"""Erasing what a sender left: one person proposes it, another carries it out, and nothing brings it back.

Of the words nothing may be read any more, so what says them is closed (`closing`); the other entries and hashes of the
log stay as they are. What others have joined is theirs too, and what was passed on is kept under the law
it was passed on by: the words of these are not erased here.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.outbox.service import emit
from consult.policy import Actor
from consult.responses.data_requests import blanking, closing
from consult.responses.data_requests.erasing_again import KIND, noted_as
from consult.responses.data_requests.models import DataRequest, DataRequestAct
from consult.responses.data_requests.service import add_act, open_one
from consult.responses.data_requests.standing import latest
from consult.responses.data_requests.words import RequestActKind, RequestKind, Scope
from consult.submissions.comments import act_rules, comment_state, joiner_counts
from consult.submissions.comments.act_recording import tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment, Submission


def propose(
    session: Session, consultation: Consultation, number: int, scope: Collection[str], actor: Actor, now: datetime
) -> DataRequestAct:
    """Proposes what is to be erased for a request. Raises NotFound; Invalid({"scope": code}); Refused: the policy's
    reason, `data_request_ended`, `already_proposed`, `joined_not_erased`, `passed_on_not_erased`,
    `critique_not_erased`.
    """
    chosen = {Scope(one) for one in scope if one in set(Scope)}
    if not chosen:
        raise Invalid({"scope": "choose_one"})
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, (RequestKind.ERASURE,))
        if _proposed(request) is not None:
            raise Refused("already_proposed")
        if Scope.WORDS in chosen:
            _check(session, consultation, _states(session, request))
        return add_act(session, request, RequestActKind.PROPOSED, actor, now, scope=chosen)


def refuse(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """A proposal is set aside, by its proposer or another; the request goes on waiting. Raises NotFound; Refused: the
    policy's reason, `data_request_ended`, `already_decided`."""
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, (RequestKind.ERASURE,))
        if _proposed(request) is None:
            raise Refused("already_decided")
        add_act(session, request, RequestActKind.NOT_CONFIRMED, actor, now)


def confirm(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> list[str]:
    """Erases what another person proposed; gives the hashes of the files that nobody needs any more, which the ring
    lets go of (`data_erased`).

    Raises NotFound; Refused: the policy's reason, `data_request_ended`, `already_decided`, `second_person_needed`, and
    those of `propose`.
    """
    with writing(session, consultation.id):
        request = open_one(session, consultation, number, actor, now, (RequestKind.ERASURE,))
        proposal = _proposed(request)
        if proposal is None:
            raise Refused("already_decided")
        confirmed = person(actor)
        if proposal.by_id == confirmed:
            raise Refused("second_person_needed")
        scope, found, files = set(proposal.scope), _states(session, request), list[str]()
        submission = session.get_one(Submission, (consultation.id, request.submission_id))
        by = closing.TwoPeople(proposal.by_id, confirmed)
        blanking.overwrite(session)
        if Scope.WORDS in scope:
            _check(session, consultation, found)
            closing.close(session, consultation, found, by, now)
            files = blanking.words(session, submission, [one.comment for one in found])
        if Scope.SENDER in scope:
            blanking.sender(session, submission)
        blanking.kept_words(session, submission, [one.comment for one in found])
        add_act(session, request, RequestActKind.ERASED, actor, now, scope=scope)
        _tell(session, consultation, found, files, request, scope, by, now)
        session.flush()
        session.expire_all()
        return files


def _tell(
    session: Session, consultation: Consultation, found: Sequence[CommentState], files: list[str],
    request: DataRequest, scope: Collection[str], by: closing.TwoPeople, now: datetime,
) -> None:  # fmt: skip
    """Pages, files and the index forget whatever they had of these comments, and backups will."""
    numbers = [one.comment.number for one in found]
    tell(session, consultation, numbers, "erased", now)
    noted = noted_as(KIND, request.submission_id, sorted(scope), by)
    emit(session, "data_erased", now, consultation.id, comments=numbers, files=files, erased=noted)


def _check(session: Session, consultation: Consultation, found: Sequence[CommentState]) -> None:
    joined = joiner_counts.counts(session, consultation.id, [one.comment.id for one in found])
    comment_state.refuse_unless((one.comment.id not in joined for one in found), list(found), "joined_not_erased")
    for code, allows in act_rules.ERASED:
        comment_state.refuse_unless((allows(one, consultation) for one in found), list(found), code)


def _states(session: Session, request: DataRequest) -> list[CommentState]:
    numbers = session.scalars(
        select(Comment.number).where(
            Comment.consultation_id == request.consultation_id, Comment.submission_id == request.submission_id
        )
    ).all()
    return comment_state.read(session, request.consultation_id, numbers)


def _proposed(request: DataRequest) -> DataRequestAct | None:
    last = latest(request)
    return last if last is not None and last.kind is RequestActKind.PROPOSED else None
