"""A body that is asked to sign a letter of another one reads it, and confirms or declines for itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.service import emit
from consult.people.words import ORGANISATION_ROLES, Role
from consult.policy import Actor, decide
from consult.text import blank, stored
from consult.workspace.cosigning import cosigners
from consult.workspace.drafts import PREPARE, person
from consult.workspace.models import DraftCosigner, OrganisationDraft


def find(
    session: Session, consultation: Consultation, cosigner_id: UUID, actor: Actor
) -> tuple[DraftCosigner, OrganisationDraft]:
    """What one of the actor's bodies is asked to sign, and the letter; NotFound for everybody else, once the body was
    taken off, and once the draft was put away."""
    cosigner = session.get(DraftCosigner, (consultation.id, cosigner_id))
    if cosigner is None or cosigner.taken_off_at is not None:
        raise NotFound
    draft = session.get_one(OrganisationDraft, (consultation.id, cosigner.draft_id))
    if draft.discarded_at is not None or not actor.holds(*ORGANISATION_ROLES, organisation=cosigner.organisation_id):
        raise NotFound
    return cosigner, draft


def why_not(
    consultation: Consultation, cosigner: DraftCosigner, draft: OrganisationDraft, actor: Actor, now: datetime
) -> str | None:
    """None when the actor may answer for the body now: who may send its own letters may; otherwise `already_sent`,
    `not_sender`, or the policy's reason."""
    if draft.submission_id is not None:
        return "already_sent"
    if not actor.holds(Role.SENDER, organisation=cosigner.organisation_id):
        return "not_sender"
    return decide(actor, PREPARE[draft.kind], consultation, now)


def answer(
    session: Session, consultation: Consultation, cosigner_id: UUID, agreed: bool, reason: str, actor: Actor,
    now: datetime,
) -> DraftCosigner:  # fmt: skip
    """The body confirms the text as it is, or declines with a reason, and may think better of it until the letter is
    sent; who asked is told (`letter_cosign_answered`). Raises as `find` does, Refused as `why_not`, and Invalid."""
    with writing(session, consultation.id):
        cosigner, draft = find(session, consultation, cosigner_id, actor)
        if refused := why_not(consultation, cosigner, draft, actor, now):
            raise Refused(refused)
        if not agreed and blank(reason):
            raise Invalid({"reason": "required"})
        digest = cosigners.digest_of(session, draft)
        if agreed and cosigner.agreed and cosigner.digest == digest:
            return cosigner
        cosigner.agreed, cosigner.digest = agreed, digest
        cosigner.reason = "" if agreed else stored(reason)
        cosigner.settled_at, cosigner.settled_by_id = now, person(actor)
        told = {"draft": str(draft.id), "cosigner": str(cosigner.id)}
        emit(session, "letter_cosign_answered", now, consultation.id, None, None, **told)
    return cosigner
