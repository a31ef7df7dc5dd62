"""Reading the rows of a matter so that one that cannot be read is named, not a fault."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.db import Base, OfConsultation

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, SQLAlchemyError)


class Tampered(Exception):
    """Something in the database is not as the log says; the message names the entry or row in one sentence."""


def require(holds: bool, sentence: str) -> None:
    """Raises Tampered with `sentence` unless it holds."""
    if not holds:
        raise Tampered(sentence)


def rows_of(session: Session, model: Any, consultation_id: UUID, *order: Any) -> Sequence[Any]:
    """All rows of a matter in a table. Raises Tampered with the first that cannot be read."""
    statement = select(model).where(model.consultation_id == consultation_id)
    try:
        return session.scalars(statement.order_by(*order)).all()
    except UNREADABLE as error:
        raise Tampered(_first_unreadable(session, model, statement)) from error


def check_readable(session: Session, consultation_id: UUID) -> int:
    """Reads every row that belongs to the matter, in whatever table; gives how many there are. Raises Tampered."""
    tables: list[Any] = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, OfConsultation)]
    tables.sort(key=lambda model: str(model.__tablename__))
    return sum(len(rows_of(session, model, consultation_id)) for model in tables)


def _first_unreadable(session: Session, model: Any, statement: Any) -> str:
    """The sentence for the first row that cannot be read, found by keys as they are stored."""
    table = model.__table__
    own = [column.name for column in table.primary_key if column.name != "consultation_id"]
    keys = session.execute(statement.with_only_columns(*[literal_column(f'"{name}"') for name in own])).all()
    for key in keys:
        given = {f"key_{place}": value for place, value in enumerate(key)}
        same = " AND ".join(f'"{name}" = :key_{place}' for place, name in enumerate(own))
        try:
            session.scalars(statement.where(text(same).bindparams(**given))).all()
        except UNREADABLE:
            return f"{table.name} {'/'.join(str(part) for part in key)}: the row cannot be read"
    return f"{table.name}: a row cannot be read"
