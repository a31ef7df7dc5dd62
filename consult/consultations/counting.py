"""Public numbers: from a counter row, inside the transaction of the act that needs one."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.consultations.models import Counter


def next_number(session: Session, consultation_id: UUID, name: str, how_many: int = 1) -> int:
    """The first of `how_many` consecutive new numbers of the kind `name`, starting from 1. Call inside `writing`."""
    last: int | None = session.scalar(
        update(Counter)
        .where(Counter.consultation_id == consultation_id, Counter.name == name)
        .values(value=Counter.value + how_many)
        .returning(Counter.value)
        .execution_options(synchronize_session=False)
    )
    if last is None:
        last = how_many
        session.add(Counter(consultation_id=consultation_id, name=name, value=last))
        session.flush()
    return last - how_many + 1
