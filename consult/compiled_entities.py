"""Entities from a compiled statement, for what every page of a matter begins with: the session's own work on one row of
four entities takes twice as long as the row.

They are put into a session that has nothing yet, so that nothing it knows can be overlooked; afterwards they are as if
it had read them: what is not in the row is read when it is asked for, what is changed is written.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import DeclarativeBase, Session, aliased, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from consult.compiled_statements import CompiledStatement

Entity = TypeVar("Entity", bound=DeclarativeBase)


class CompiledEntity(Generic[Entity]):
    """The row of `model` for which `condition` holds, with the rows that its relationships `beside` it lead to: a row
    that has none of one of them would not be found, so their columns are those that may not be empty."""

    def __init__(self, model: type[Entity], condition: ColumnElement[bool], beside: Sequence[str]) -> None:
        self.beside = beside
        found = [(name, aliased(cast(Any, inspect(model).relationships[name].mapper.class_))) for name in beside]
        parts = (model, *(there for _, there in found))
        self.parts = [(inspect(part).mapper.class_, _names(part)) for part in parts]
        columns = [getattr(part, name) for part in parts for name in _names(part)]
        statement = select(*columns).where(condition)
        for name, there in found:
            statement = statement.join(getattr(model, name).of_type(there))
        self.statement = CompiledStatement(statement)

    def first(self, session: Session, **asked: Any) -> Entity | None:
        """The entity, put into a session that has none yet; None when there is no such row."""
        row = self.statement.first(session, **asked)
        if row is None:
            return None
        values = iter(row)
        entity, *beside = [_placed(session, model, names, values) for model, names in self.parts]
        for name, there in zip(self.beside, beside, strict=True):
            set_committed_value(entity, name, there)
        return cast(Entity, entity)


def is_empty(session: Session) -> bool:
    """Whether a session has nothing that it read or is to write."""
    return next(iter(session), None) is None


def _names(model: Any) -> list[str]:
    return [column.key for column in inspect(model).mapper.column_attrs]


def _placed(session: Session, model: Any, names: Sequence[str], values: Iterator[Any]) -> Any:
    """The entity of the next of `values`; the same one for the same row."""
    read = dict(zip(names, values))  # noqa: B905 (what is left of the values is of the next)
    known = session.identity_map.get(identity_key(model, read["id"]))
    if known is not None:
        return known
    entity = inspect(model).class_manager.new_instance()
    vars(entity).update(read)
    make_transient_to_detached(entity)
    session.add(entity)
    return entity
