"""The rows of submissions on their way into the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from consult.compiled_statements import PreparedInsert
from consult.db import Base
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.submission_rows import Sheet

_TABLES = (Submission, Comment, CommentVersion, CommentAct, Attachment, Critique)
_INSERTS: dict[type[Base], PreparedInsert] = {
    table: PreparedInsert(Base.metadata.tables[table.__tablename__]) for table in _TABLES
}


def keep(connection: Connection, sheets: Sequence[Sheet]) -> None:
    """Puts the rows of these sheets into the transaction, one statement for each table: nothing here was ever loaded
    or will be changed, so a unit of work would only cost time while others wait for their turn."""
    rows: list[Any] = [row for sheet in sheets for row in sheet.rows()]
    for table in _TABLES:
        found = [vars(row) for row in rows if row.table is table]
        if found:
            _INSERTS[table].put(connection, found)
