"""The dialogues to which a body is called over the answers to its letters."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consult import clock
from consult.consultations.models import Consultation
from consult.responses.second_words.models import Dialogue
from consult.submissions.models import Submission

TOLD_FOR = timedelta(days=1)
"""So long after its beginning it still stands on the first page."""


def to_come(
    session: Session, bodies: Collection[UUID], now: datetime
) -> list[tuple[Dialogue, Submission, Consultation]]:
    """Those over letters of these bodies that are neither recorded nor called anew since, the next first, each with its
    letter and matter. Two statements."""
    since = clock.start_of_day(clock.local_day(now - TOLD_FOR))
    rows = session.execute(
        select(Dialogue, Submission, Consultation)
        .join(Dialogue.submission)
        .join(Consultation, Consultation.id == Dialogue.consultation_id)
        .where(Submission.organisation_id.in_(bodies))
        .options(selectinload(Dialogue.points))
        .order_by(Dialogue.starts_at, Dialogue.id)
    ).all()
    last = {point.comment_id: 0 for dialogue, *_rest in rows for point in dialogue.points}
    for dialogue, *_rest in rows:
        last |= {point.comment_id: max(dialogue.number, last[point.comment_id]) for point in dialogue.points}
    return [
        (dialogue, submission, matter)
        for dialogue, submission, matter in rows
        if dialogue.recorded_at is None
        and dialogue.starts_at >= since
        and all(last[point.comment_id] == dialogue.number for point in dialogue.points)
    ]
