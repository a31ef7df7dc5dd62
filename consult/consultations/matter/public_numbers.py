"""Public numbers: from a counter row, inside the transaction of the act that needs one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledInsert, CompiledStatement, Executor
from consult.consultations.models import Counter

_NEXT = CompiledStatement(
    update(Counter.__table__)  # type: ignore[arg-type]
    .where(Counter.consultation_id == bindparam("consultation"), Counter.name == bindparam("of"))
    .values(value=Counter.value + bindparam("how_many"))
    .returning(Counter.value)
)


@dataclass(slots=True)
class CounterRow:
    """A row of `counter`."""

    consultation_id: UUID
    name: str
    value: int


_FIRST = CompiledInsert(Counter, CounterRow)


def next_number(executor: Executor, consultation_id: UUID, name: str, how_many: int = 1) -> int:
    """The first of `how_many` consecutive new numbers of the kind `name`, starting from 1. Call inside `writing`."""
    row = _NEXT.first(executor, consultation=consultation_id, of=name, how_many=how_many)
    if row is not None:
        return int(row[0]) - how_many + 1
    _FIRST.insert(executor, [CounterRow(consultation_id, name, how_many)])
    return 1


def given(session: Session, consultation_id: UUID, name: str) -> int:
    """How many numbers of the kind `name` were given out so far."""
    return (
        session.scalar(select(Counter.value).where(Counter.consultation_id == consultation_id, Counter.name == name))
        or 0
    )
