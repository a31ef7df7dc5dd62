"""Rows of `rows.py` as plain values. A public list reads twenty comments with all that was done to them and shows most
of them as it did before: making entities of them took longer than all the rest of its page. What nobody is shown is not
read at all."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, inspect
from sqlalchemy.orm import Session

from consult.responses.models import ResponseVersion
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.models import Transcript

SHOWN: Mapping[type[Any], tuple[str, ...]] = {
    Comment: (
        "id", "number", "path", "quote", "box", "topic", "critique_part", "split_from_id", "moved_from", "received_at",
    ),
    CommentVersion: ("version", "at", "stance", "text", "proposed", "reason", "text_salt"),
    Submission: (
        "kind", "channel", "organisation_id", "sender_name", "publish_name", "name_hidden_at", "identity_salt",
    ),
    CommentAct: ("id", "kind", "effective_at", "reason", "details"),
    Transcript: ("language", "transcript", "translation", "salt"),
    ResponseVersion: ("disposition", "text", "change", "change_path", "written_at"),
}  # fmt: skip
"""What of each table says something to the public, or decides what does; the first is never empty of a row there is."""


@dataclass(frozen=True)
class PlainRows:
    """A statement that gives plain values, and what makes a row with the names of the other one of them."""

    statement: Select[Any]
    row: Callable[[Sequence[Any]], Any]

    def all(self, session: Session, **parameters: Any) -> list[Any]:
        """The rows for these parameters."""
        return list(map(self.row, session.connection().execute(self.statement, parameters)))


def plain(statement: Select[Any]) -> PlainRows:
    """The same rows as those of a statement with entities of SHOWN, each with what is SHOWN of it and the properties of
    its own that follow from that; None where an outer join found none."""
    columns: list[Any] = []
    parts: list[Callable[[Sequence[Any]], Any]] = []
    names: list[str] = []
    for told in statement.column_descriptions:
        names.append(told["name"])
        model = inspect(told["entity"]).mapper.class_ if told["expr"] is told["entity"] else None
        parts.append(_part(len(columns), model))
        columns += [getattr(told["expr"], name) for name in SHOWN[model]] if model else [told["expr"]]
    made = cast(Any, namedtuple("CommentRow", names))
    return PlainRows(statement.with_only_columns(*columns), lambda values: made(*[part(values) for part in parts]))


def _part(start: int, model: type[Any] | None) -> Callable[[Sequence[Any]], Any]:
    if model is None:
        return lambda values: values[start]
    own = {name: value for name, value in vars(model).items() if isinstance(value, property)}
    made = cast(Any, type(model.__name__, (namedtuple(model.__name__, SHOWN[model]),), {"__slots__": (), **own}))
    end = start + len(SHOWN[model])
    return lambda values: None if values[start] is None else made._make(values[start:end])
