"""A compiled insert stores what the session would: for every table that is written so, whatever is left out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, LargeBinary, Table, Uuid
from sqlalchemy.orm import Session

from consult.compiled_statements import PreparedInsert
from consult.consultations.models import Counter
from consult.db import Base, Moment, new_id
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerNode
from consult.outbox.models import OutboxMessage
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving.models import Attachment
from tests.submissions.rows import MIDWAY, matter
from tests.submissions.stored_rows import stored_row

TABLES: list[type[Base]] = [
    Submission, Comment, CommentVersion, CommentAct, Attachment, Critique,
    LedgerEntry, LedgerNode, LedgerCheckpoint, OutboxMessage, Counter,
]  # fmt: skip


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


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__tablename__)
def test_a_compiled_insert_stores_what_the_session_stores(session: Session, model: type[Base]) -> None:
    table = model.__table__
    assert isinstance(table, Table)
    own = matter(session).id
    free = {column.key for column in table.columns if is_free(column)}
    foreign = {key.column.table.name for key in table.foreign_keys}
    assert "consultation" in foreign or model is OutboxMessage
    values = {column.key: value_of(column) for column in table.columns}
    values |= {name: own for name in ("consultation_id",) if name in values}
    of_others = {key.parent.key for key in table.foreign_keys if key.column.table.name != "consultation"}

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sets(st.sampled_from(sorted(free))) if free else st.just(set()))
    def alike(left_out: set[str]) -> None:
        row = {name: value for name, value in values.items() if name not in left_out | (of_others & free)}
        stored = []
        for write in (by_session, compiled):
            part = session.begin_nested()
            write(row)
            key = {name: row[name] for name in table.primary_key.columns.keys()}
            stored.append(stored_row(session.connection(), table, key))
            part.rollback()
        assert stored[0] == stored[1]

    def by_session(row: dict[str, Any]) -> None:
        session.add(model(**row))
        session.flush()

    def compiled(row: dict[str, Any]) -> None:
        PreparedInsert(table).put(session, [row])

    alike()
