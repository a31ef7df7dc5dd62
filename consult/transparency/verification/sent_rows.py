"""The rows of what was sent, read once for everything that is held against the log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.ledger.entries import moment
from consult.people.models import Area
from consult.submissions.letter_models import LetterVersion
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.place_models import CommentPlace
from consult.submissions.receiving.models import Attachment
from consult.transparency.row_reading import rows_of

Key = tuple[Any, ...]


@dataclass
class SentRows:
    """The rows of what was sent, by id. `erased` counts commitments whose salt is no longer there, `owed`
    comments that are withheld since they were erased again, before the log could say so."""

    submissions: dict[UUID, Submission]
    comments: dict[int, Comment]
    versions: dict[UUID, list[CommentVersion]]
    attachments: dict[UUID, list[Attachment]]
    critiques: dict[UUID, Critique]
    places: dict[UUID, Key]
    areas: dict[UUID, Area]
    acts: dict[UUID, list[CommentAct]]
    letters: dict[UUID, list[LetterVersion]]
    kept_places: dict[UUID, list[CommentPlace]]
    erased: int = 0
    owed: int = 0
    checked: set[UUID] = field(default_factory=set)

    def happened(self, comment_id: UUID, at: datetime, written_at: str) -> bool:
        """Whether something about a comment is from the moment that its entry writes, or from the instant after
        something else, by a clock that ran behind (CommentState.after)."""
        before = at - timedelta(microseconds=1)
        others = [act.effective_at for act in self.acts.get(comment_id, [])]
        return moment(at) == written_at or before in [*others, *(one.at for one in self.versions[comment_id])]


def read(session: Session, consultation_id: UUID) -> SentRows:
    """All rows of what was sent. Raises Tampered when one cannot be read."""
    submissions = rows_of(session, Submission, consultation_id)
    areas = {area.id: area for area in _areas(session, {row.area_id for row in submissions if row.area_id})}
    return SentRows(
        {row.id: row for row in submissions},
        {row.number: row for row in rows_of(session, Comment, consultation_id, Comment.number)},
        _grouped(rows_of(session, CommentVersion, consultation_id, CommentVersion.version), "comment_id"),
        _grouped(rows_of(session, Attachment, consultation_id, Attachment.id), "submission_id"),
        {row.submission_id: row for row in rows_of(session, Critique, consultation_id)},
        _places(session, consultation_id),
        areas,
        _grouped(rows_of(session, CommentAct, consultation_id, CommentAct.effective_at, CommentAct.id), "comment_id"),
        _grouped(rows_of(session, LetterVersion, consultation_id, LetterVersion.version), "submission_id"),
        _grouped(rows_of(session, CommentPlace, consultation_id, CommentPlace.version), "comment_id"),
    )


def _places(session: Session, consultation_id: UUID) -> dict[UUID, Key]:
    """Provisions and pages as (document, revision, path, page), revisions as (document, revision, document id)."""
    numbers = {row.id: row.number for row in rows_of(session, Document, consultation_id)}
    revisions = {
        row.id: (numbers.get(row.document_id), row.number, row.document_id)
        for row in rows_of(session, Revision, consultation_id)
    }
    return {**revisions, **dict(_targets(session, consultation_id, revisions))}


def _targets(session: Session, consultation_id: UUID, revisions: Mapping[UUID, Key]) -> Iterator[tuple[UUID, Key]]:
    nowhere = (None, None)
    for row in rows_of(session, Provision, consultation_id):
        yield row.id, (*revisions.get(row.revision_id, nowhere)[:2], row.path, None)
    for row in rows_of(session, Page, consultation_id):
        yield row.id, (*revisions.get(row.revision_id, nowhere)[:2], None, row.number)


def _areas(session: Session, ids: set[UUID]) -> Sequence[Area]:
    return [area for one in ids if (area := session.get(Area, one)) is not None]


def _grouped(rows: Sequence[Any], name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
