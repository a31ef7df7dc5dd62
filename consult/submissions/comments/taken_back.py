"""What the public could read and may not any more: by these rows files that were made before are known to be void."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.submissions.comments.models import TakenBack


def note(session: Session, consultation_id: UUID, numbers: Collection[int]) -> None:
    """Something of these comments is public no more. Call inside `writing`, in the transaction of the act."""
    if numbers:
        position = mark(session, consultation_id) + 1
        session.add(TakenBack(consultation_id=consultation_id, position=position, least=min(numbers)))


def mark(session: Session, consultation_id: UUID) -> int:
    """The position of what was taken back last; asked before anything else is read for a file that is to be kept."""
    highest = select(func.max(TakenBack.position)).where(TakenBack.consultation_id == consultation_id)
    return session.scalar(highest) or 0


def anything_since(session: Session, consultation_id: UUID, position: int, received: int) -> bool:
    """Whether after this mark something was taken back of the comments up to the number `received`."""
    found = select(TakenBack.position).where(
        TakenBack.consultation_id == consultation_id, TakenBack.position > position, TakenBack.least <= received
    )
    return session.scalar(found.limit(1)) is not None
