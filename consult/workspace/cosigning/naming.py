"""The body that prepares a letter says which others are to sign it too."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Refused
from consult.people.models import Membership, Organisation
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor
from consult.workspace.cosigning import cosigners
from consult.workspace.drafts import person, to_be_changed
from consult.workspace.models import DraftCosigner, OrganisationDraft

MOST = 20


def candidates(
    session: Session, consultation: Consultation, draft: OrganisationDraft, now: datetime
) -> Sequence[Organisation]:
    """The bodies that may be named beside those that are, by name: they last, somebody signs for them here, and they
    are neither the body itself, nor an investor, nor one that receives the letter."""
    receiving = {consultation.lead_id, consultation.answering_id, consultation.issuing_id}
    apart = receiving | {draft.organisation_id} | {one.organisation_id for one in cosigners.named(session, draft)}
    held = session.scalars(
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.role == Role.SENDER,
            Organisation.kind != OrganisationKind.INVESTOR,
            Organisation.id.not_in(apart),
        )
    )
    signing = {one.organisation_id for one in held if one.in_force(now)}
    today = clock.local_day(now)
    found = session.scalars(
        select(Organisation).where(Organisation.id.in_(signing)).order_by(Organisation.name, Organisation.id)
    )
    return [one for one in found if not one.unconfirmed and (one.valid_to is None or today < one.valid_to)]


def name(
    session: Session, consultation: Consultation, draft_id: UUID, organisation_id: UUID | None, actor: Actor,
    now: datetime,
) -> DraftCosigner:  # fmt: skip
    """Names a body, which is told; one that is named is asked again where it declined or its
    confirmation lapsed, and otherwise stays as it is.

    Raises as `drafts.to_be_changed` does, and Refused: `not_to_cosign` for a body that is no
    candidate, `too_many_cosigners`.
    """
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        there = cosigners.named(session, draft)
        known = next((one for one in there if one.organisation_id == organisation_id), None)
        lapsed = {one.id for one in cosigners.lapsed(session, draft)}
        if known is not None and known.agreed is not False and known.id not in lapsed:
            return known
        if known is None and organisation_id not in {one.id for one in candidates(session, consultation, draft, now)}:
            raise Refused("not_to_cosign")
        if known is None and len(there) >= MOST:
            raise Refused("too_many_cosigners")
        asked = known or _row(session, draft, organisation_id, actor, now)
        cosigners.ask(session, asked, now)
    return asked


def take_off(
    session: Session, consultation: Consultation, draft_id: UUID, cosigner_id: UUID | None, actor: Actor, now: datetime
) -> None:
    """The draft names a body no more, which sees nothing of it from now on; done again it changes nothing. Raises as
    `drafts.to_be_changed` does."""
    with writing(session, consultation.id):
        draft = to_be_changed(session, consultation, draft_id, actor, now)
        for one in cosigners.named(session, draft):
            if one.id == cosigner_id:
                one.taken_off_at = now


def _row(
    session: Session, draft: OrganisationDraft, organisation_id: UUID | None, actor: Actor, now: datetime
) -> DraftCosigner:
    """The row of a body, also of one that was taken off before."""
    before = session.scalar(
        select(DraftCosigner).where(
            DraftCosigner.consultation_id == draft.consultation_id,
            DraftCosigner.draft_id == draft.id,
            DraftCosigner.organisation_id == organisation_id,
        )
    )
    found = before or DraftCosigner(
        consultation_id=draft.consultation_id, id=new_id(), draft_id=draft.id, organisation_id=organisation_id
    )
    found.asked_by_id = person(actor)
    return found
