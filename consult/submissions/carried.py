"""Comments on earlier revisions, found at the provisions that came of those they were made about."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations import heirs
from consult.consultations.documents import Document, Provision, Revision
from consult.consultations.models import Consultation
from consult.submissions.models import Comment

Earlier = dict[int, int]
"""How many comments were made on each earlier revision, by its number, the oldest first."""


def counts_by_path(session: Session, consultation: Consultation, revision: Revision) -> dict[str, Earlier]:
    """For each provision of a revision the comments on its forebears, in two statements (one for a first revision)."""
    line = heirs.line_to(session, revision) if revision.number > 1 else []
    if len(line) < 2:
        return {}
    pairs = heirs.ancestry(line).subquery()
    rows = session.execute(
        select(Provision.path, Comment.revision_id, func.count(Comment.id.distinct()))
        .select_from(Comment)
        .join(pairs, pairs.c.forebear_id == Comment.provision_id)
        .join(Provision, and_(Provision.consultation_id == Comment.consultation_id, Provision.id == pairs.c.heir_id))
        .where(Comment.consultation_id == consultation.id)
        .group_by(Provision.path, Comment.revision_id)
    ).all()
    found: dict[str, Earlier] = {}
    for earlier in line:
        for path, revision_id, count in rows:
            if revision_id == earlier.id:
                found.setdefault(path, {})[earlier.number] = count
    return found


def on_forebears(
    session: Session, consultation: Consultation, document: int, revision: int, path: str
) -> ColumnElement[bool]:
    """Whether a comment is about what a provision, or something below it, came from, as a condition of a statement on
    Comment; two statements say which revisions there are."""
    at = session.scalar(
        select(Revision)
        .join(Document, and_(Document.consultation_id == Revision.consultation_id, Document.id == Revision.document_id))
        .where(Document.consultation_id == consultation.id, Document.number == document, Revision.number == revision)
    )
    line = heirs.line_to(session, at) if at is not None and at.published_at is not None else []
    if at is None or len(line) < 2:
        return false()
    return Comment.provision_id.in_(_forebears(consultation.id, at.id, line, path))


def _forebears(consultation_id: UUID, revision_id: UUID, line: heirs.Line, path: str) -> Any:
    pairs = heirs.ancestry(line).subquery()
    return (
        select(pairs.c.forebear_id)
        .join(Provision, and_(Provision.consultation_id == consultation_id, Provision.id == pairs.c.heir_id))
        .where(
            Provision.revision_id == revision_id,
            or_(Provision.path == path, Provision.path.startswith(f"{path}.", autoescape=True)),
        )
    )
