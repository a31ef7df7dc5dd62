"""The bodies that are asked to sign a letter together with the one that prepares it: each confirms the very text under
the draft of the matter that was the newest then, and is asked anew when either is another one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter.queries import newest_draft
from consult.consultations.models import Consultation
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.submissions.inputs import Cosigned
from consult.submissions.receiving.models import Attachment
from consult.workspace import content as organisation_content
from consult.workspace import fields
from consult.workspace.models import DraftCosigner, OrganisationDraft

GIVEN_AFTERWARDS = ("letter_number", "letter_on")
"""What the sender gives a letter once everybody has signed."""


@dataclass(frozen=True)
class ToCosign:
    """A letter in preparation that a body is asked to sign too, of which other body, on which matter."""

    cosigner: DraftCosigner
    draft: OrganisationDraft
    consultation: Consultation
    prepared_by: str
    confirmed: bool


def digest_of(session: Session, draft: OrganisationDraft) -> str:
    """What tells whether two texts of a letter are the same: all that it says, who signs it, and its scans, without
    its number and day; and once there is a further draft of the matter, which one it is about: nobody signs what they
    read before that."""
    texts = fields.by_place(organisation_content.read(draft.content))
    said = {name: text for name, text in texts.items() if text and name not in GIVEN_AFTERWARDS}
    scans = session.scalars(
        select(Attachment.file_hash)
        .where(Attachment.consultation_id == draft.consultation_id, Attachment.draft_id == draft.id)
        .order_by(Attachment.file_hash, Attachment.id)
    ).all()
    about = [str(number) for number in [newest_number(session, draft.consultation_id)] if number > 1]
    return sha256(json.dumps([said, list(scans), *about], sort_keys=True).encode()).hexdigest()


def newest_number(session: Session, consultation_id: UUID) -> int:
    """The number of the newest public draft of the matter, 0 where it has none."""
    newest = newest_draft(session, consultation_id)
    return newest.number if newest is not None and newest.published_at is not None else 0


def named(session: Session, draft: OrganisationDraft) -> Sequence[DraftCosigner]:
    """The bodies that a draft names, the first asked first."""
    return session.scalars(_of(draft).order_by(DraftCosigner.id)).all()


def confirmed(session: Session, draft: OrganisationDraft) -> tuple[Cosigned, ...]:
    """Those that confirmed the text as it is, with the day on which they did."""
    gone = {one.id for one in lapsed(session, draft)}
    return tuple(
        Cosigned(one.organisation_id, one.organisation.name, clock.local_day(one.settled_at))
        for one in named(session, draft)
        if one.agreed and one.id not in gone and one.settled_at is not None
    )


def lapsed(session: Session, draft: OrganisationDraft) -> list[DraftCosigner]:
    """Those that confirmed another text than the draft has now, or the same one under an earlier draft of the matter:
    until they say so again they do not sign it."""
    rows = session.scalars(_of(draft).where(DraftCosigner.agreed.is_(True)).order_by(DraftCosigner.id)).all()
    digest = digest_of(session, draft) if rows else ""
    return [one for one in rows if one.digest != digest]


def ask_anew(session: Session, draft: OrganisationDraft, now: datetime) -> None:
    """Asks those whose confirmation lapsed, who are told (`letter_cosign_asked`): once, however often the text is
    changed before they answer. Inside the transaction."""
    for one in lapsed(session, draft):
        ask(session, one, now)


def let_lapse(session: Session, draft: OrganisationDraft) -> None:
    """The letter goes without those whose confirmation lapsed: they are none of its signatories. Inside the
    transaction."""
    for one in lapsed(session, draft):
        _unsaid(one)


def hand_on(session: Session, draft: OrganisationDraft, body_id: UUID, now: datetime) -> None:
    """The letter goes on in the name of another body, which signs it as its own and not beside itself; what was
    confirmed was to sign with the one before. Inside the transaction."""
    for one in named(session, draft):
        if one.organisation_id == body_id:
            one.taken_off_at = now
        elif one.agreed:
            one.digest = ""


def ask(session: Session, cosigner: DraftCosigner, now: datetime) -> None:
    """Asks a body, which is told; whatever it said before counts no more. Inside the transaction."""
    _unsaid(cosigner)
    cosigner.taken_off_at = None
    cosigner.asked_at = now
    session.add(cosigner)
    matter, draft = cosigner.consultation_id, str(cosigner.draft_id)
    emit(session, "letter_cosign_asked", now, matter, draft=draft, cosigner=str(cosigner.id))


def asked_of(session: Session, *bodies: UUID) -> list[ToCosign]:
    """The letters in preparation that name one of these bodies, the last asked first."""
    rows = session.execute(
        select(DraftCosigner, OrganisationDraft, Consultation, Organisation.name)
        .join(DraftCosigner.draft)
        .join(Consultation, Consultation.id == DraftCosigner.consultation_id)
        .join(Organisation, Organisation.id == OrganisationDraft.organisation_id)
        .where(
            DraftCosigner.organisation_id.in_(bodies),
            DraftCosigner.taken_off_at.is_(None),
            OrganisationDraft.submission_id.is_(None),
            OrganisationDraft.discarded_at.is_(None),
            Consultation.withdrawn_at.is_(None),
            Consultation.concluded_at.is_(None),
        )
        .order_by(DraftCosigner.asked_at.desc(), DraftCosigner.id)
    )
    return [ToCosign(*row, confirmed=_stands(session, *row[:2])) for row in rows]


def sent_with(*bodies: UUID) -> Select[UUID | None]:
    """The submissions of other bodies' letters that one of these bodies signed too."""
    return (
        select(OrganisationDraft.submission_id)
        .select_from(DraftCosigner)
        .join(DraftCosigner.draft)
        .where(
            DraftCosigner.organisation_id.in_(bodies),
            DraftCosigner.taken_off_at.is_(None),
            DraftCosigner.agreed.is_(True),
            OrganisationDraft.submission_id.is_not(None),
        )
    )


def _stands(session: Session, cosigner: DraftCosigner, draft: OrganisationDraft) -> bool:
    return bool(cosigner.agreed) and cosigner.digest == digest_of(session, draft)


def _unsaid(cosigner: DraftCosigner) -> None:
    cosigner.agreed, cosigner.digest, cosigner.reason = None, "", ""
    cosigner.settled_at = cosigner.settled_by_id = None


def _of(draft: OrganisationDraft) -> Select[DraftCosigner]:
    return (
        select(DraftCosigner)
        .where(
            DraftCosigner.consultation_id == draft.consultation_id,
            DraftCosigner.draft_id == draft.id,
            DraftCosigner.taken_off_at.is_(None),
        )
        .options(joinedload(DraftCosigner.organisation))
    )
