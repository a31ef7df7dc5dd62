"""Relationships between rows of one matter, read-only, and the conditions that statements join along them by.

A statement names the relationship (`.join(Comment.submission)`, `along(Assignment.comment)`) and never compares the
columns itself: then no join can forget that both rows are of the same matter. Writing goes through the id columns: a
writable composite relationship warns, or blanks out the shared key.
"""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.orm import DeclarativeBase, aliased, relationship

Entity = TypeVar("Entity", bound=DeclarativeBase)


def belongs_to(column: str, target: str) -> Any:
    """A relationship from `column` ("Comment.document_id") to the row of `target` ("Document") that it names."""
    child = column.split(".")[0]
    return relationship(
        target,
        primaryjoin=(
            f"and_(foreign({column}) == remote({target}.id), {child}.consultation_id == "
            f"remote({target}.consultation_id))"
        ),
        viewonly=True,
        uselist=False,
    )


def has_many(parent: str, column: str, order_by: str, lazy: Any = "select") -> Any:
    """The other side of `belongs_to`: the rows whose `column` names this one; with `lazy` "selectin" those of all rows
    that are read together, in one more statement."""
    child = column.split(".")[0]
    return relationship(
        child,
        primaryjoin=f"and_(foreign({column}) == {parent}.id, {child}.consultation_id == {parent}.consultation_id)",
        viewonly=True,
        order_by=order_by,
        lazy=lazy,
    )


def beside(column: str, other: str) -> Any:
    """A relationship to the rows whose column `other` ("Critique.submission_id") has the same value as this row's
    `column` ("Comment.submission_id"), this row itself among them. For statements only: nothing is loaded by it."""
    here, there = column.split(".")[0], other.split(".")[0]
    return relationship(
        there,
        primaryjoin=(
            f"and_({column} == remote(foreign({other})), {here}.consultation_id == remote({there}.consultation_id))"
        ),
        viewonly=True,
        lazy="raise",
    )


def along(joined: Any) -> ColumnElement[bool]:
    """The condition of a relationship (`Comment.acts`, or under another name `Comment.acts.of_type(act)`), for a
    subquery that correlates or a join that asks for more."""
    condition: ColumnElement[bool] = joined.__clause_element__()
    return condition


def under_name(model: type[Entity], name: str) -> type[Entity]:
    """`model` under another name, for statements of a whole module: threads that put their first statements together at
    once share it. SQLAlchemy notes what its columns stand for when that is first asked, column by column; who asks
    meanwhile would be given the table of no name, which is in no statement. So that is asked here, at import."""
    made = aliased(model, name=name)
    own = inspect(model).local_table
    inspect(made).selectable.corresponding_column(next(iter(own.c)))
    return made
