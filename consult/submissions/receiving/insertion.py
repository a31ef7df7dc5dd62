"""Inserting the rows of `rows.py`: one statement for each table, however many rows there are."""

from collections.abc import Iterable
from typing import Any

from consult.compiled_statements import CompiledInsert, Executor, connection_of
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving.models import Attachment, LostEntry, LostVersion
from consult.submissions.receiving.rows import (
    ActRow,
    AttachmentRow,
    BroughtBackRow,
    CommentRow,
    CritiqueRow,
    LostVersionRow,
    SightingRow,
    SubmissionRow,
    VersionRow,
)
from consult.submissions.sighting_models import SightingPlace

AnyRow = (
    SubmissionRow
    | CommentRow
    | VersionRow
    | ActRow
    | AttachmentRow
    | CritiqueRow
    | BroughtBackRow
    | LostVersionRow
    | SightingRow
)

_INSERTS: dict[type, CompiledInsert[Any]] = {
    SubmissionRow: CompiledInsert(Submission, SubmissionRow),
    CommentRow: CompiledInsert(Comment, CommentRow),
    VersionRow: CompiledInsert(CommentVersion, VersionRow),
    ActRow: CompiledInsert(CommentAct, ActRow),
    AttachmentRow: CompiledInsert(Attachment, AttachmentRow),
    CritiqueRow: CompiledInsert(Critique, CritiqueRow),
    BroughtBackRow: CompiledInsert(LostEntry, BroughtBackRow),
    LostVersionRow: CompiledInsert(LostVersion, LostVersionRow),
    SightingRow: CompiledInsert(SightingPlace, SightingRow),
}


def insert_rows(executor: Executor, rows: Iterable[AnyRow]) -> None:
    """Puts these rows into the transaction under way. Raises SQLAlchemy's DBAPIError."""
    connection, by_table = connection_of(executor), dict[type, list[AnyRow]]()
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    for row_type, own in by_table.items():
        _INSERTS[row_type].insert(connection, own)
