"""The sheets that are kept: laid before a leader as a paper, or made by what a leader decided without one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state, list_hash
from consult.responses.answers.answer_state import Answer
from consult.responses.models import ApprovalSheet
from consult.responses.words import AnswerState


def draw_up(session: Session, consultation: Consultation, actor: Actor, now: datetime) -> ApprovalSheet:
    """The sheet of all answers that wait for approval, as they stand; the newest sheet when it lists exactly these.
    Raises Refused: the policy's reason, `nothing_to_approve`."""
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        found = answer_state.read(session, consultation.id)
        waiting = [answer for answer in found if answer.state is AnswerState.DRAFTED]
        if not waiting:
            raise Refused("nothing_to_approve")
        kept = _newest(session, consultation.id)
        mark = list_hash.over(consultation.id, list_hash.entries(waiting))
        return kept if kept is not None and kept.hash == mark else _made(session, consultation.id, waiting, actor, now)


def sheet_for(
    session: Session, consultation_id: UUID, found: Sequence[Answer], actor: Actor, now: datetime
) -> ApprovalSheet:
    """On which sheet these answers were decided: the newest one when it lists them all in these versions, else a new
    one of these alone. Inside the transaction of the decision."""
    kept = _newest(session, consultation_id)
    if kept is not None and set(list_hash.entries(found)) <= {tuple(one) for one in kept.entries}:
        return kept
    return _made(session, consultation_id, found, actor, now)


def all_of(session: Session, consultation_id: UUID) -> list[ApprovalSheet]:
    """The sheets of a matter, the newest first."""
    wanted = select(ApprovalSheet).where(ApprovalSheet.consultation_id == consultation_id)
    return list(session.scalars(wanted.order_by(ApprovalSheet.number.desc())))


def one(session: Session, consultation_id: UUID, number: int) -> ApprovalSheet:
    """The sheet with this number; raises NotFound."""
    wanted = select(ApprovalSheet).where(ApprovalSheet.consultation_id == consultation_id)
    found = session.scalars(wanted.where(ApprovalSheet.number == number)).one_or_none()
    if found is None:
        raise NotFound
    return found


def decided_on(session: Session, consultation_id: UUID, found: Iterable[Answer]) -> dict[UUID, ApprovalSheet]:
    """By the ids of answers: the sheet on which the present wording was decided, where it is known."""
    by_answer = {answer.response.id: answer.decision.sheet_id for answer in found if answer.decision is not None}
    wanted = {key for key in by_answer.values() if key is not None}
    rows = select(ApprovalSheet).where(ApprovalSheet.consultation_id == consultation_id, ApprovalSheet.id.in_(wanted))
    sheets = {sheet.id: sheet for sheet in session.scalars(rows)}
    return {key: sheets[sheet_id] for key, sheet_id in by_answer.items() if sheet_id in sheets}


def _newest(session: Session, consultation_id: UUID) -> ApprovalSheet | None:
    wanted = select(ApprovalSheet).where(ApprovalSheet.consultation_id == consultation_id)
    return session.scalars(wanted.order_by(ApprovalSheet.number.desc()).limit(1)).one_or_none()


def _made(
    session: Session, consultation_id: UUID, found: Sequence[Answer], actor: Actor, now: datetime
) -> ApprovalSheet:
    before = _newest(session, consultation_id)
    listed = list_hash.entries(found)
    sheet = ApprovalSheet(
        consultation_id=consultation_id,
        id=new_id(),
        number=before.number + 1 if before else 1,
        hash=list_hash.over(consultation_id, listed),
        entries=[list(each) for each in listed],
        at=now,
        by_id=actor.user_id,
    )
    session.add(sheet)
    session.flush()
    return sheet
