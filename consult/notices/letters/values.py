"""What mails about a letter in preparation need to know, as long as there is something to tell."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.outbox.models import OutboxMessage
from consult.workspace.models import DraftCosigner, DraftReview, OrganisationDraft

Values = dict[str, Any]


def of_draft(session: Session, message: OutboxMessage) -> Values | None:
    """A letter that waits for its signature, for who reviews it, or for another body that is to sign it too, as long
    as it does; or what was said of it. `agreed` is None while nobody was asked, or has said anything."""
    if "cosigner" in message.payload:
        return _of_cosigning(session, message)
    draft = _open_draft(session, message)
    if draft is None or "review" not in message.payload:
        return _values(session, draft, "sign") if draft is not None and draft.ready_at is not None else None
    review = session.get(DraftReview, (message.consultation_id, UUID(message.payload["review"])))
    if review is None or (message.payload["waits"] == "yes" and not _waits(review, draft)):
        return None
    return _values(session, draft, "review" if message.payload["waits"] == "yes" else "said") | {
        "agreed": review.agreed
    }


def _of_cosigning(session: Session, message: OutboxMessage) -> Values | None:
    """A letter that a body is asked to sign too, as long as it has not answered; or what it answered (`agreed`)."""
    draft = _open_draft(session, message)
    asked = session.get(DraftCosigner, (message.consultation_id, UUID(message.payload["cosigner"])))
    if draft is None or asked is None or asked.taken_off_at is not None:
        return None
    waits = message.payload["waits"] == "yes"
    if waits is not (asked.agreed is None):
        return None
    told = {"cosigner": asked.id, "agreed": asked.agreed, "other": asked.organisation.name, "reason": asked.reason}
    return _values(session, draft, "cosign" if waits else "said") | told


def _waits(review: DraftReview, draft: OrganisationDraft) -> bool:
    return review.agreed is None and review.version == draft.version


def _open_draft(session: Session, message: OutboxMessage) -> OrganisationDraft | None:
    draft = session.get(OrganisationDraft, (message.consultation_id, UUID(message.payload["draft"])))
    return None if draft is None or draft.submission_id or draft.discarded_at else draft


def _values(session: Session, draft: OrganisationDraft, about: str) -> Values:
    body = addressees.name_of(session, draft.organisation_id)
    return {"draft": draft.id, "kind": draft.kind.value, "body": body, "about": about, "agreed": None}
