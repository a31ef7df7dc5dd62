"""What the pages of a matter need, beyond its own columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.documents import Document, Page, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading import service
from consult.reading.sheets import Sheet
from consult.responses import sums
from consult.stages import stage_of


def matter(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """Everything the page of a matter shows at the instant `now`."""
    return {
        "consultation": consultation,
        "stage": stage_of(consultation, now),
        "now": now,
        "dossier": service.dossier(session, consultation.id),
        "periods": consultation.periods,
        "extensions": service.extensions(session, consultation.id),
        "outcome": sums.outcome(session, consultation.id),
        "visibility": sums.visibility(session, consultation.id),
        "asked": len(consultation.invitations),
    }


def page_of(session: Session, revision: Revision, number: int) -> Page:
    """The page `number` of a PDF revision; raises NotFound."""
    found = session.scalar(
        select(Page).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id, Page.number == number
        )
    )
    if found is None:
        raise NotFound
    return found


def last_page(session: Session, revision: Revision) -> int:
    """The number of the last page of a PDF revision."""
    last = session.scalar(
        select(func.max(Page.number)).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id
        )
    )
    return last or 0


def newest_number(session: Session, document: Document) -> int:
    """The number of the newest published revision of a document; 0 when none is."""
    newest = session.scalar(
        select(func.max(Revision.number)).where(
            Revision.consultation_id == document.consultation_id,
            Revision.document_id == document.id,
            Revision.published_at.is_not(None),
        )
    )
    return newest or 0


def asked_sheet(cut: Sequence[Sheet], number: str, path: str) -> Sheet:
    """The sheet on which `path` begins, or the one of that number, or the first; raises NotFound when there is none."""
    if path:
        for sheet in cut:
            if path in sheet.paths:
                return sheet
        raise NotFound
    if not number:
        return cut[0]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= len(cut):
        raise NotFound
    return cut[int(number[:6]) - 1]
