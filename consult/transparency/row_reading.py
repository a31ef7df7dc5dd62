"""Reading the rows of a matter so that one that cannot be read is named, not a fault."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, literal_column, select, text, union_all
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.command_line.words import say_in
from consult.db import Base, OfConsultation
from consult.ledger.entries import moment

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, SQLAlchemyError)


class Told:
    """What does not hold, or what it does not hold of: the code of a sentence of the catalogues and its values, some of
    which may be such themselves. As text it is English, as in logs; commands tell it in the operator's language."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values

    def in_language(self, language: str) -> str:
        """The sentence in `language`."""
        said = {
            name: value.in_language(language) if isinstance(value, Told) else value
            for name, value in self.values.items()
        }
        return say_in(language, self.code, said)

    def __str__(self) -> str:
        return self.in_language("en")


class Tampered(Exception):
    """Something in the database is not as the log says; `told` names the entry or row in one sentence."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told


def require(holds: bool, told: Told) -> None:
    """Raises Tampered with `told` unless it holds."""
    if not holds:
        raise Tampered(told)


def rows_of(session: Session, model: Any, consultation_id: UUID, *order: Any) -> Sequence[Any]:
    """All rows of a matter in a table. Raises Tampered with the first that cannot be read."""
    try:
        return session.scalars(_of_matter(model, *order), {"matter": consultation_id}).all()
    except UNREADABLE as error:
        statement = select(model).where(model.consultation_id == consultation_id)
        raise Tampered(_first_unreadable(session, model, statement)) from error


def check_readable(session: Session, consultation_id: UUID) -> int:
    """Reads every row that belongs to the matter, in whatever table; gives how many there are. Raises Tampered."""
    tables: list[Any] = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, OfConsultation)]
    tables.sort(key=lambda model: str(model.__tablename__))
    try:
        places = sorted(session.scalars(_with_rows(*tables), {"matter": consultation_id}))
    except UNREADABLE:
        # A damaged file: each is asked by itself, and the first that cannot be read is named.
        places = list(range(len(tables)))
    return sum(len(rows_of(session, tables[place], consultation_id)) for place in places)


@cache
def _of_matter(model: Any, *order: Any) -> Select[Any]:
    """A verification asks hundreds of times, and to put the question takes as long as to answer it."""
    return select(model).where(model.consultation_id == bindparam("matter")).order_by(*order)


@cache
def _with_rows(*tables: Any) -> Any:
    """The places in `tables` of those that have a row of the matter: most have none."""
    return union_all(
        *(
            select(literal_column(str(place))).where(exists().where(model.consultation_id == bindparam("matter")))
            for place, model in enumerate(tables)
        )
    )


def _first_unreadable(session: Session, model: Any, statement: Any) -> Told:
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
            return Told("tampered.the_row_cannot_be_read", name=table.name, value="/".join(str(part) for part in key))
    return Told("tampered.a_row_cannot_be_read", name=table.name)


def same_moment(stored: datetime | None, written: str | None) -> bool:
    """Whether a stored instant is the one that an entry writes, to the second."""
    return (moment(stored) if stored is not None else None) == written
