"""What the public log fixes of a matter when it is published: its facts, and the text of every provision and page."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.files import provision_rows
from consult.consultations.matter import queries
from consult.consultations.models import Consultation, Period
from consult.ledger import entries
from consult.ledger.canonical import canonical

THOUSANDTHS = 1000


def published_act(session: Session, consultation: Consultation, periods: Sequence[Period]) -> entries.Act:
    """The ledger's `published`: the public revisions of all documents with their outlines, and the periods."""
    return entries.published(
        consultation.title,
        consultation.kind,
        consultation.procedure,
        consultation.disclosure,
        digest(facts_value(consultation, periods)),
        [document_value(session, document, revision) for document, revision in public_revisions(session, consultation)],
        [(period.audience, period.opens_at, period.closes_at) for period in periods],
    )


def public_revisions(session: Session, consultation: Consultation) -> list[tuple[Document, Revision]]:
    """The published revisions of a matter with their documents, by both numbers, in one statement."""
    rows = session.execute(
        select(Document, Revision)
        .join(Document.revisions)
        .where(Document.consultation_id == consultation.id, Revision.published_at.is_not(None))
        .order_by(Document.number, Revision.number)
    )
    return [(document, revision) for document, revision in rows]


def document_value(session: Session, document: Document, revision: Revision) -> dict[str, Any]:
    """A revision as the entry `published` names it."""
    return {
        "document": document.number,
        "role": document.role.value,
        "title": document.title,
        "revision": revision.number,
        "sha256": revision.file_hash,
        "outline": digest(outline_value(session, revision)),
    }


def outline_value(session: Session, revision: Revision) -> dict[str, Any]:
    """Everything that is shown of a revision: nodes as `outline --json` prints them, and the pages of a PDF with their
    sizes in thousandths of a point (the log knows no fractions)."""
    return {
        "file_name": revision.file_name,
        "media_type": revision.media_type,
        "title": revision.title,
        "grammar": revision.grammar,
        "provisions": provision_rows.tree_of(queries.provisions_of(session, revision)),
        "pages": [page_value(page) for page in pages_of(session, revision.consultation_id, revision.id)],
        "warnings": revision.warnings,
    }


def page_value(page: Page) -> dict[str, Any]:
    """A page of a revision."""
    return {
        "number": page.number,
        "text": page.text,
        "width": round(page.width * THOUSANDTHS),
        "height": round(page.height * THOUSANDTHS),
    }


def pages_of(session: Session, consultation_id: UUID, revision_id: UUID) -> list[Page]:
    """The pages of a revision in their order."""
    return list(
        session.scalars(
            select(Page)
            .where(Page.consultation_id == consultation_id, Page.revision_id == revision_id)
            .order_by(Page.number)
        )
    )


def facts_value(consultation: Consultation, periods: Sequence[Period]) -> dict[str, str]:
    """The facts of a matter that never change once it is published, each as text: what is not text is written as JSON
    with sorted keys. What was not given in plain words is left out, as in logs from before there were any."""
    rules = sorted(((period.audience.value, period.rule) for period in periods), key=lambda pair: pair[0])
    plain_words = {"plain_words": as_text(consultation.plain_words)} if consultation.plain_words else {}
    return {
        "slug": consultation.slug,
        "short_key": consultation.short_key,
        "summary": consultation.summary,
        "field": consultation.field,
        "lead": str(consultation.lead_id),
        "answering": str(consultation.answering_id),
        "issuing": str(consultation.issuing_id),
        "area": str(consultation.area_id or ""),
        "sent_to_front_on": str(consultation.sent_to_front_on or ""),
        "planned_submission_on": str(consultation.planned_submission_on or ""),
        "project": as_text(consultation.project),
        "rules": as_text(consultation.profile_rules),
        "period_rules": as_text(rules),
        **plain_words,
    }


def digest(value: Any) -> str:
    """The hex SHA-256 of a value's canonical JSON. Raises NotCanonical for a value outside its subset."""
    return sha256(canonical(value)).hexdigest()


def as_text(value: Any) -> str:
    """A value that is no text as text: JSON with sorted keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
