"""Opinions prepared inside an organisation: a drafter prepares, an authorised sender, another person, submits."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import NotFound, Refused
from consult.ledger.service import Signer
from consult.people.models import Organisation
from consult.people.words import ORGANISATION_ROLES, Role
from consult.policy import Action, Actor, may_lead_critique
from consult.submissions import organisation_content, receiving, standing
from consult.submissions.inputs import AttachmentInput, Codes, NewSubmission, Receipt
from consult.submissions.models import Attachment, DraftWriter, OrganisationDraft, Submission
from consult.submissions.organisation_content import DraftContent
from consult.submissions.words import SubmissionKind

PREPARE = {SubmissionKind.FORMAL: Action.PREPARE_OPINION, SubmissionKind.CRITIQUE: Action.PREPARE_CRITIQUE}
SEND = {SubmissionKind.FORMAL: Action.SEND_OPINION, SubmissionKind.CRITIQUE: Action.SEND_CRITIQUE}


def start(
    session: Session,
    consultation: Consultation,
    organisation_id: UUID,
    kind: SubmissionKind,
    actor: Actor,
    now: datetime,
) -> OrganisationDraft:
    """An empty draft of a văn bản góp ý or văn bản phản biện xã hội.

    Raises NotFound for an organisation that is not the actor's, and Refused with the reason why it may not lead a
    critique, before anybody has typed one for nothing.
    """
    standing.require(actor, PREPARE.get(kind, Action.PREPARE_OPINION), consultation, now)
    _require_member(actor, organisation_id)
    with writing(session, consultation.id):
        if kind is SubmissionKind.CRITIQUE:
            _require_leader(session, consultation, organisation_id)
        draft = OrganisationDraft(
            consultation_id=consultation.id,
            id=new_id(),
            organisation_id=organisation_id,
            kind=kind,
            content=DraftContent().kept(),
            version=1,
            prepared_by_id=_person(actor),
            updated_at=now,
        )
        session.add(draft)
        _note_writer(session, draft, actor, now)
    return draft


def find(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor) -> OrganisationDraft:
    """A draft of an organisation of the actor's; for everybody else it does not exist (NotFound)."""
    draft = session.get(OrganisationDraft, (consultation.id, draft_id))
    if draft is None or draft.discarded_at is not None:
        raise NotFound
    _require_member(actor, draft.organisation_id)
    return draft


def save(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    content: DraftContent,
    started_from: int,
    actor: Actor,
    now: datetime,
) -> OrganisationDraft:
    """Keeps what was typed as the next version, whatever is still missing in it.

    Raises Refused: `already_sent`, or `changed_meanwhile` when another version came since `started_from`.
    """
    with writing(session, consultation.id):
        draft = _open(session, consultation, draft_id, actor, now)
        if draft.version != started_from:
            raise Refused("changed_meanwhile")
        if content.kept() != draft.content:
            draft.content = content.kept()
            draft.version += 1
            draft.updated_at, draft.ready_at = now, None
            _note_writer(session, draft, actor, now)
    return draft


def hand_over(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime) -> None:
    """The drafter is done: the authorised sender finds it among what waits for a signature. Raises Invalid for what is
    missing, so that nobody is asked to send half a letter."""
    with writing(session, consultation.id):
        draft = _open(session, consultation, draft_id, actor, now)
        _as_submission(session, draft, now, "0" * 32)
        draft.ready_at = now


def discard(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime) -> None:
    """Puts a draft away; it was never public and is shown to nobody any more."""
    with writing(session, consultation.id):
        _open(session, consultation, draft_id, actor, now).discarded_at = now


def attach(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    scan: AttachmentInput,
    actor: Actor,
    now: datetime,
) -> None:
    """Adds a scan that is in the store already."""
    with writing(session, consultation.id):
        draft = _open(session, consultation, draft_id, actor, now)
        draft.ready_at = None
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
        _note_writer(session, draft, actor, now)


