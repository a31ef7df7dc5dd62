"""A matter as everybody will see it, for those who prepare it: the values of the public pages before there are any."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading import matter_page
from consult.reading.service import DossierDocument
from consult.stages import Stage
from consult.submissions.comments.earlier_comments import ProvisionCounts

NOTHING_SAID = ProvisionCounts({}, {})
AS_OPEN = {"open": True, "stage": Stage.OPEN}
"""What the public pages are told of a matter that is looked at before: it takes comments, and has none."""


def matter(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """What the page of a matter shows, as if every document were public at the instant `now`."""
    documents = queries.documents_of(session, consultation.id)
    shown = matter_page.matter(session, consultation, now)
    filed = [DossierDocument(document, (_newest(session, document, now),)) for document in documents]
    return shown | {"dossier": filed, "stage": Stage.OPEN}


def revision(
    session: Session, consultation: Consultation, number: int, revision_number: int, now: datetime
) -> tuple[Document, Revision]:
    """A document and its revision that is not public yet, as if it were from `now` on. Raises NotFound, also for one
    that everybody can read."""
    document = queries.document_of(session, consultation.id, number)
    found = queries.revision_of(session, document, revision_number)
    if found.published_at is not None:
        raise NotFound
    return document, _as_public(session, found, now)


def _newest(session: Session, document: Document, now: datetime) -> Revision:
    of_document = (Revision.consultation_id == document.consultation_id, Revision.document_id == document.id)
    number = session.scalar(select(func.max(Revision.number)).where(*of_document))
    return _as_public(session, queries.revision_of(session, document, number or 0), now)


def _as_public(session: Session, found: Revision, now: datetime) -> Revision:
    """The revision outside the session, where what is said of it can not reach the database."""
    session.expunge(found)
    found.published_at = now
    return found
