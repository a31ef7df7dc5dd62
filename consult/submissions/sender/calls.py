"""Calls: whom the desk has to telephone, since they left a number and no message reached them; who did, and how it
ended. What was promised stands here until it is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid
from consult.policy import Action, Actor, require
from consult.submissions.models import Joiner, Submission
from consult.submissions.sender.models import Call, CallAttempt
from consult.submissions.words import CALL_ENDING, CallOutcome, ContactKind
from consult.text import stored

NOTE_LIMIT = 2_000
MOST = 200
"""So many are listed at once; what is done makes room for the next."""


def promise(
    session: Session, consultation_id: UUID, message_id: UUID, facts: Mapping[str, Any], why: str, now: datetime
) -> None:
    """Somebody has to call. `facts` are those of the message, which names whom by `submission` or `joiner`; asked for
    twice by one message it is one call."""
    with writing(session, consultation_id):
        there = (Call.consultation_id == consultation_id, Call.message_id == message_id)
        if session.scalar(select(Call.id).where(*there)) is not None:
            return
        whom = {name: UUID(facts[name]) if name in facts else None for name in ("submission", "joiner")}
        session.add(
            Call(
                consultation_id=consultation_id,
                id=new_id(),
                message_id=message_id,
                notice=facts["notice"],
                submission_id=whom["submission"],
                joiner_id=whom["joiner"],
                facts=dict(facts),
                why=why,
                asked_at=now,
            )  # fmt: skip
        )


def waiting(session: Session, consultation_id: UUID, *which: ColumnElement[bool], most: int = MOST) -> Sequence[Call]:
    """The calls of a matter that somebody has to make, or `which` of them; the oldest first, at most so many."""
    return session.scalars(
        _waiting(select(Call))
        .where(Call.consultation_id == consultation_id, *which)
        .options(
            joinedload(Call.submission), joinedload(Call.joiner), selectinload(Call.attempts).joinedload(CallAttempt.by)
        )
        .order_by(Call.asked_at, Call.id)
        .limit(most)
    ).all()


def count(session: Session, consultation_id: UUID) -> int:
    """How many of them there are."""
    found = _waiting(select(func.count(Call.id))).where(Call.consultation_id == consultation_id)
    return session.scalar(found) or 0


def counts_of(session: Session, consultation_ids: Collection[UUID]) -> dict[UUID, int]:
    """The same of several matters, of those where somebody waits."""
    found = _waiting(select(Call.consultation_id, func.count(Call.id))).where(
        Call.consultation_id.in_(consultation_ids)
    )
    return {one: number for one, number in session.execute(found.group_by(Call.consultation_id))}


def backlog(session: Session, before: datetime) -> tuple[int, int]:
    """Of all matters: how many calls wait, and how many of them since before an instant."""
    old = func.count(Call.id).filter(Call.asked_at < before)
    row = session.execute(_waiting(select(func.count(Call.id), old))).one()
    return row[0], row[1]


def record(
    session: Session, consultation: Consultation, chosen: Collection[UUID], outcome: CallOutcome, note: str,
    actor: Actor, now: datetime,
) -> list[Call]:  # fmt: skip
    """Somebody called, or told it otherwise: those of these calls that wait get a line, and end where it says so. Gives
    them; none when somebody else was first. Raises Invalid({"note": "too_long"}) and Refused with the policy's
    reason."""
    said, by_id = stored(note), person(actor)
    if len(said) > NOTE_LIMIT:
        raise Invalid({"note": "too_long"})
    with writing(session, consultation.id):
        require(actor, Action.SEE_MAILS, consultation, now)
        named = (Call.consultation_id == consultation.id, Call.id.in_(chosen), Call.ended_at.is_(None))
        found = list(session.scalars(select(Call).where(*named).order_by(Call.id)))
        for call in found:
            session.add(
                CallAttempt(
                    consultation_id=consultation.id,
                    id=new_id(),
                    call_id=call.id,
                    at=now,
                    by_id=by_id,
                    outcome=outcome,
                    note=said,
                )  # fmt: skip
            )
            if outcome in CALL_ENDING:
                call.ended_at = now
    return found


def _waiting(statement: Any) -> Any:
    return statement.outerjoin(Call.submission).outerjoin(Call.joiner).where(_stands())


@cache
def _stands() -> ColumnElement[bool]:
    """Nobody has ended it, and the number is still there."""
    sender = and_(Submission.contact_kind == ContactKind.TELEPHONE, Submission.contact != "")
    joiner = and_(Joiner.contact_kind == ContactKind.TELEPHONE, Joiner.contact != "", Joiner.withdrawn_at.is_(None))
    return and_(Call.ended_at.is_(None), or_(sender, joiner))
