"""Rows of `rows.py` as plain values. A public list reads twenty comments with all that was done to them and shows most
of them as it did before: making entities of them took longer than all the rest of its page, and so did making anew what
the same rows say. What nobody is shown is not read at all."""

import pickle
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeVar, cast

from sqlalchemy import Select, inspect
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement, Read
from consult.reading.kept_pieces import kept_pieces
from consult.responses.models import ResponseVersion
from consult.submissions.models import Comment, CommentAct, CommentVersion, Submission
from consult.submissions.receiving.models import Transcript

Told = TypeVar("Told")
Values = Sequence[Any]

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
class _Made:
    """What was made of so much."""

    made: Any
    letters: int

    def __len__(self) -> int:
        return self.letters


@dataclass(frozen=True)
class PlainRows:
    """A statement whose rows are plain values, the last of them the same in all; and what makes a row with the names of
    the statement that it stands for."""

    statement: CompiledStatement
    row: Callable[[Values], Any]

    def told(self, session: Session, tell: Callable[[Sequence[Any]], Told], **asked: Any) -> tuple[list[Told], Any]:
        """What `tell` makes of the rows of each comment, where the first of them comes, and the value that all rows
        have; None when there are none. Of whom the database has what it had, is told what was told: `tell` goes by the
        rows alone, gives nothing that is not public, and nobody changes what it gives."""
        found, read = self.statement.unread(session, **asked)
        of_each: dict[Any, list[Values]] = {}
        for values in found:
            of_each.setdefault(values[0], []).append(values)
        told = [self._of(same, read, tell) for same in of_each.values()]
        return told, found[0][-1] if found else None

    def _of(self, same: Sequence[Values], read: Read, tell: Callable[[Sequence[Any]], Told]) -> Told:
        # Of the rows themselves nothing is kept: they hold names that nobody is shown.
        rows = pickle.dumps([values[:-1] for values in same])
        key, said = ("rows", same[0][0]), blake2b(rows).digest()
        kept: _Made | None = kept_pieces.of(key, said)
        if kept is None:
            kept = _Made(tell([self.row(read(values)) for values in same]), len(rows))
            kept_pieces.keep(key, said, kept)
        return cast(Told, kept.made)


def plain(statement: Select[Any]) -> PlainRows:
    """The same rows as those of a statement with entities of SHOWN, each with what is SHOWN of it and the properties of
    its own that follow from that; None where an outer join found none. The statement ends in what all its rows share,
    which is none of theirs."""
    columns: list[Any] = []
    parts: list[Callable[[Values], Any]] = []
    *own, shared = statement.column_descriptions
    for told in own:
        model = inspect(told["entity"]).mapper.class_ if told["expr"] is told["entity"] else None
        parts.append(_part(len(columns), model))
        columns += [getattr(told["expr"], name) for name in SHOWN[model]] if model else [told["expr"]]
    made = cast(Any, namedtuple("CommentRow", [told["name"] for told in own]))
    whole = CompiledStatement(statement.with_only_columns(*columns, shared["expr"]))
    return PlainRows(whole, lambda values: made(*[part(values) for part in parts]))


def _part(start: int, model: type[Any] | None) -> Callable[[Values], Any]:
    if model is None:
        return lambda values: values[start]
    own = {name: value for name, value in vars(model).items() if isinstance(value, property)}
    made = cast(Any, type(model.__name__, (namedtuple(model.__name__, SHOWN[model]),), {"__slots__": (), **own}))
    end = start + len(SHOWN[model])
    return lambda values: None if values[start] is None else made._make(values[start:end])
