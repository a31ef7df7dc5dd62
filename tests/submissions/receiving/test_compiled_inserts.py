"""A compiled insert stores what the session would: for every table that is written so, whatever is left out."""

from dataclasses import fields, make_dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, LargeBinary, Table, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from consult.compiled_statements import CompiledInsert
from consult.consultations.matter.public_numbers import CounterRow
from consult.consultations.models import Counter
from consult.db import Base, Moment, new_id
from consult.ledger.log import CheckpointRow, EntryRow, NodeRow
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerNode
from consult.outbox.models import OutboxMessage
from consult.outbox.service import MessageRow
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.rows import (
    ActRow,
    AttachmentRow,
    CommentRow,
    CritiqueRow,
    SubmissionRow,
    VersionRow,
)
from tests.submissions.rows import MIDWAY, matter
from tests.submissions.stored_rows import stored_row

ROWS: dict[type[Base], type[Any]] = {
    Submission: SubmissionRow, Comment: CommentRow, CommentVersion: VersionRow, CommentAct: ActRow,
    Attachment: AttachmentRow, Critique: CritiqueRow, LedgerEntry: EntryRow, LedgerNode: NodeRow,
    LedgerCheckpoint: CheckpointRow, OutboxMessage: MessageRow, Counter: CounterRow,
}  # fmt: skip


def value_of(column: Column[Any]) -> Any:
    """Some value of the column's type; what only a foreign row could be is left out."""
    kinds = {
        JSON: {"số": [1, None]},
        Boolean: True,
        Date: date(2027, 3, 10),
        Integer: 7,
        LargeBinary: b"\x00\xff",
        Moment: MIDWAY,
        Uuid: new_id(),
    }
    if isinstance(column.type, Enum):
        assert column.type.enum_class is not None
        return list(column.type.enum_class)[-1]
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), f"'{column.name}' và \\")


def is_free(column: Column[Any]) -> bool:
    """Whether a row may leave the column out: no value, or what stands beside it when nothing is said."""
    return not column.primary_key and (column.nullable or column.default is not None)


def nothing(column: Column[Any]) -> Any:
    """What a session stores where nothing is said."""
    default: Any = column.default
    return None if default is None else default.arg if default.is_scalar else default.arg(None)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__tablename__)
def test_a_compiled_insert_stores_what_the_session_stores(session: Session, model: type[Base]) -> None:
    table, row_type = model.__table__, ROWS[model]
    assert isinstance(table, Table)
    columns = [table.c[field.name] for field in fields(row_type)]
    foreign = {key.parent.key for key in table.foreign_keys if key.parent.table is table and key.column.table.name}
    own = {"consultation_id": matter(session).id}
    values = {column.key: value_of(column) for column in columns} | own
    free = {column.key for column in columns if is_free(column)}
    unknown = {column.key for column in columns if column.key in foreign & free}

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sets(st.sampled_from(sorted(free))) if free else st.just(set()))
    def alike(left_out: set[str]) -> None:
        said = {name: value for name, value in values.items() if name not in left_out | unknown}
        unsaid = {column.key: nothing(column) for column in columns if column.key not in said}
        stored = []
        for write in (by_session, compiled):
            part = session.begin_nested()
            write(said, unsaid)
            key = {name: said[name] for name in primary}
            stored.append(stored_row(session.connection(), table, key))
            part.rollback()
        assert stored[0] == stored[1]

    def by_session(said: dict[str, Any], _unsaid: dict[str, Any]) -> None:
        session.add(model(**said))
        session.flush()

    def compiled(said: dict[str, Any], unsaid: dict[str, Any]) -> None:
        CompiledInsert(model, row_type).insert(session, [row_type(**said, **unsaid)])

    primary = [column.key for column in table.primary_key]
    alike()


def test_a_row_that_does_not_fit_its_table_is_refused_when_its_module_is_imported() -> None:
    named = [(field.name, field.type) for field in fields(CommentRow)]
    misspelt = [("languag" if name == "path" else name, kind) for name, kind in named]
    for wrong, said in ((misspelt, "languag, path"), (named[:-1], named[-1][0]), ([*named, ("colour", str)], "colour")):
        with pytest.raises(TypeError, match=f"WrongRow does not fit the table comment: {said}$"):
            CompiledInsert(Comment, make_dataclass("WrongRow", wrong))


def test_a_default_that_only_a_session_would_fill_in_is_not_left_out() -> None:
    class Own(DeclarativeBase):
        pass

    class Kept(Own):
        __tablename__ = "kept"
        id: Mapped[int] = mapped_column(primary_key=True)
        language: Mapped[str | None] = mapped_column(default="vi")

    with pytest.raises(TypeError, match="the table kept: language$"):
        CompiledInsert(Kept, make_dataclass("KeptRow", [("id", int)]))


@pytest.mark.parametrize("row_type", ROWS.values())
def test_a_misspelt_column_is_refused_at_once(row_type: type[Any]) -> None:
    given = {field.name: None for field in fields(row_type)}
    made = row_type(**given)
    with pytest.raises(TypeError):
        row_type(**given, letter_numbr="12/CV")
    with pytest.raises(AttributeError):
        made.letter_numbr = "12/CV"


def test_whoever_inserts_a_row_of_another_kind_is_told(session: Session) -> None:
    with pytest.raises(KeyError):
        insert_rows(session, [Comment(consultation_id=new_id())])  # type: ignore[list-item]
