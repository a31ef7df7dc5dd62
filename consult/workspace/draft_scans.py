"""The signed scans on a draft of an organisation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.policy import Actor
from consult.submissions.inputs import AttachmentInput
from consult.submissions.receiving.models import Attachment
from consult.workspace import content as organisation_content
from consult.workspace.drafts import changed, to_be_changed
from consult.workspace.models import OrganisationDraft, ScanSignatures

MOST_SCANS = size_limits.SCANS
Signatures = list[dict[str, str]]


def attach(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    scan: AttachmentInput,
    actor: Actor,
    now: datetime,
    signatures: Signatures | None = None,
) -> None:
    """Adds a scan that is in the store already, as the next version of the draft, with what was found of electronic
    signatures in it (None: it was not looked at). Raises Invalid when there are
    MOST_SCANS, and Refused as `organisation_drafts.to_be_changed`."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        if len(attachments_of(session, draft)) >= MOST_SCANS:
            raise Invalid({"scan": "too_many_scans"})
        session.add(
            Attachment(
                consultation_id=consultation.id,
                id=new_id(),
                draft_id=draft.id,
                file_hash=scan.file_hash,
                file_name=scan.file_name,
                media_type=scan.media_type,
                file_size=scan.file_size,
                role=scan.role,
                at=now,
            )
        )
        key = (consultation.id, scan.file_hash)
        if signatures is not None and session.get(ScanSignatures, key) is None:
            session.add(ScanSignatures(consultation_id=key[0], file_hash=key[1], found=signatures, at=now))
        changed(session, draft, organisation_content.read(draft.content), actor, now)


def signatures_of(session: Session, scans: Sequence[Attachment]) -> dict[str, Signatures]:
    """What was found of electronic signatures in those of these files that were looked at, by hash."""
    rows = select(ScanSignatures).where(
        ScanSignatures.consultation_id.in_({one.consultation_id for one in scans}),
        ScanSignatures.file_hash.in_({one.file_hash for one in scans}),
    )
    return {row.file_hash: row.found for row in session.scalars(rows)}


def detach(
    session: Session, consultation: Consultation, draft_id: UUID, attachment_id: UUID, actor: Actor, now: datetime
) -> None:
    """Takes a scan off a draft again, as its next version; raises NotFound when it is not on it."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        session.delete(attachment_of(session, draft, attachment_id))
        changed(session, draft, organisation_content.read(draft.content), actor, now)


def attachment_of(session: Session, draft: OrganisationDraft, attachment_id: UUID) -> Attachment:
    """One scan of a draft; raises NotFound."""
    found = session.get(Attachment, (draft.consultation_id, attachment_id))
    if found is None or found.draft_id != draft.id:
        raise NotFound
    return found


def attachments_of(session: Session, draft: OrganisationDraft) -> list[Attachment]:
    """The scans on a draft, in the order they came."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.consultation_id == draft.consultation_id, Attachment.draft_id == draft.id)
            .order_by(Attachment.at, Attachment.id)
        )
    )