def detach(
    session: Session, consultation: Consultation, draft_id: UUID, attachment_id: UUID, actor: Actor, now: datetime
) -> None:
    """Takes a scan off a draft again; raises NotFound when it is not on it."""
    with writing(session, consultation.id):
        draft = _open(session, consultation, draft_id, actor, now)
        found = session.get(Attachment, (consultation.id, attachment_id))
        if found is None or found.draft_id != draft.id:
            raise NotFound
        draft.ready_at = None
        session.delete(found)
        _note_writer(session, draft, actor, now)


def send(
    session: Session,
    consultation: Consultation,
    draft_id: UUID,
    version: int,
    actor: Actor,
    now: datetime,
    signer: Signer,
    codes: Codes,
) -> Receipt:
    """Sends the version that the sender has read; pressing twice gives the same receipt.

    Raises Refused: `not_sender`, `own_draft` (who wrote any of it does not send it), `changed_meanwhile`, and those of
    `receiving.receive`; Invalid for what is missing.
    """
    with writing(session, consultation.id):
        draft = find(session, consultation, draft_id, actor)
        _require_sender(session, consultation, draft, actor, now)
        if draft.version != version:
            raise Refused("changed_meanwhile")
        new = _as_submission(session, draft, now, _key(draft, codes))
        receipt = receiving.receive(session, consultation, new, now, signer, codes)
        if draft.submission_id is None:
            draft.submission_id = _sent(session, consultation.id, receipt.submission_number)
    return receipt


def attachments_of(session: Session, draft: OrganisationDraft) -> list[Attachment]:
    """The scans on a draft, in the order they came."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.consultation_id == draft.consultation_id, Attachment.draft_id == draft.id)
            .order_by(Attachment.at, Attachment.id)
        )
    )


def _as_submission(session: Session, draft: OrganisationDraft, now: datetime, key: str) -> NewSubmission:
    scans = tuple(
        AttachmentInput(scan.file_hash, scan.file_name, scan.media_type, scan.file_size, scan.role)
        for scan in attachments_of(session, draft)
    )
    content = organisation_content.read(draft.content)
    return organisation_content.submission(content, draft.kind, draft.organisation_id, scans, now, key)


def _key(draft: OrganisationDraft, codes: Codes) -> str:
    """One key for each draft, known to nobody outside, so that a draft is sent once however often it is pressed."""
    return hmac.new(codes.secret_key.encode(), f"organisation-draft:{draft.id}".encode(), hashlib.sha256).hexdigest()


def _sent(session: Session, consultation_id: UUID, number: int) -> UUID:
    return session.scalars(
        select(Submission.id).where(Submission.consultation_id == consultation_id, Submission.number == number)
    ).one()


def _open(
    session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime
) -> OrganisationDraft:
    draft = find(session, consultation, draft_id, actor)
    standing.require(actor, PREPARE[draft.kind], consultation, now)
    if draft.submission_id is not None:
        raise Refused("already_sent")
    return draft


def _require_sender(
    session: Session, consultation: Consultation, draft: OrganisationDraft, actor: Actor, now: datetime
) -> None:
    standing.require(actor, SEND[draft.kind], consultation, now)
    if not actor.holds(Role.SENDER, organisation=draft.organisation_id):
        raise Refused("not_sender")
    if session.get(DraftWriter, (consultation.id, draft.id, _person(actor))) is not None:
        raise Refused("own_draft")


def _require_member(actor: Actor, organisation_id: UUID) -> None:
    if not actor.holds(*ORGANISATION_ROLES, organisation=organisation_id):
        raise NotFound


def _require_leader(session: Session, consultation: Consultation, organisation_id: UUID) -> None:
    """The number and day of an agreement are typed later: here it counts as if they would be."""
    organisation = session.get_one(Organisation, organisation_id)
    reason = may_lead_critique(organisation.kind, organisation.level, consultation.lead.level, has_agreement=True)
    if reason is not None:
        raise Refused(reason)


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    return actor.user_id


def _note_writer(session: Session, draft: OrganisationDraft, actor: Actor, now: datetime) -> None:
    key = (draft.consultation_id, draft.id, _person(actor))
    if session.get(DraftWriter, key) is None:
        session.add(DraftWriter(consultation_id=key[0], draft_id=key[1], user_id=key[2], at=now))
