"""From the drafter to the authorised sender, another person, and out: what an organisation has prepared is sent."""

import hashlib
import hmac
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.ledger.service import Signer
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.people.organisations import letter_place, numbers_letters
from consult.people.words import Role
from consult.policy import Action, Actor, decide
from consult.submissions.inputs import AttachmentInput, Codes, Cosigned, NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving import in_time
from consult.submissions.receiving import same_letter as same_letters
from consult.submissions.receiving import service as receiving
from consult.submissions.receiving.lookup_codes import key_hash
from consult.submissions.words import SubmissionKind
from consult.workspace import content as organisation_content
from consult.workspace import submission_input
from consult.workspace.bundles import service as bundles
from consult.workspace.cosigning import cosigners
from consult.workspace.draft_scans import attachments_of
from consult.workspace.drafts import body_of, find, person, to_be_changed
from consult.workspace.models import DraftWriter, OrganisationDraft
from consult.workspace.reviewing import review

SEND = {SubmissionKind.FORMAL: Action.SEND_OPINION, SubmissionKind.CRITIQUE: Action.SEND_CRITIQUE}
_NO_KEY = "0" * 64


def check(session: Session, consultation: Consultation, draft: OrganisationDraft, now: datetime) -> None:
    """Raises Invalid with all that is missing or wrong in a draft, by the fields of its form, and Refused when a
    critique lacks the agreement that its organisation needs. Nothing is written."""
    content = organisation_content.read(draft.content)
    new = _submission(session, draft, now, _NO_KEY)
    try:
        receiving.check(session, consultation, new, now)
    except Invalid as invalid:
        raise Invalid(submission_input.as_typed(content, invalid.errors)) from invalid
    if new.critique is not None:
        in_time.check_may_lead(session, consultation, draft.organisation_id, new.critique)


def hand_over(session: Session, consultation: Consultation, draft_id: UUID, actor: Actor, now: datetime) -> None:
    """The drafter is done: the authorised sender finds it among what waits for a signature, and the ring is told
    (`letter_handed_over`). Raises as `check` does, so that nobody is asked to send half a letter, and
    Refused: `body_became` as there, `review_first` where a reviewer of the body has not agreed with this version."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        check(session, consultation, draft, now)
        if body_of(session, draft, now).id != draft.organisation_id:
            raise Refused("body_became")
        if reason := review.why_not_ready(session, draft, actor, now):
            raise Refused(reason)
        draft.ready_at = now
        emit(session, "letter_handed_over", now, consultation.id, draft=str(draft.id), version=draft.version)


def same_letter(
    session: Session, consultation: Consultation, draft: OrganisationDraft, now: datetime
) -> Submission | None:
    """A submission of the body with the number and day of this draft, which may have come on paper; None for a draft
    that was sent already, or lacks something."""
    if draft.submission_id is not None:
        return None
    try:
        new = _submission(session, draft, now, _NO_KEY)
    except Invalid:
        return None
    return same_letters.find(session, consultation.id, new.letter, new.sender, lambda _one: True)


def why_not_send(
    session: Session, consultation: Consultation, draft: OrganisationDraft, actor: Actor, now: datetime
) -> str | None:
    """None when `actor` may send this draft now, otherwise the reason: `not_sender`; `own_draft` for whoever wrote any
    of it, unless one person may write and send for the body (`policy.writer_sends`); the policy's; `review_first`;
    `body_became` while it is in the name of a body that is another by now (whoever changes it next has it go on in
    that name); `proposal_gone`; or that it is too late. What was sent already may be sent again: it gives its
    receipt."""
    if not actor.holds(Role.SENDER, organisation=draft.organisation_id):
        return "not_sender"
    wrote = session.get(DraftWriter, (consultation.id, draft.id, person(actor))) is not None
    if wrote and not actor.sends_own(draft.organisation_id):
        return "own_draft"
    if draft.submission_id is not None:
        return None
    if body_of(session, draft, now).id != draft.organisation_id:
        return "body_became"
    reason = decide(actor, SEND[draft.kind], consultation, now) or review.why_not_ready(session, draft, actor, now)
    return reason or bundles.why_not_sent(session, draft) or _out_of_time(session, consultation, draft, now)


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
    """Sends the version that the sender has read, in the name of the bodies too that confirmed it; pressing twice gives
    the same receipt.

    Raises Refused: those of `why_not_send`, `draft_changed`, and those of `receiving.receive`; Invalid for what is
    missing, by the fields of the form.
    """
    with writing(session, consultation.id):
        draft = find(session, consultation, draft_id, actor)
        reason = why_not_send(session, consultation, draft, actor, now)
        if reason is not None:
            raise Refused(reason)
        if draft.version != version:
            raise Refused("draft_changed")
        if draft.submission_id is None:
            cosigners.let_lapse(session, draft)
        new = _submission(session, draft, now, _key(session, draft, codes))
        try:
            receipt = receiving.receive(session, consultation, new, now, signer, codes)
        except Invalid as invalid:
            content = organisation_content.read(draft.content)
            raise Invalid(submission_input.as_typed(content, invalid.errors)) from invalid
        if draft.submission_id is None:
            draft.submission_id = _sent(session, consultation.id, receipt.submission_number)
            bundles.sent(session, consultation, draft, draft.submission_id, now)
    return receipt


def _out_of_time(session: Session, consultation: Consultation, draft: OrganisationDraft, now: datetime) -> str | None:
    try:
        in_time.check_in_time(session, consultation, draft.kind, draft.organisation_id, now)
    except Refused as refused:
        return refused.reason
    return None


def _submission(session: Session, draft: OrganisationDraft, now: datetime, key: str) -> NewSubmission:
    scans = tuple(
        AttachmentInput(scan.file_hash, scan.file_name, scan.media_type, scan.file_size, scan.role)
        for scan in attachments_of(session, draft)
    )
    content = organisation_content.read(draft.content)
    body = session.get_one(Organisation, draft.organisation_id)
    numbered = numbers_letters(body.kind, body.level)
    place = letter_place(body) or body.name
    new = submission_input.submission(content, draft.kind, draft.organisation_id, scans, now, key, numbered, place)
    return replace(new, cosigned=_cosigned(session, draft))


def _cosigned(session: Session, draft: OrganisationDraft) -> tuple[Cosigned, ...]:
    """Who confirmed the text as it is; of what was sent already, who had confirmed it then."""
    if draft.submission_id is None:
        return cosigners.confirmed(session, draft)
    return tuple(map(Cosigned.read, session.get_one(Submission, (draft.consultation_id, draft.submission_id)).cosigned))


def _key(session: Session, draft: OrganisationDraft, codes: Codes) -> str:
    """One key for each draft, known to nobody outside, so that a draft is sent once however often it is pressed, even
    when the key for receipts was changed in between."""
    newest = _made_with(codes.newest, draft)
    sent = session.get(Submission, (draft.consultation_id, draft.submission_id)) if draft.submission_id else None
    if sent is None:
        return newest
    before = (_made_with(key, draft) for key in codes.keys)
    return next((key for key in before if key_hash(key) == sent.idempotency_hash), newest)


def _made_with(key: bytes, draft: OrganisationDraft) -> str:
    return hmac.new(key, f"organisation-draft:{draft.id}".encode(), hashlib.sha256).hexdigest()


def _sent(session: Session, consultation_id: UUID, number: int) -> UUID:
    return session.scalars(
        select(Submission.id).where(Submission.consultation_id == consultation_id, Submission.number == number)
    ).one()
