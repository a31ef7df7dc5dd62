"""Of which draft a place may be that a comment stands at: its own. A number is another clause in another draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.submissions.models import Comment


@dataclass(frozen=True)
class Draft:
    """One public revision of a document, by public numbers and ids."""

    document: int
    title: str
    document_id: UUID
    revision: int
    revision_id: UUID
    published_at: datetime
    pages: int


OwnDrafts = Mapping[int, Draft]
"""By the number of the document."""


def public_drafts(session: Session, consultation_id: UUID) -> Sequence[Draft]:
    """Every public revision of a matter, in the order of documents and numbers; one statement."""
    rows = session.execute(
        select(
            Document.number, Document.title, Document.id, Revision.number, Revision.id, Revision.published_at,
            Revision.pages_total,
        )
        .join(Document.revisions)
        .where(Document.consultation_id == consultation_id, Revision.published_at.is_not(None))
        .order_by(Document.number, Revision.number)
    )  # fmt: skip
    return [
        Draft(document, title, document_id, revision, revision_id, published_at, pages)
        for document, title, document_id, revision, revision_id, published_at, pages in rows
        if published_at is not None
    ]


def of_comment(drafts: Sequence[Draft], comment: Comment) -> OwnDrafts:
    """Those among `drafts` that a comment may be about: of its document the draft that it is on; of every other the
    newest that was public when it was received, or the first, for paper that came before any was."""
    found: dict[int, Draft] = {}
    for draft in drafts:
        own = draft.revision_id == comment.revision_id
        before = found.get(draft.document)
        if draft.document_id == comment.document_id:
            found |= {draft.document: draft} if own else {}
        elif before is None or draft.published_at <= comment.received_at:
            found[draft.document] = draft
    return found
