"""Public numbers: from a counter row, inside the transaction of the act that needs one."""

from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Counter


def next_number(session: Session, consultation_id: UUID, name: str, how_many: int = 1) -> int:
    """The first of `how_many` consecutive new numbers of the kind `name`, starting from 1. Call inside `writing`."""
    counter = session.get(Counter, (consultation_id, name))
    if counter is None:
        counter = Counter(consultation_id=consultation_id, name=name, value=0)
        session.add(counter)
    first = counter.value + 1
    counter.value += how_many
    session.flush()
    return first
