"""Public numbers: from a counter row, inside the transaction of the act that needs one."""

from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from consult.consultations.models import Counter
from consult.prepared import Prepared

_NEXT = Prepared(
    update(Counter.__table__)  # type: ignore[arg-type]
    .where(Counter.consultation_id == bindparam("consultation"), Counter.name == bindparam("of"))
    .values(value=Counter.value + bindparam("how_many"))
    .returning(Counter.value)
)


def next_number(session: Session, consultation_id: UUID, name: str, how_many: int = 1) -> int:
    """The first of `how_many` consecutive new numbers of the kind `name`, starting from 1. Call inside `writing`."""
    row = _NEXT.first(session, consultation=consultation_id, of=name, how_many=how_many)
    last = row[0] if row else None
    if last is None:
        last = how_many
        session.add(Counter(consultation_id=consultation_id, name=name, value=last))
        session.flush()
    return last - how_many + 1
