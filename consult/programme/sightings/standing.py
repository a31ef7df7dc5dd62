"""A public case of which no report stands any more, since all were taken back or go another lawful way, is told to
nobody: it would look as if somebody had reported it. Once a report stands again, it is public as it was.

The log says nothing of that: it would tell which of the sightings is a denunciation.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.programme.promise_models import Promise
from consult.programme.sightings.models import CaseSighting, SightingCase
from consult.relationships import along
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment


def is_reported(session: Session, case: SightingCase) -> bool:
    """Whether a report of a case stands: neither taken back nor invalid, and not set apart. One statement."""
    own = (CaseSighting.consultation_id == case.consultation_id, CaseSighting.case_id == case.id)
    return session.scalar(_reports().where(*own).limit(1)) is not None


def after_changed(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """comment_changed: looks again at the cases that these sightings belong to. The same again changes nothing."""
    for message in messages:
        if message.consultation_id is None:
            continue
        numbers = message.payload.get("comments", ())
        for case_id in _cases_of(session, message.consultation_id, numbers):
            with writing(session, message.consultation_id):
                settle(session, session.get_one(SightingCase, (message.consultation_id, case_id)), now)


def settle(session: Session, case: SightingCase, now: datetime) -> None:
    """Hides a case of which no report stands, and shows one again of which one does; inside `writing`."""
    session.refresh(case)
    promise = session.get_one(Promise, (case.consultation_id, case.id))
    session.refresh(promise)
    reported = is_reported(session, case)
    if promise.public_at is not None and not reported:
        case.unreported_since, case.was_public_at, promise.public_at = now, promise.public_at, None
    elif case.unreported_since is not None and reported:
        case.unreported_since, case.was_public_at, promise.public_at = None, None, case.was_public_at
    else:
        return
    session.get_one(Consultation, case.consultation_id).touch()


@cache
def _reports() -> Select[UUID]:
    gone = or_(set_apart_expression(), outcome_is(Outcome.WITHDRAWN, Outcome.INVALID))
    return select(CaseSighting.comment_id).join(CaseSighting.comment).where(~gone)


def _cases_of(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> Sequence[UUID]:
    """The cases of these comments that are public or were; most matters have none."""
    own = (CaseSighting.consultation_id == consultation_id, Comment.number.in_(numbers))
    told = or_(Promise.public_at.is_not(None), SightingCase.unreported_since.is_not(None))
    found = select(SightingCase.id).distinct().join(SightingCase.sightings).join(CaseSighting.comment)
    return session.scalars(found.join(Promise, along(SightingCase.promise)).where(*own, told)).all()
